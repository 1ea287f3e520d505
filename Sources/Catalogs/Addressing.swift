import Agents
import Files

/// Gives every item a short name that no other has: the slug of its name, or, where several share a name, that and what
/// tells them apart. People name items so at a terminal; pages stand at an ``ItemAddress``.
///
/// The result depends on the files alone, not on the order in which they were found.
struct Addressing: Sendable {
  /// Agents that share a name.
  struct Group: Sendable {
    /// The slug of the name, which no item and no other group has.
    let slug: String
    /// The page of the name.
    let address: ItemAddress
    /// The name as most of them write it.
    let name: String
    /// The agents, as indices.
    let agents: [Int]
  }

  /// The slug of each agent.
  private(set) var slugs: [String]
  /// The groups of more than one.
  private(set) var groups: [Group] = []
  /// The group of each agent that shares its name.
  private(set) var groupOf: [Int: Int] = [:]

  /// Names agents that are sorted by their names.
  ///
  /// - Parameters:
  ///   - agents: the agents.
  ///   - collections: the names of the collections.
  init(_ agents: [AgentRecord], collections: [String]) {
    slugs = Array(repeating: "", count: agents.count)
    var used: Set<String> = []
    used.reserveCapacity(agents.count)
    // A name has its address before any of those that share one gets theirs.
    var shared: [(slug: String, members: Range<Int>)] = []
    var start = 0
    while start < agents.count {
      let (key, kind) = (agents[start].nameKey, agents[start].agent.kind)
      let end = agents[start...].firstIndex { $0.nameKey != key || $0.agent.kind != kind } ?? agents.count
      // Agents come first; a command of the same name is told from it by its kind.
      let name = Slug.cut(key)
      let slug = Self.unused(used.contains(name) ? Slug.cut("\(name)-\(kind.noun)") : name, &used)
      if end == start + 1 { slugs[start] = slug } else { shared.append((slug, start..<end)) }
      start = end
    }
    var pages: Set<ItemAddress> = []
    for (slug, range) in shared {
      let members = Array(range)
      let qualifiers = Self.qualifiers(members.map { agents[$0].agent }, collections: collections)
      for (member, qualifier) in zip(members, qualifiers) {
        slugs[member] = Self.unused(Slug.cut("\(slug)--\(qualifier)"), &used)
        groupOf[member] = groups.count
      }
      var spellings: [String: Int] = [:]
      for member in members { spellings[agents[member].agent.name, default: 0] += 1 }
      let name = spellings.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? slug
      var address = ItemAddress(of: agents[range.lowerBound])
      // Names that are too long for an address may be the same up to there.
      if !pages.insert(address).inserted {
        let mark = FNV.digits(agents[range.lowerBound].nameKey.utf8).prefix(8)
        address = ItemAddress(folders: address.folders, name: "\(address.name)--\(mark)")
        pages.insert(address)
      }
      groups.append(Group(slug: slug, address: address, name: name, agents: members))
    }
  }

  private static func unused(_ slug: String, _ used: inout Set<String>) -> String {
    if used.insert(slug).inserted { return slug }
    var number = 2
    while !used.insert("\(slug)-\(number)").inserted { number += 1 }
    return "\(slug)-\(number)"
  }

  /// What tells agents of one name apart: the collection if that is enough, else the folders, the two together, the
  /// file name, or everything.
  private static func qualifiers(_ agents: [Agent], collections: [String]) -> [String] {
    let collection = agents.map { Slug.make(collections[$0.source.collection], fallback: "collection") }
    let allFolders = agents.map { $0.source.path.folders }
    let common = allFolders.dropFirst().reduce(Set(allFolders.first ?? [])) { $0.intersection($1) }
    let folders = allFolders.map { $0.filter { !common.contains($0) }.map { Slug.fold($0) }.joined(separator: "-") }
    let telling = allFolders.map { $0.filter { !common.contains($0) && !FolderNames.areStructure($0) } }
      .map { $0.map { Slug.fold(FolderNames.withoutNumber($0)) }.joined(separator: "-") }
    let stems = agents.map { Slug.fold($0.source.path.stem) }
    let both = zip(collection, folders).map { $1.isEmpty ? $0 : "\($0)-\($1)" }
    let everything = zip(both, stems).map { "\($0)-\($1)" }
    for candidate in [collection, telling, folders, both, stems] where Set(candidate).count == candidate.count {
      if !candidate.contains("") { return candidate }
    }
    return everything
  }
}
