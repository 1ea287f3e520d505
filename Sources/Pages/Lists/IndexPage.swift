import Agents
import Catalogs
import Histories
import Templates

/// A page of the list of all agents. The first one is the front page.
struct IndexPage: PageKind {
  let site: SiteIndex
  /// The rows of all pages.
  let rows: FoldedRows
  /// What all pages show besides their rows.
  let shared: Shared
  /// The 1-based number of the page.
  let page: Int

  /// The parts that all pages have in common, computed once.
  struct Shared: Sendable {
    let lead: String
    let figures: [LinkView]
    let facets: [FacetView]
    let filter: FilterView
  }

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    IndexView.self, NewsView.self, FacetView.self, FacetValueView.self, CopyView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    let agents = Array(site.catalog.entries.indices)
    let rows = site.copies.rows(of: agents)
    let shared = Shared(
      lead: site.catalog.settings.description.ifAny ?? defaultLead(site), figures: figures(site),
      facets: facetViews(site), filter: FilterView(agents, within: nil))
    return Paging.pages(rows.count).map { IndexPage(site: site, rows: rows, shared: shared, page: $0) }
  }

  static func path(page: Int) -> SitePath { SitePath(page == 1 ? "index.html" : "index.\(page).html") }

  var path: SitePath { Self.path(page: page) }

  func inputs() -> PageView {
    let settings = site.catalog.settings
    let count = site.catalog.entries.count
    return PageView(
      template: "index", kind: "index",
      title: page == 1 ? settings.title : "\(settings.title), page \(page)",
      description: settings.description.ifAny ?? "A catalog of \(Wording.count(of: site.catalog.kinds)).",
      about: page == 1 ? StructuredData(settings, count: count) : nil,
      content: IndexView(
        ask: page == 1 && site.hasSearch ? SearchExamples.all(in: site.catalog) : nil,
        siteDescription: shared.lead, figures: shared.figures, news: page == 1 ? news() : [], facets: shared.facets,
        list: ListView(rows, page: page, at: path, in: site) { Self.path(page: $0) }, filter: shared.filter,
        hasFilter: count > 1))
  }

  /// The default description of the catalog: `1,085 agents from 6 collections, for Claude Code and VS Code.`
  private static func defaultLead(_ site: SiteIndex) -> String {
    var text = Wording.count(of: site.catalog.kinds)
    let collections = site.catalog.collections.count
    if collections > 1 { text += " from \(Wording.count(collections, "collection"))" }
    let runtimes = site.catalog.taxonomy(.runtimes)?.byCount.map(\.name) ?? []
    if !runtimes.isEmpty { text += ", for \(runtimes.prefix(runtimesLength).map { $0 }.joined(before: "and"))" }
    if runtimes.count > runtimesLength { text += " and others" }
    return text + ". Describe what you need done, compare the results, and install one."
  }

  /// The maximum number of runtimes named on the front page.
  private static let runtimesLength = 4

  /// Returns the numbers of the front page, each with a link to its list.
  private static func figures(_ site: SiteIndex) -> [LinkView] {
    let kinds = site.catalog.taxonomy(.kinds)
    var figures = site.catalog.kinds.map { kind, count in
      let term = kinds?.terms.first { $0.name.lowercased() == kind.plural }
      return LinkView(
        title: count == 1 ? kind.noun : kind.plural,
        href: kinds.flatMap { _ in term.map { site.addresses.term(.kinds, $0).description } } ?? "index.html",
        number: Wording.number(count))
    }
    if figures.isEmpty { figures = [LinkView(title: "agents", href: "index.html", number: "0")] }
    for kind in [Taxonomy.Kind.collections, .categories, .topics, .tools] {
      guard let taxonomy = site.catalog.taxonomy(kind) else { continue }
      let count = taxonomy.terms.count { !$0.isUnstated }
      figures.append(
        LinkView(
          title: count == 1 ? kind.singular : taxonomy.title.lowercased(), href: TermsPage.path(kind).description,
          number: Wording.number(count)))
    }
    let shared = site.catalog.comparisons.count { $0.kind == .variants }
    if shared > 0 {
      figures.append(
        LinkView(
          title: shared == 1 ? "shared name" : "shared names", href: ComparisonsPage.path(page: 1).description,
          number: Wording.number(shared)))
    }
    let findings = site.ruleFindings.reduce(0) { $0 + $1.places.count }
    if findings > 0 {
      figures.append(
        LinkView(
          title: findings == 1 ? "finding" : "findings", href: FindingsPage.path.description,
          number: Wording.number(findings)))
    }
    return figures
  }

  /// The number of news entries on the front page.
  private static let newsLength = 6

  /// Returns the most recently added or changed agents, by git history. Files of the first commit don't count as new.
  private func news() -> [NewsView] {
    let dated = site.catalog.entries.indices.compactMap { index -> (index: Int, history: FileHistory)? in
      guard let history = site.catalog.entries[index].history, !history.isOriginal || history.created != history.changed
      else { return nil }
      return (index, history)
    }
    let last = dated.sorted { ($1.history.changed.time, $0.index) < ($0.history.changed.time, $1.index) }
    return last.prefix(Self.newsLength).map { index, history in
      let agent = site.catalog.entries[index].agent
      return NewsView(
        name: agent.name, href: site.addresses.agent(index).description, spine: Spine.name(agent.color),
        day: Wording.day(history.changed.localTime), date: DateText.iso(history.changed.localTime),
        isNew: history.created == history.changed, author: history.changed.author)
    }
  }

  /// The maximum number of values per facet next to the list of all agents.
  private static let facetLength = 6
  /// The number of facets that are expanded at first.
  private static let openLength = 4
  /// The maximum number of values for the reach facet, which shows all abilities.
  private static let reachLength = 12

  /// Returns the facets next to the list of all agents, each with its most frequent values. Values with a page link to
  /// it.
  private static func facetViews(_ site: SiteIndex) -> [FacetView] {
    site.facets.facets.indices.filter { site.facets.tells($0) }.enumerated().map { number, place in
      let facet = site.facets.facets[place]
      let kind = Taxonomy.Kind(rawValue: facet.id)
      let shown = site.facets.byCount(place).prefix(facet.id == "reach" ? reachLength : facetLength)
      let href: SitePath? =
        switch (kind, facet.id) {
        case (let kind?, _): TermsPage.path(kind)
        case (nil, Risk.facet): PortfolioPage.path
        case (nil, "findings"), (nil, "severity"), (nil, "approval"): FindingsPage.path
        case (nil, "lately"): ChangesPage.path(page: 1)
        default: ComparisonsPage.path(page: 1)
        }
      return FacetView(
        id: facet.id, title: facet.title, href: href?.description, termCount: facet.statedCount,
        valueCount: facet.values.count, isFolded: number >= openLength,
        terms: shown.map { value, count in
          var page: SitePath?
          if let kind, let term = site.catalog.taxonomy(kind)?.terms.first(where: { $0.slug == value.slug }) {
            page = site.addresses.term(kind, term)
          } else if facet.id == "findings", value.slug != "none" {
            page = RulePage.path(value.slug)
          } else if facet.id == Risk.facet, let risk = Risk(rawValue: value.slug) {
            page = RiskPage.path(risk)
          }
          return FacetValueView(
            id: value.slug, title: value.title, href: count > 0 ? page?.description : nil, number: Wording.number(count)
          )
        })
    }
  }
}
