import Agents
import Files
import Likenesses

/// All files in their order, with their addresses: what must be known before it can be said which prompts are to be
/// held against each other.
public struct Assembly: Sendable {
  let settings: CatalogSettings
  let collections: [SourceCollection]
  /// The items, by kind, name, collection and path.
  let agents: [AgentRecord]
  /// Files that are no items, in a folder of one or linked from one, by collection and path.
  let documents: [PlainDocument]
  /// The other files that are no items, by collection and path.
  let setAside: [SourceFile]
  /// Items of kinds that the catalog does not hold, in any order.
  let leftOut: [SourceFile]
  let addressing: Addressing
  /// Where the page of each item stands.
  let addresses: [ItemAddress]
  /// The addresses that earlier versions gave.
  let formerSlugs: FormerSlugs
  /// Agents that are compared: those that share a name, those whose prompts are nearly the same, then those that
  /// `roster.yml` puts together.
  private(set) var groups: [Group]
  /// For agents whose prompts are nearly those of others, which these are, the most alike first.
  private(set) var alike: [Int: [Alike]] = [:]

  /// What was decided about agents that are alike.
  let decided: [Decided]
  /// The names in `roster.yml` that no agent has.
  let unknownNames: [String]
  /// For each agent the first of its family: of those whose prompts are nearly the same, or that share its name.
  private(set) var kin: [Int] = []

  /// Another agent whose prompt is nearly the same.
  public struct Alike: Sendable, Hashable {
    /// The agent, as an index.
    public let agent: Int
    /// How alike the prompts are.
    public let likeness: Likeness
  }

  /// Agents that are compared.
  struct Group: Sendable {
    let id: String
    /// The page of the name, of those that share one.
    var address: ItemAddress?
    let title: String
    let kind: Comparison.Kind
    /// The agents, as places in ``Assembly/agents``.
    let agents: [Int]

    /// Whether every two of the prompts are held against each other.
    var isCompared: Bool { agents.count <= Comparison.pairLimit }
  }

  /// Puts files in order.
  ///
  /// - Parameters:
  ///   - records: the files, in any order.
  ///   - collections: the sources that ``SourceFile/collection`` counts in.
  ///   - settings: titles, taxonomies, lexicon and pinned comparisons.
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
    // The names of collections are looked at as their rank: there are few of them, and many comparisons.
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
      // Most names differ in their first letters, which are compared as a number.
      if left.0 != right.0 { return left.0 < right.0 }
      let (first, second) = (agents[left.1], agents[right.1])
      return first.nameKey != second.nameKey
        ? first.nameKey.precedesByBytes(second.nameKey) : isBefore(first.agent.source, second.agent.source)
    }.map { agents[$0.1] }
    documents.sort { isBefore($0.source, $1.source) }
    self.agents = agents
    let shown = Beside(documents.isEmpty ? [] : agents.map(\.agent))
    self.documents = documents.filter { shown.holds($0) }
    // What belongs to a skill is not left out: it is a part of that.
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

  /// Files whose prompts are to be held against each other, and which with which.
  public struct Task: Sendable {
    /// The files.
    public let files: [SourceFile]
    /// The pairs, by places in the files.
    public let pairs: [Candidates.Pair]
  }

  /// The groups of which every two prompts are held against each other.
  public var compared: [Task] {
    groups.filter(\.isCompared).map { group in
      Task(files: group.agents.map { agents[$0].agent.source }, pairs: Likeness.everyTwo(of: group.agents.count))
    }
  }

  /// The pairs whose prompts may be nearly the same, by their sketches.
  public func candidates(jobs: Int) async -> [Candidates.Pair] {
    guard settings.likenessThreshold <= 1 else { return [] }
    return await Candidates.pairs(of: agents.map(\.agent.sketch), threshold: settings.likenessThreshold, jobs: jobs)
  }

  /// How many pairs are held against each other at once: their prompts are in memory meanwhile.
  private static let taskLength = 512

  /// Parts pairs into tasks, in order.
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

  /// Puts agents together whose prompts are nearly the same.
  ///
  /// - Parameters:
  ///   - pairs: what ``candidates(jobs:)`` gave.
  ///   - likenesses: how alike they are, in the same order.
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

  /// All agents by their slugs, names, paths and addresses.
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

  /// The agents that somebody names, by slugs, names or paths, in the order of the catalog.
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

  /// The names of `roster.yml` that no agent has, less those that repeat.
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
