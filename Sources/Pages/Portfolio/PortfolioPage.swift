import Agents
import Catalogs
import Files
import Templates

/// The page of numbers: the risks first, then all others. Each number links to the list it counts.
struct PortfolioPage: PageKind {
  let site: SiteIndex

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    PortfolioView.self, PanelView.self, PortfolioPartView.self, PortfolioSectionView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] { [PortfolioPage(site: site)] }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    [NavigationEntry(place: .tools, position: 4, title: "Portfolio", path: path)]
  }

  static let path = SitePath("portfolio.html")

  var path: SitePath { Self.path }

  func inputs() -> PageView {
    let portfolio = Portfolio(site.catalog)
    let lead =
      "\(Wording.count(of: portfolio.kinds).capitalisedFirst). Descriptions take about "
      + "\(Wording.number(portfolio.descriptionTokens)) tokens, prompts about \(Wording.number(portfolio.promptTokens))."
    let panels = site.catalog.entries.isEmpty ? [] : Risk.allCases.map(panel)
    return PageView(
      template: "portfolio", kind: "portfolio", title: "Portfolio", description: lead,
      content: PortfolioView(
        lead: lead, dataHref: path.link(to: PortfolioTable.path), panels: panels,
        parts: PortfolioParts(portfolio, in: site, at: path).views))
  }

  // MARK: Risks

  /// The maximum number of examples in a panel.
  private static let examples = 5

  private func panel(_ risk: Risk) -> PanelView {
    let (items, all) = (site.risks[risk], site.catalog.entries.count)
    let parts = site.parts(of: risk)
    let most = parts.map(\.count).max() ?? 0
    let list = path.link(to: RiskPage.list(of: risk, in: site))
    return PanelView(
      id: risk.rawValue, title: risk.title, href: list, number: Wording.number(items.count),
      sentence: items.isEmpty ? calm(risk) : sentence(risk, items), bar: BarView.length(items.count, of: all),
      bars: parts.count < 2
        ? []
        : parts.map { part in
          BarView(
            title: part.title, href: RiskPage.link(to: part, of: risk, from: path, in: site),
            number: Wording.number(part.count), bar: BarView.length(part.count, of: most))
        },
      examplesTitle: examplesTitle(risk, items.count),
      examples: site.examples(of: risk, limit: Self.examples).map {
        LinkView(title: $0.title, href: path.link(to: $0.address), path: $0.reason)
      },
      allTitle: items.count == 1 ? "See the list" : "See all \(Wording.number(items.count))",
      isCalm: items.isEmpty)
  }

  private func sentence(_ risk: Risk, _ items: [Int]) -> String {
    let all = site.catalog.entries.count
    let noun = site.catalog.kinds.count == 1 ? site.catalog.kinds[0].kind.noun : "item"
    let share = "\(Wording.share(items.count, of: all)) of \(Wording.count(all, noun))"
    if site.risks.isEverything(risk) { return "No approvals are recorded yet." }
    if risk == .unloaded, site.parts(of: risk).count == 1, let part = site.parts(of: risk).first {
      return "\(share), in \(part.title)"
    }
    return share
  }

  private func calm(_ risk: Risk) -> String {
    switch risk {
    case .unasked: "No agent runs commands without asking."
    case .unloaded: loadingSentence
    case .unapproved: "Every item is approved in its current state."
    case .duplicates: "No two prompts are similar."
    }
  }

  /// The sentence shown if no file is known to fail.
  private var loadingSentence: String {
    let unknown = site.catalog.entries.indices.filter { site.catalog.entries[$0].agent.loading.outcome == .unknown }
    return unknown.isEmpty
      ? "Everything loads in its runtime."
      : "Nothing is known to fail. For \(site.catalog.counted(unknown)), it is unknown."
  }

  private func examplesTitle(_ risk: Risk, _ count: Int) -> String {
    switch risk {
    case .duplicates: "Largest groups"
    case .unapproved: "Review first"
    default: count > Self.examples ? "Look at first" : "Examples"
    }
  }
}

/// The numbers as CSV: `portfolio.csv`.
struct PortfolioTable: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [PortfolioTable(site: site)] }

  static let path = SitePath("portfolio.csv")

  var path: SitePath { Self.path }

  func inputs() -> MadeEveryTime { MadeEveryTime { PortfolioData.csv(Portfolio(site.catalog), site.addresses) } }
}
