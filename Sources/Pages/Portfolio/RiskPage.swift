import Agents
import Catalogs
import Files
import Templates

/// A page of the list of items with a risk.
struct RiskPage: PageKind {
  let site: SiteIndex
  let risk: Risk
  /// The rows of all pages; none if the page links to the index instead.
  let rows: FoldedRows
  /// The page number, counted from 1.
  let page: Int

  static let isInSitemap = true

  static func all(in site: SiteIndex) -> [any PageKind] {
    Risk.allCases.flatMap { risk -> [RiskPage] in
      let items = site.risks[risk]
      if items.isEmpty || site.risks.isEverything(risk) { return [] }
      let rows = Addresses.isNearlyEverything(items, in: site.catalog) ? .none : site.copies.rows(of: items)
      return Paging.pages(rows.count).map { RiskPage(site: site, risk: risk, rows: rows, page: $0) }
    }
  }

  static func path(_ risk: Risk, page: Int = 1) -> SitePath {
    SitePath("risks", page == 1 ? "\(risk.rawValue).html" : "\(risk.rawValue).\(page).html")
  }

  /// Returns the page that lists the items of a risk.
  static func list(of risk: Risk, in site: SiteIndex) -> SitePath {
    site.risks.isEverything(risk) ? IndexPage.path(page: 1) : path(risk)
  }

  /// Returns the link to the list of a part of a risk; nil if no list can be narrowed to it.
  static func link(to part: RiskPart, of risk: Risk, from path: SitePath, in site: SiteIndex) -> String? {
    let facets = site.facets.facets.map(\.id)
    guard let value = part.value, facets.contains(value.facet) else { return nil }
    let query = "\(value.facet)=\(value.slug)"
    let index = path.link(to: IndexPage.path(page: 1))
    let items = site.risks[risk]
    // Short lists have no filter.
    guard items.count >= TermPage.filteredLength else { return nil }
    if site.risks.isEverything(risk) { return "\(index)?\(query)" }
    guard Addresses.isNearlyEverything(items, in: site.catalog) else {
      return "\(path.link(to: Self.path(risk)))?\(query)"
    }
    return facets.contains(Risk.facet) ? "\(index)?\(Risk.facet)=\(risk.rawValue)&\(query)" : nil
  }

  var path: SitePath { Self.path(risk, page: page) }

  func inputs() -> PageView {
    let (path, items) = (path, site.risks[risk])
    let isIndex = Addresses.isNearlyEverything(items, in: site.catalog)
    // A value that all items share is not a facet.
    let within = site.facets.facets.contains { $0.id == Risk.facet } ? "\(Risk.facet)/\(risk.rawValue)" : nil
    let lead = "\(site.catalog.countedByKind(items)). \(explanation)"
    return PageView(
      template: "term", kind: "term", title: risk.title + (page > 1 ? ", page \(page)" : ""), description: lead,
      content: TermView(
        taxonomyTitle: "Portfolio", taxonomyHref: path.link(to: PortfolioPage.path), heading: risk.title, name: nil,
        lead: lead, about: nil, charts: page == 1 ? charts(items) : [], related: [], note: nil,
        indexHref: isIndex
          ? path.link(to: IndexPage.path(page: 1)) + (within == nil ? "" : "?\(Risk.facet)=\(risk.rawValue)") : nil,
        indexCount: isIndex ? Wording.number(site.catalog.entries.count) : nil,
        list: ListView(rows, page: page, at: path, in: site) { Self.path(risk, page: $0) },
        filter: rows.agentCount >= TermPage.filteredLength ? FilterView(items, within: within) : nil, documents: []))
  }

  private var explanation: String {
    switch risk {
    case .unasked:
      "They never ask for permission, run commands automatically, or have commands approved in advance."
    case .unloaded: "Their runtime does not load them, or cannot run them."
    case .unapproved: "Nobody approved them, or they changed since. Approve one with “roster approve”."
    case .duplicates:
      "Each has the same prompt as another one, or shares at least "
        + "\(Wording.percent(site.catalog.settings.likenessThreshold)) of its five-word sequences with it."
    }
  }

  private func charts(_ items: [Int]) -> [ChartView] {
    let parts = site.parts(of: risk)
    let most = parts.map(\.count).max() ?? 0
    let title =
      switch risk {
      case .unasked: "How"
      case .unloaded: "Runtime"
      case .unapproved: "Approval"
      case .duplicates: "Closest match"
      }
    let own = ChartView(
      title: title,
      bars: parts.map {
        BarView(
          title: $0.title, number: Wording.number($0.count), share: Wording.share($0.count, of: items.count),
          bar: BarView.length($0.count, of: most), tone: risk == .duplicates ? nil : "risk")
      })
    return (parts.count > 1 ? [own] : []) + TermFacts(items, at: path, in: site).places
  }
}
