import Agents
import Catalogs

/// The terms of a taxonomy, in the groups and order of its page. Groups follow the questions of visitors, and the most
/// used terms come first.
struct TermGroups {
  /// Terms with a heading.
  struct Group {
    let title: String
    var about: String?
    var terms: [Taxonomy.Term]
    /// Whether each term has only one item, or the list is alphabetical. Such terms are shown as links, without bars.
    var isTail = false
  }

  let groups: [Group]

  /// The minimum numbers of terms, and of terms used once, for showing the latter in a separate group.
  private static let (tailLength, tailShare) = (16, 6)
  /// The minimum number of terms for an alphabetical list.
  static let sortedLength = 16

  init(_ taxonomy: Taxonomy, in catalog: Catalog) {
    let terms = taxonomy.byCount
    let stated = terms.filter { !$0.isUnstated }
    var groups: [Group]
    switch taxonomy.kind {
    case .tools: groups = ToolGroups(catalog.settings.runtimes).groups(of: stated)
    case .models: groups = Self.byMaker(stated)
    case .reach: groups = [Group(title: "", terms: Self.byPower(stated))]
    case .loads: groups = [Group(title: "", terms: Self.byOutcome(stated))]
    default: groups = [Group(title: "", terms: stated)]
    }
    let isGrouped = taxonomy.kind == .tools || taxonomy.kind == .models
    let once = groups.flatMap { $0.terms.filter { $0.agents.count == 1 } }
    if !isGrouped, stated.count >= Self.tailLength, once.count >= Self.tailShare {
      groups = groups.map { group in
        var group = group
        group.terms.removeAll { $0.agents.count == 1 }
        return group
      }
      groups.append(
        Group(title: "Used once", terms: Self.byTitle(once, \.name).map(\.term), isTail: true))
    }
    groups.removeAll { $0.terms.isEmpty }
    // Agents without a term come last.
    let unstated = terms.filter(\.isUnstated)
    if !unstated.isEmpty { groups.append(Group(title: "", terms: unstated)) }
    self.groups = groups
  }

  /// Creates an alphabetical list, grouped by first letter.
  init(alphabetical taxonomy: Taxonomy, _ title: (Taxonomy.Term) -> String) {
    var groups: [Group] = []
    for (title, term) in Self.byTitle(taxonomy.terms.filter { !$0.isUnstated }, title) {
      let first = title.uppercased().unicodeScalars.first.map { $0.properties.isAlphabetic ? String($0) : "#" } ?? "#"
      if groups.last?.title == first {
        groups[groups.count - 1].terms.append(term)
      } else {
        groups.append(Group(title: first, terms: [term], isTail: true))
      }
    }
    self.groups = groups
  }

  /// Returns the groups that contain a range of the terms, cut to that range.
  func slice(_ range: Range<Int>) -> [Group] {
    var start = 0
    return groups.compactMap { group in
      defer { start += group.terms.count }
      let own = range.clamped(to: start..<start + group.terms.count)
      if own.isEmpty { return nil }
      var group = group
      group.terms = Array(group.terms[own.lowerBound - start..<own.upperBound - start])
      return group
    }
  }

  /// Sorts terms alphabetically, ignoring case.
  private static func byTitle(
    _ terms: [Taxonomy.Term], _ title: (Taxonomy.Term) -> String
  ) -> [(title: String, term: Taxonomy.Term)] {
    let keyed = terms.map { term in
      let title = title(term)
      return (key: title.lowercased(), title: title, term: term)
    }
    return keyed.sorted {
      $0.key == $1.key ? $0.title.precedesByBytes($1.title) : $0.key.precedesByBytes($1.key)
    }.map { ($0.title, $0.term) }
  }

  // MARK: Orders

  private static func byPower(_ terms: [Taxonomy.Term]) -> [Taxonomy.Term] {
    let order = Reach.phrasesByPower
    return terms.sorted { (order.firstIndex(of: $0.name) ?? 99) < (order.firstIndex(of: $1.name) ?? 99) }
  }

  private static func byOutcome(_ terms: [Taxonomy.Term]) -> [Taxonomy.Term] {
    let order = LoadVerdict.Outcome.allCases.map(\.title)
    return terms.sorted { (order.firstIndex(of: $1.name) ?? -1) < (order.firstIndex(of: $0.name) ?? -1) }
  }

  private static func byMaker(_ terms: [Taxonomy.Term]) -> [Group] {
    let groups = Dictionary(grouping: terms) { ModelMakers.maker(of: $0.name) }
    return groups.map { Group(title: $0, terms: $1) }.sorted { left, right in
      func key(_ group: Group) -> (Int, Int, String) {
        (group.title == ModelMakers.other ? 1 : 0, -group.terms.reduce(0) { $0 + $1.agents.count }, group.title)
      }
      return key(left) < key(right)
    }
  }
}

/// Groups tools by the ability they give, most powerful first. Tools of MCP servers are grouped by server.
private struct ToolGroups {
  private let runtimes: Runtimes

  init(_ runtimes: Runtimes) { self.runtimes = runtimes }

  private static let abilities: [(ability: Reach.Ability, title: String)] = [
    (.run, "Run commands"), (.edit, "Write and edit files"), (.web, "Use the web"), (.delegate, "Start agents"),
    (.read, "Read files"),
  ]
  private static let (session, servers, unrecognized) = ("Tasks and messages", "MCP servers", "Unrecognized")
  /// The minimum number of tools for a server to have its own group.
  private static let serverLength = 3

  func groups(of tools: [Taxonomy.Term]) -> [TermGroups.Group] {
    var byTitle: [String: [Taxonomy.Term]] = [:]
    var byServer: [String: [Taxonomy.Term]] = [:]
    for tool in tools {
      if let known = runtimes.knownTool(tool.name) {
        let title = Self.abilities.first { known.abilities.contains($0.ability) }?.title ?? Self.session
        byTitle[title, default: []].append(tool)
      } else if let server = Runtimes.server(of: tool.name) {
        byServer[server, default: []].append(tool)
      } else {
        byTitle[Self.unrecognized, default: []].append(tool)
      }
    }
    let large = byServer.filter { $0.value.count >= Self.serverLength }
    let small = byServer.filter { large[$0.key] == nil }.flatMap(\.value)
    func uses(_ tools: [Taxonomy.Term]) -> Int { tools.reduce(0) { $0 + $1.agents.count } }
    let titles = Self.abilities.map(\.title) + [Self.session]
    return titles.compactMap { title in byTitle[title].map { TermGroups.Group(title: title, terms: $0) } }
      + large.sorted { (uses($1.value), $0.key) < (uses($0.value), $1.key) }.map {
        TermGroups.Group(title: "MCP server “\($0)”", terms: $1)
      }
      + [
        TermGroups.Group(
          title: large.isEmpty ? Self.servers : "Other MCP servers",
          terms: small.sorted { (-$0.agents.count, $0.name) < (-$1.agents.count, $1.name) }),
        TermGroups.Group(
          title: Self.unrecognized, about: "No known runtime has a tool with this name.",
          terms: byTitle[Self.unrecognized] ?? []),
      ]
  }
}
