import Agents
import Files

/// All files in their order, with their addresses: what must be known before it can be said which prompts are to be held against each other.
public struct Assembly: Sendable {
  let settings: CatalogSettings
  let collections: [Collection]
  /// The agents, by name, then collection and path.
  let agents: [AgentRecord]
  /// The files without frontmatter, by collection and path.
  let documents: [PlainDocument]
  let addressing: Addressing
  /// Agents that are compared: those that share a name, then those that `roster.yml` puts together.
  let groups: [Group]

  /// Agents that are compared.
  struct Group: Sendable {
    let id: String
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
  public init(_ records: [Record], collections: [Collection], settings: CatalogSettings = CatalogSettings()) {
    self.settings = settings
    self.collections = collections
    var agents: [AgentRecord] = []
    var documents: [PlainDocument] = []
    agents.reserveCapacity(records.count)
    for record in records {
      switch record {
      case .agent(let agent): agents.append(agent)
      case .document(let document): documents.append(document)
      }
    }
    // The names of collections are looked at as their rank: there are few of them, and many comparisons.
    let order = collections.indices.sorted { collections[$0].name.precedesByBytes(collections[$1].name) }
    var ranks = Array(repeating: 0, count: collections.count)
    for (rank, collection) in order.enumerated() { ranks[collection] = rank }
    func isBefore(_ left: SourceFile, _ right: SourceFile) -> Bool {
      let (first, second) = (ranks[left.collection], ranks[right.collection])
      return first != second ? first < second : left.path < right.path
    }
    agents = agents.enumerated().map { (ByteOrder.prefix(of: $1.nameKey), $0) }.sorted { left, right in
      // Most names differ in their first letters, which are compared as a number.
      if left.0 != right.0 { return left.0 < right.0 }
      let (first, second) = (agents[left.1], agents[right.1])
      return first.nameKey != second.nameKey
        ? first.nameKey.precedesByBytes(second.nameKey) : isBefore(first.agent.source, second.agent.source)
    }.map { agents[$0.1] }
    documents.sort { isBefore($0.source, $1.source) }
    self.agents = agents
    self.documents = documents
    addressing = Addressing(agents, collections: collections)
    groups =
      addressing.groups.map { Group(id: $0.slug, title: $0.name, kind: .variants, agents: $0.agents) }
      + Self.pinned(settings, agents, addressing)
  }

  /// The groups of files of which every two prompts are held against each other: see ``Likeness/pairs(of:)``.
  public var compared: [[SourceFile]] {
    groups.filter(\.isCompared).map { group in group.agents.map { agents[$0].agent.source } }
  }

  private static func pinned(
    _ settings: CatalogSettings, _ agents: [AgentRecord], _ addressing: Addressing
  ) -> [Group] {
    var used = Set(addressing.groups.map(\.slug))
    return settings.pinned.compactMap { pin in
      let wanted = Set(pin.agents.flatMap { [$0, Slug.fold($0)] })
      let members = agents.indices.filter {
        wanted.contains(addressing.slugs[$0]) || wanted.contains(agents[$0].nameKey)
          || wanted.contains(agents[$0].agent.source.path.description)
      }
      guard members.count > 1 else { return nil }
      var id = Slug.make(pin.title, fallback: "comparison")
      while !used.insert(id).inserted { id += "-pinned" }
      return Group(id: id, title: pin.title, kind: .pinned, agents: members)
    }
  }
}
