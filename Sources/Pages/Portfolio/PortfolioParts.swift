import Agents
import Catalogs
import Files

/// The sections of numbers below the risks.
struct PortfolioParts {
  private let portfolio: Portfolio
  private let site: SiteIndex
  private let path: SitePath

  init(_ portfolio: Portfolio, in site: SiteIndex, at path: SitePath) {
    self.portfolio = portfolio
    self.site = site
    self.path = path
  }

  /// The maximum number of bars in a chart. The page of the taxonomy shows the rest.
  private static let length = 8

  private static let parts: [(id: String, title: String, kinds: [Taxonomy.Kind])] = [
    ("access", "Access", [.reach, .tools, .modes]),
    ("runtimes", "Runtimes and models", [.runtimes, .loads, .models]),
    ("people", "Ownership", [.owners, .collections, .statuses]),
    ("content", "Content", [.kinds, .topics, .categories, .tags]),
  ]

  var views: [PortfolioPartView] {
    let sections = Dictionary(portfolio.sections.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var views = Self.parts.map { part in
      let own = part.kinds.compactMap { sections[$0.rawValue] }
      let stated = own.filter { $0.rows.contains { !$0.isUnstated } }
      let missing = own.filter { section in !stated.contains { $0.id == section.id } }.map { $0.title.lowercased() }
      return PortfolioPartView(
        id: part.id, title: part.title,
        sections: stated.map(view) + (part.id == "content" ? sizes.map { [$0] } ?? [] : []),
        missing: missing.isEmpty ? nil : "Not stated in any file: \(missing.joined(before: "and")).")
    }
    if let findings = sections["findings"] {
      views.append(PortfolioPartView(id: "findings", title: "Findings", sections: [view(of: findings)], missing: nil))
    }
    return views.filter { !$0.sections.isEmpty || $0.missing != nil }
  }

  private func view(of section: Portfolio.Section) -> PortfolioSectionView {
    let stated = section.rows.filter { !$0.isUnstated }
    let shown = stated.prefix(section.kind == .reach ? 10 : Self.length) + section.rows.filter(\.isUnstated)
    let largest = shown.lazy.filter { !$0.isUnstated }.map(\.count).max() ?? 0
    let all = portfolio.items + (section.kind == nil ? portfolio.documents : 0)
    let rules = Dictionary(site.ruleFindings.map { ($0.rule.id, $0) }, uniquingKeysWith: { first, _ in first })
    return PortfolioSectionView(
      title: section.kind == nil ? "Rules" : section.title, href: address(of: section).map { path.link(to: $0) },
      unit: section.kind == nil ? "files" : unit, rest: section.rows.count - shown.count,
      bars: shown.map { row in
        let title = section.kind.map { site.names.title(of: row.title, $0) }
        return BarView(
          title: title ?? rules[row.title]?.rule.title.capitalisedFirst ?? row.title,
          name: title == row.title ? nil : row.title, href: path.link(to: site.addresses.page(of: row, in: section)),
          number: Wording.number(row.count), share: Wording.share(row.count, of: all),
          bar: BarView.length(min(row.count, largest), of: largest),
          tone: row.isUnstated ? "none" : tone(of: row, in: section, rules))
      })
  }

  /// The noun for the items that most charts count.
  private var unit: String { portfolio.kinds.count == 1 ? portfolio.kinds[0].kind.plural : "items" }

  private func tone(
    of row: Portfolio.Row, in section: Portfolio.Section, _ rules: [String: RuleFindings]
  ) -> String? {
    if section.kind == nil { return rules[row.title]?.severity.rawValue }
    guard let kind = section.kind else { return nil }
    return TermMeaning.tone(of: row.title, kind)
  }

  /// Returns the page that lists all rows of a section, if there is one.
  private func address(of section: Portfolio.Section) -> SitePath? {
    guard let kind = section.kind else { return FindingsPage.path }
    return site.catalog.taxonomy(kind).map { TermsPage.path($0.kind) }
  }

  // MARK: Sizes

  /// The upper bounds of the size classes, in tokens, exclusive.
  private static let bounds = [500, 1000, 2000, 4000, 8000]

  /// The chart of prompt sizes.
  private var sizes: PortfolioSectionView? {
    let tokens = site.catalog.entries.map(\.agent.promptMeasure.tokens)
    if tokens.count < 2 { return nil }
    var counts = [Int](repeating: 0, count: Self.bounds.count + 1)
    for size in tokens { counts[Self.bounds.firstIndex { size < $0 } ?? Self.bounds.count] += 1 }
    let most = counts.max() ?? 0
    let last = counts.lastIndex { $0 > 0 } ?? 0
    return PortfolioSectionView(
      title: "Prompt size in tokens", href: nil, unit: unit, rest: 0,
      bars: counts[...last].enumerated().map { place, count in
        BarView(
          title: Self.title(ofSize: place), number: Wording.number(count),
          share: Wording.share(count, of: tokens.count), bar: BarView.length(count, of: most))
      })
  }

  private static func title(ofSize place: Int) -> String {
    if place == 0 { return "Below \(Wording.number(bounds[0]))" }
    let start = Wording.number(bounds[place - 1])
    return place == bounds.count ? "\(start) or more" : "\(start) to \(Wording.number(bounds[place] - 1))"
  }
}
