import Agents
import Files

/// The unique short names of all items: the slug of the name, with a qualifier if several items share the name.
///
/// The short names are used in the terminal; pages have an ``ItemAddress``. The result depends only on the files, not
/// on the order in which they were found.
struct Addressing: Sendable {
  /// A group of agents that share a name.
  struct Group: Sendable {
    /// The slug of the name, unique among items and groups.
    let slug: String
    /// The address of the page of the name.
    let address: ItemAddress
    /// The most common spelling of the name.
    let name: String
    /// The indices of the agents.
    let agents: [Int]
  }

  /// The slug of each agent.
  private(set) var slugs: [String]
  /// The groups with more than one agent.
  private(set) var groups: [Group] = []
  /// The group index of each agent that shares its name.
  private(set) var groupOf: [Int: Int] = [:]

  /// Assigns slugs to agents that are sorted by name.
  ///
  /// - Parameters:
  ///   - agents: The agents.
  ///   - collections: The names of the collections.
  init(_ agents: [AgentRecord], collections: [String]) {
    slugs = Array(repeating: "", count: agents.count)
    var used: Set<String> = []
    used.reserveCapacity(agents.count)
    // Assign all names first, and the qualified slugs of shared names afterwards.
    var shared: [(slug: String, members: Range<Int>)] = []
    var start = 0
    while start < agents.count {
      let (key, kind) = (agents[start].nameKey, agents[start].agent.kind)
      let end = agents[start...].firstIndex { $0.nameKey != key || $0.agent.kind != kind } ?? agents.count
      // Agents come first. A command with the same name gets its kind as a suffix.
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
      // Names that were cut for length can be equal.
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

  /// Returns a qualifier for each agent of one name: the first candidate that is unique and never empty.
  ///
  /// The candidates are the collection, the telling folders, all folders, collection and folders, the file name, and
  /// finally everything together.
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
