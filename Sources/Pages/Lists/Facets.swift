import Agents
import Catalogs

/// The facets for filtering the list of agents, with the values of each agent.
///
/// They are the taxonomies, and facts such as findings and similar agents. Agents without a value get a placeholder, so
/// every agent counts in every facet.
struct Facets: Sendable {
  /// A facet.
  struct Facet: Sendable {
    /// The identifier in URLs.
    let id: String
    /// The heading.
    let title: String
    let values: [Value]
    /// Whether an agent can have several values.
    let isMultiple: Bool

    /// The number of values, without the placeholder.
    var statedCount: Int { values.count { !$0.isUnstated } }
  }

  /// A value of a facet.
  struct Value: Sendable {
    /// The identifier in URLs, unique in its facet.
    let slug: String
    let title: String

    /// Whether it is the placeholder for agents without a value.
    var isUnstated: Bool { slug == "not-stated" || slug == "none" }
  }

  let facets: [Facet]
  /// The values of all agents, as numbers. The numbers continue from one facet to the next.
  private let values: [UInt32]
  /// The start of each agent's values in ``values``, and the end of the last.
  private let starts: [Int]

  /// Returns the values of a facet with their counts, most frequent first. The placeholder comes last.
  func byCount(_ facet: Int) -> [(value: Value, count: Int)] {
    zip(facets[facet].values, counts[firsts[facet]...]).enumerated().sorted { one, other in
      func key(_ item: (offset: Int, element: (Value, Int))) -> (Int, Int, Int) {
        (item.element.0.isUnstated ? 1 : 0, -item.element.1, item.offset)
      }
      return key(one) < key(other)
    }.map { ($0.element.0, $0.element.1) }
  }

  /// The minimum share of agents at which a value covers nearly all of them.
  private static let nearlyAll = 0.95
  /// The facets for finding exceptions: agents that run commands, aren't loaded, or are new.
  private static let alwaysTold: Set = ["reach", "modes", "loads", Risk.facet, "approval", "lately"]

  /// Returns whether a facet is useful: no value covers nearly all agents, and some agents share a value. The filter in
  /// the browser uses the same rule (`tells` in filter.js).
  func tells(_ facet: Int) -> Bool {
    let id = facets[facet].id
    if Self.alwaysTold.contains(id) { return true }
    let all = byCount(facet)
    guard let most = all.map(\.count).max(), Double(most) < Self.nearlyAll * Double(starts.count - 1) else {
      return false
    }
    return all.contains { !$0.value.isUnstated && $0.count > 1 }
  }

  /// Returns the values of an agent, as numbers in ascending order.
  func values(of agent: Int) -> ArraySlice<UInt32> { values[starts[agent]..<starts[agent + 1]] }

  /// The numbers of values that are listed even without agents: the abilities.
  var listedAlways: Range<UInt32> {
    guard let facet = facets.firstIndex(where: { $0.id == Taxonomy.Kind.reach.rawValue }) else { return 0..<0 }
    return UInt32(firsts[facet])..<UInt32(firsts[facet] + facets[facet].values.count)
  }

  /// Returns the facet and value of a number.
  func meaning(of number: UInt32) -> (facet: Int, value: Value) {
    var facet = firsts.count - 1
    while firsts[facet] > Int(number) { facet -= 1 }
    return (facet, facets[facet].values[Int(number) - firsts[facet]])
  }

  /// The number of the first value of each facet.
  private let firsts: [Int]
  /// The number of agents with each value.
  private let counts: [Int]

  /// The display order of the taxonomies.
  static let kinds: [Taxonomy.Kind] = [
    .kinds, .topics, .categories, .reach, .loads, .tools, .models, .runtimes, .modes, .tags, .owners, .collections,
  ]

  /// Creates the facets of a catalog, without those that distinguish no agents.
  init(_ catalog: Catalog, _ ruleFindings: [RuleFindings], _ names: DisplayNames, _ risks: Risks) {
    var found: [(facet: Facet, agents: [[Int]])] = Self.kinds.compactMap { catalog.taxonomy($0) }.map { taxonomy in
      let several: Set<Taxonomy.Kind> = [.topics, .reach, .tools, .tags, .owners]
      var values = taxonomy.terms.map { Value(slug: $0.slug, title: names.title(of: $0.name, taxonomy.kind)) }
      var agents = taxonomy.terms.map(\.agents)
      if taxonomy.kind == .reach {
        // It is informative that no agent has an ability.
        for phrase in Reach.telling where !taxonomy.terms.contains(where: { $0.name == phrase }) {
          values.append(Value(slug: Slug.make(phrase, fallback: "ability"), title: phrase))
          agents.append([])
        }
      }
      return (
        Facet(
          id: taxonomy.kind.rawValue, title: taxonomy.title, values: values,
          isMultiple: several.contains(taxonomy.kind)),
        agents
      )
    }
    found += [
      Self.risks(catalog, risks), Self.findings(catalog, ruleFindings), Self.severities(catalog), Self.likes(catalog),
      Self.lately(catalog),
      Self.approvals(catalog),
    ]
    found.removeAll { $0.facet.values.count < 2 }
    facets = found.map(\.facet)
    var firsts: [Int] = []
    var counts = [Int](repeating: 0, count: catalog.entries.count)
    var next = 0
    for (facet, agents) in found {
      firsts.append(next)
      next += facet.values.count
      for agent in agents.joined() { counts[agent] += 1 }
    }
    self.firsts = firsts
    self.counts = found.flatMap { $0.agents.map(\.count) }
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    self.starts = starts
    var places = starts
    var values = [UInt32](repeating: 0, count: starts[starts.count - 1])
    var number: UInt32 = 0
    for (_, agents) in found {
      for members in agents {
        for agent in members {
          values[places[agent]] = number
          places[agent] += 1
        }
        number += 1
      }
    }
    self.values = values
  }

