import Agents
import Files
import Likenesses

/// All files in order, with their addresses. It determines which prompts are compared.
public struct Assembly: Sendable {
  let settings: CatalogSettings
  let collections: [SourceCollection]
  /// The items, by kind, name, collection and path.
  let agents: [AgentRecord]
  /// Files that aren't items but are in an item's folder or linked from an item, by collection and path.
  let documents: [PlainDocument]
  /// Other files that aren't items, by collection and path.
  let setAside: [SourceFile]
  /// Items whose kind the catalog excludes, in any order.
  let leftOut: [SourceFile]
  let addressing: Addressing
  /// The address of each item's page.
  let addresses: [ItemAddress]
  /// The slugs that earlier versions assigned.
  let formerSlugs: FormerSlugs
  /// Groups of compared agents: first those with the same name, then near-duplicates, then the groups from
  /// `roster.yml`.
  private(set) var groups: [Group]
  /// The near-duplicates of each agent, most similar first.
  private(set) var alike: [Int: [Alike]] = [:]

  /// The decisions about similar agents.
  let decided: [Decided]
  /// The names in `roster.yml` that match no agent.
  let unknownNames: [String]
  /// For each agent, the first agent of its family. A family contains near-duplicates and agents that share a name.
  private(set) var kin: [Int] = []

  /// A near-duplicate of an agent.
  public struct Alike: Sendable, Hashable {
    /// The index of the agent.
    public let agent: Int
    /// The similarity of the prompts.
    public let likeness: Likeness
  }

  /// A group of compared agents.
  struct Group: Sendable {
    let id: String
    /// The page of the shared name; nil for other kinds of groups.
    var address: ItemAddress?
    let title: String
    let kind: Comparison.Kind
    /// Indices into ``Assembly/agents``.
    let agents: [Int]

    /// Whether all pairs of prompts are compared.
    var isCompared: Bool { agents.count <= Comparison.pairLimit }
  }

  /// Sorts the files and assigns addresses.
  ///
  /// - Parameters:
  ///   - records: The files, in any order.
  ///   - collections: The sources that ``SourceFile/collection`` indexes.
  ///   - settings: Titles, taxonomies, lexicon and pinned comparisons.
  public init(_ records: [Record], collections: [SourceCollection], settings: CatalogSettings = CatalogSettings()) {
    self.settings = settings
    self.collections = collections
    var agents: [AgentRecord] = []
    var documents: [PlainDocument] = []
    agents.reserveCapacity(records.count)
    var leftOut: [SourceFile] = []
    for record in records {
      switch record {
      case .agent(let agent) where !settings.kinds.contains(agent.agent.kind): leftOut.append(agent.agent.source)
      case .agent(let agent): agents.append(agent)
      case .document(let document): documents.append(document)
      }
    }
    self.leftOut = leftOut
    // Collection names are compared by rank, because there are few names and many comparisons.
    let order = collections.indices.sorted { collections[$0].name.precedesByBytes(collections[$1].name) }
    var ranks = Array(repeating: 0, count: collections.count)
    for (rank, collection) in order.enumerated() { ranks[collection] = rank }
    func isBefore(_ left: SourceFile, _ right: SourceFile) -> Bool {
      let (first, second) = (ranks[left.collection], ranks[right.collection])
      if first != second { return first < second }
      if left.path != right.path { return left.path < right.path }
      return (left.item?.range.lowerBound ?? 0) < (right.item?.range.lowerBound ?? 0)
    }
    agents = agents.enumerated().map { (ByteOrder.prefix(of: $1.nameKey), $0) }.sorted { left, right in
      let (one, other) = (agents[left.1].agent.kind, agents[right.1].agent.kind)
      if one != other { return one < other }
      // Most names differ in their first bytes, which are compared as one number.
      if left.0 != right.0 { return left.0 < right.0 }
      let (first, second) = (agents[left.1], agents[right.1])
      return first.nameKey != second.nameKey
        ? first.nameKey.precedesByBytes(second.nameKey) : isBefore(first.agent.source, second.agent.source)
    }.map { agents[$0.1] }
    documents.sort { isBefore($0.source, $1.source) }
    self.agents = agents
    let shown = Beside(documents.isEmpty ? [] : agents.map(\.agent))
    self.documents = documents.filter { shown.holds($0) }
    // The files of a skill are part of the skill, so they are not set aside.
    setAside = documents.filter { !shown.holds($0) && $0.source.skill == nil }.map(\.source)
    addressing = Addressing(agents, collections: collections.map(\.name))
    addresses = ItemAddress.all(
      of: agents, collections: collections, hiddenFolders: settings.runtimes.hiddenFolders)
    formerSlugs = FormerSlugs(agents, collections: collections, addressing)
    groups =
      addressing.groups.map {
        Group(id: $0.slug, address: $0.address, title: $0.name, kind: .variants, agents: $0.agents)
      }
      + Self.pinned(settings, agents, addressing)
    decided = Self.decided(settings, agents, addressing)
    unknownNames = Self.unknown(settings, agents, addressing)
  }

  /// Files whose prompts are to be compared, and the pairs to compare.
  public struct Task: Sendable {
    /// The files.
    public let files: [SourceFile]
    /// The pairs, as indices into ``files``.
    public let pairs: [Candidates.Pair]
  }

  /// A task for each group in which all pairs are compared.
  public var compared: [Task] {
    groups.filter(\.isCompared).map { group in
      Task(files: group.agents.map { agents[$0].agent.source }, pairs: Likeness.everyTwo(of: group.agents.count))
    }
  }

