import Agents
import Catalogs
import Files
import Templates

/// Charts above a list that summarize its items. Shares are relative to the list, so a page changes only if its own
/// items change.
struct TermFacts {
  private let items: [Int]
  private let path: SitePath
  private let site: SiteIndex

  /// The maximum number of bars in a chart.
  private static let length = 5

  init(_ items: [Int], at path: SitePath, in site: SiteIndex) {
    self.items = items
    self.path = path
    self.site = site
  }

  /// The minimum number of items for which charts are shown.
  static let least = 6

  /// The chart of abilities, most powerful first.
  var reach: ChartView {
    var unasked = 0
    var having = [Int](repeating: 0, count: Self.abilities.count)
    for item in items {
      let reach = site.catalog.entries[item].reach
      if reach.runsCommandsUnasked { unasked += 1 }
      for (place, ability) in Self.abilities.enumerated() where reach[ability.0] != .none { having[place] += 1 }
    }
    var counts: [(String, Int, String?)] = [("Run commands without asking", unasked, "risk")]
    for ((ability, title), count) in zip(Self.abilities, having) {
      counts.append((title, count, ability == .run ? "risk" : nil))
    }
    return ChartView(
      title: "What they can do",
      bars: counts.map { title, count, tone in
        BarView(
          title: title, number: Wording.number(count), share: Wording.share(count, of: items.count),
          bar: BarView.length(count, of: items.count), tone: tone)
      })
  }

  private static let abilities: [(Reach.Ability, String)] = [
    (.run, "Run commands"), (.edit, "Edit files"), (.web, "Use the web"), (.delegate, "Start agents"),
    (.read, "Read files"),
  ]

  /// The charts of owners, runtimes and collections, two at most. Charts with only one bar are left out.
  var places: [ChartView] {
    var charts: [ChartView] = []
    for (kind, title) in [(Taxonomy.Kind.owners, "Owners"), (.runtimes, "Runtimes"), (.collections, "Collections")] {
      if let chart = chart(of: kind, title), charts.count < 2 { charts.append(chart) }
    }
    return charts
  }

  private func chart(of kind: Taxonomy.Kind, _ title: String) -> ChartView? {
    guard let taxonomy = site.catalog.taxonomy(kind), taxonomy.terms.count > 1 else { return nil }
    var counts: [Int32: Int] = [:]
    for item in items { for term in site.terms.terms(of: item, kind) { counts[term, default: 0] += 1 } }
    if counts.count < 2 { return nil }
    return ChartView(title: title, bars: bars(counts, of: taxonomy))
  }

  private func bars(_ counts: [Int32: Int], of taxonomy: Taxonomy) -> [BarView] {
    let first = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.length)
    let most = first.first?.value ?? 0
    return first.map { place, count in
      let term = taxonomy.terms[Int(place)]
      let title = site.names.title(of: term.name, taxonomy.kind)
      return BarView(
        title: title, name: title == term.name ? nil : term.name,
        href: path.link(to: site.addresses.term(taxonomy.kind, term)), number: Wording.number(count),
        share: Wording.share(count, of: items.count), bar: BarView.length(count, of: most))
    }
  }

  /// Returns the terms that the items often have in addition to a given one. The most distinctive ones are selected,
  /// and sorted by number of items.
  func related(to own: Taxonomy.Term, of taxonomy: Taxonomy) -> [LinkView] {
    guard items.count >= 3 else { return [] }
    var counts: [Int32: Int] = [:]
    for item in items { for term in site.terms.terms(of: item, taxonomy.kind) { counts[term, default: 0] += 1 } }
    // A term that most agents have is not specific to this one.
    let ranked = counts.compactMap { place, count -> (Int32, Int, Double)? in
      let term = taxonomy.terms[Int(place)]
      guard term.slug != own.slug, !term.isUnstated, count > 1 else { return nil }
      return (place, count, Double(count) * Double(count) / Double(term.agents.count))
    }
    let first = ranked.sorted { ($1.2, $0.0) < ($0.2, $1.0) }.prefix(Self.relatedLength)
    return first.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { place, count, _ in
      let term = taxonomy.terms[Int(place)]
      return LinkView(
        title: site.names.title(of: term.name, taxonomy.kind),
        href: path.link(to: site.addresses.term(taxonomy.kind, term)), number: Wording.number(count))
    }
  }

  private static let relatedLength = 8
}

/// The terms of each agent, as indices into the taxonomies. This is the inverse of the lists in the taxonomies.
struct TermsOfAgents: Sendable {
  private let places: [Taxonomy.Kind: [[Int32]]]

  /// The maximum number of terms counted for an agent, so that a single file cannot slow down every page.
  private static let limit = 40

  init(_ catalog: Catalog) {
    let kinds: [Taxonomy.Kind] = [.tags, .topics, .tools, .owners, .runtimes, .collections]
    var places: [Taxonomy.Kind: [[Int32]]] = [:]
    for taxonomy in kinds.compactMap({ catalog.taxonomy($0) }) {
      var own = [[Int32]](repeating: [], count: catalog.entries.count)
      for (place, term) in taxonomy.terms.enumerated() {
        for agent in term.agents where own[agent].count < Self.limit { own[agent].append(Int32(place)) }
      }
      places[taxonomy.kind] = own
    }
    self.places = places
  }

  /// Returns the terms of an agent, as indices into the taxonomy.
  func terms(of agent: Int, _ kind: Taxonomy.Kind) -> [Int32] { places[kind]?[agent] ?? [] }
}