  private static func risks(_ catalog: Catalog, _ risks: Risks) -> (Facet, [[Int]]) {
    var values: [Value] = []
    var agents: [[Int]] = []
    var isClean = [Bool](repeating: true, count: catalog.entries.count)
    for risk in Risk.allCases where !risks[risk].isEmpty && !risks.isEverything(risk) {
      values.append(Value(slug: risk.rawValue, title: risk.title))
      agents.append(risks[risk])
      for agent in risks[risk] { isClean[agent] = false }
    }
    let clean = catalog.entries.indices.filter { isClean[$0] }
    if !clean.isEmpty {
      values.append(Value(slug: "none", title: "None of these"))
      agents.append(clean)
    }
    return (Facet(id: Risk.facet, title: "Risks", values: values, isMultiple: true), agents)
  }

  private static func findings(_ catalog: Catalog, _ ruleFindings: [RuleFindings]) -> (Facet, [[Int]]) {
    var values: [Value] = []
    var agents: [[Int]] = []
    for found in ruleFindings {
      var members: [Int] = []
      for place in found.places {
        // The findings of a file under one rule are consecutive.
        switch place.file {
        case .agent(let index), .part(let index, _): if members.last != index { members.append(index) }
        case .document: break
        }
      }
      if members.isEmpty { continue }
      values.append(Value(slug: found.rule.id, title: found.rule.title.capitalisedFirst))
      agents.append(members)
    }
    let clean = catalog.entries.indices.filter { catalog.entries[$0].findingCount == 0 }
    if !clean.isEmpty {
      values.append(Value(slug: "none", title: "No findings"))
      agents.append(clean)
    }
    return (Facet(id: "findings", title: "Findings", values: values, isMultiple: true), agents)
  }

  private static func severities(_ catalog: Catalog) -> (Facet, [[Int]]) {
    let names = [("error", "Errors"), ("warning", "Warnings"), ("note", "Only notes"), ("none", "None")]
    return facet("severity", "Worst finding", names, catalog) { entry in
      [entry.findings.map(\.severity.rank).min() ?? 3]
    }
  }

  private static func likes(_ catalog: Catalog) -> (Facet, [[Int]]) {
    let names = [("name", "Shares its name"), ("prompt", "Similar prompt"), ("alone", "Unique")]
    return facet("family", "Similar agents", names, catalog, isMultiple: true) { entry in
      let ties = (entry.variants == nil ? [] : [0]) + (entry.alike.isEmpty ? [] : [1])
      return ties.isEmpty ? [2] : ties
    }
  }

  private static func lately(_ catalog: Catalog) -> (Facet, [[Int]]) {
    let names = [("new", "New"), ("changed", "Changed"), ("none", "Neither")]
    return facet("lately", "Lately", names, catalog) { entry in
      switch entry.lately {
      case .new: [0]
      case .changed: [1]
      case nil: [2]
      }
    }
  }

  private static func approvals(_ catalog: Catalog) -> (Facet, [[Int]]) {
    let names = Approval.State.allCases.map { ($0.rawValue, Wording.title($0).capitalisedFirst) }
    return facet("approval", "Approval", names, catalog) { entry in
      [Approval.State.allCases.firstIndex(of: entry.approval.state) ?? 0]
    }
  }

  /// Returns a facet with few values, without values that no agent has.
  private static func facet(
    _ id: String, _ title: String, _ names: [(String, String)], _ catalog: Catalog, isMultiple: Bool = false,
    values: (Catalog.Entry) -> [Int]
  ) -> (Facet, [[Int]]) {
    var agents = [[Int]](repeating: [], count: names.count)
    for (index, entry) in catalog.entries.enumerated() { for value in values(entry) { agents[value].append(index) } }
    let used = names.indices.filter { !agents[$0].isEmpty }
    return (
      Facet(
        id: id, title: title, values: used.map { Value(slug: names[$0].0, title: names[$0].1) }, isMultiple: isMultiple),
      used.map { agents[$0] }
    )
  }
}