  /// Returns the pairs of likely near-duplicates, judged by their sketches.
  public func candidates(jobs: Int) async -> [Candidates.Pair] {
    guard settings.likenessThreshold <= 1 else { return [] }
    return await Candidates.pairs(of: agents.map(\.agent.sketch), threshold: settings.likenessThreshold, jobs: jobs)
  }

  /// The number of pairs per task. The prompts of a task are in memory at the same time.
  private static let taskLength = 512

  /// Splits pairs into tasks, in order.
  public func tasks(for pairs: [Candidates.Pair]) -> [Task] {
    stride(from: 0, to: pairs.count, by: Self.taskLength).map { start in
      let part = pairs[start..<min(start + Self.taskLength, pairs.count)]
      var places: [Int: Int] = [:]
      var files: [SourceFile] = []
      func place(_ agent: Int) -> Int {
        if let place = places[agent] { return place }
        places[agent] = files.count
        files.append(agents[agent].agent.source)
        return files.count - 1
      }
      let placed = part.map { Candidates.Pair(left: place($0.left), right: place($0.right)) }
      return Task(files: files, pairs: placed)
    }
  }

  /// Groups near-duplicates into families.
  ///
  /// - Parameters:
  ///   - pairs: The result of ``candidates(jobs:)``.
  ///   - likenesses: The similarity of each pair, in the same order.
  public mutating func relate(_ pairs: [Candidates.Pair], _ likenesses: [Likeness]) {
    var families = Families(count: agents.count)
    for (pair, likeness) in zip(pairs, likenesses) where likeness.similarity >= settings.likenessThreshold {
      families.join(pair.left, pair.right)
      alike[pair.left, default: []].append(Alike(agent: pair.right, likeness: likeness))
      alike[pair.right, default: []].append(Alike(agent: pair.left, likeness: likeness))
    }
    kin = families.joined(addressing.groups.map(\.agents)).heads
    for agent in alike.keys {
      alike[agent]?.sort { ($1.likeness.similarity, $0.agent) < ($0.likeness.similarity, $1.agent) }
    }
    var used = Set(groups.map(\.id))
    let known = Set(groups.map(\.agents))
    let found = families.all.filter { !known.contains($0) }.map { members in
      let name = agents[members[0]].agent.name
      var id = Slug.cut("\(agents[members[0]].nameKey)-and-alike", fallback: "alike")
      while !used.insert(id).inserted { id += "-2" }
      let others = members.count - 1
      let title = others == 1 ? "\(name) and another like it" : "\(name) and \(others) like it"
      return Group(id: id, title: title, kind: .family, agents: members)
    }
    let place = groups.firstIndex { $0.kind == .pinned } ?? groups.endIndex
    groups.insert(contentsOf: found, at: place)
  }

  /// Returns an agent's near-duplicates, except those that a decision marks as intended.
  func duplicates(of agent: Int) -> [Alike] {
    alike[agent]?.filter { other in !decided.contains { $0.allows(agent, other.agent) } } ?? []
  }

  /// All agents by slug, name, path and address.
  var agentsByName: [String: [Int]] {
    var places: [String: [Int]] = [:]
    for (index, record) in agents.enumerated() {
      let source = record.agent.source
      let names = [
        addressing.slugs[index], record.nameKey, source.path.description, source.publishedLabel, addresses[index].stem,
      ]
      for name in Set(names) { places[name, default: []].append(index) }
    }
    return places
  }

  /// Returns the agents that match slugs, names or paths, in catalog order.
  private static func agents(
    named names: [String], in agents: [AgentRecord], _ addressing: Addressing
  ) -> [Int] {
    let wanted = Set(names.flatMap { [$0, Slug.fold($0)] })
    return agents.indices.filter {
      wanted.contains(addressing.slugs[$0]) || wanted.contains(agents[$0].nameKey)
        || wanted.contains(agents[$0].agent.source.path.description)
        || wanted.contains(agents[$0].agent.source.publishedLabel)
    }
  }

  /// Returns the names in `roster.yml` that match no agent, without repetitions.
  private static func unknown(
    _ settings: CatalogSettings, _ agents: [AgentRecord], _ addressing: Addressing
  ) -> [String] {
    let names = settings.pinned.flatMap(\.agents) + settings.decisions.flatMap(\.names)
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted && Self.agents(named: [$0], in: agents, addressing).isEmpty }
  }

  private static func decided(
    _ settings: CatalogSettings, _ agents: [AgentRecord], _ addressing: Addressing
  ) -> [Decided] {
    settings.decisions.map { decision in
      Decided(
        decision: decision, agents: Self.agents(named: decision.names, in: agents, addressing),
        kept: decision.verdict.kept.flatMap { Self.agents(named: [$0], in: agents, addressing).first })
    }
  }

  private static func pinned(
    _ settings: CatalogSettings, _ agents: [AgentRecord], _ addressing: Addressing
  ) -> [Group] {
    var used = Set(addressing.groups.map(\.slug))
    return settings.pinned.compactMap { pin in
      let members = Self.agents(named: pin.agents, in: agents, addressing)
      guard members.count > 1 else { return nil }
      var id = Slug.make(pin.title, fallback: "comparison")
      while !used.insert(id).inserted { id += "-pinned" }
      return Group(id: id, title: pin.title, kind: .pinned, agents: members)
    }
  }
}
