import Catalogs
import Files
import Templates

/// The page of numbers, each of which leads to the list behind it.
struct PortfolioPage: PageKind {
  let site: SiteIndex

  /// How many rows of a section stand on the page; the rest are on the page of the taxonomy.
  private static let length = 12

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    PortfolioView.self, PortfolioSectionView.self, PortfolioRowView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] { [PortfolioPage(site: site)] }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    [NavigationEntry(place: .tools, position: 4, title: "Portfolio", path: path)]
  }

  static let path = SitePath("portfolio.html")

  var path: SitePath { Self.path }

  func inputs() -> PageView {
    let (path, portfolio) = (path, Portfolio(site.catalog))
    let sections = portfolio.sections.map { section in
      let largest = section.rows.map(\.count).max() ?? 0
      // What states nothing is told of, however many kinds there are.
      let stated = section.rows.filter { !$0.isUnstated }
      let shown = stated.prefix(Self.length) + section.rows.filter(\.isUnstated)
      return PortfolioSectionView(
        title: section.title,
        href: address(of: section).map { path.link(to: $0) }, isRules: section.kind == nil,
        rest: section.rows.count - shown.count, hasTokens: section.kind == .collections,
        rows: shown.map { row in
          PortfolioRowView(
            title: section.kind.map { site.names.title(of: row.title, $0) } ?? row.title,
            href: path.link(to: site.addresses.page(of: row, in: section)),
            number: Wording.number(row.count),
            share: share(row.count, of: portfolio.items + (section.kind == nil ? portfolio.documents : 0)),
            bar: largest == 0 ? 0 : (row.count * 20 + largest - 1) / largest,
            tokens: section.kind == .collections ? row.descriptionTokens.map(Wording.short) ?? "" : "",
            isUnstated: row.isUnstated)
        })
    }
    let lead =
      "\(Wording.count(of: portfolio.kinds).capitalisedFirst) in numbers; each leads to the list behind it. All descriptions together take about "
      + "\(Wording.number(portfolio.descriptionTokens)) tokens, all prompts about \(Wording.number(portfolio.promptTokens))."
    return PageView(
      template: "portfolio", kind: "portfolio", title: "Portfolio", description: lead,
      content: PortfolioView(lead: lead, dataHref: path.link(to: PortfolioTable.path), sections: sections))
  }

  /// The page of a section's terms, where there is one.
  private func address(of section: Portfolio.Section) -> SitePath? {
    guard let kind = section.kind else { return FindingsPage.path }
    return site.catalog.taxonomy(kind).map { TermsPage.path($0.kind) }
  }

  private func share(_ count: Int, of all: Int) -> String {
    guard all > 0, count > 0 else { return "0%" }
    let share = Double(count) / Double(all)
    return share < 0.005 ? "< 1%" : Wording.percent(min(1, share))
  }
}

/// `portfolio.csv`.
struct PortfolioTable: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [PortfolioTable(site: site)] }

  static let path = SitePath("portfolio.csv")

  var path: SitePath { Self.path }

  func inputs() -> MadeEveryTime { MadeEveryTime { PortfolioData.csv(Portfolio(site.catalog), site.addresses) } }
}
