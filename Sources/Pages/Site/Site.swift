import Agents
import Catalogs
import Files
import GFM

/// A catalog laid out: which files there are, and what is in each.
///
/// ``plan`` lists them; ``page(_:)`` makes one, depends on nothing but the catalog and the theme, and may be called from any number of tasks.
public struct Site: Sendable {
  /// A file that the site has.
  public enum Plan: Sendable, Hashable {
    /// A page of the list of all agents, from 1.
    case index(page: Int)
    /// The page of an agent, by its index in the catalog.
    case agent(Int)
    /// The file of an agent, byte for byte.
    case agentSource(Int)
    /// The page of a document, by its index in the catalog.
    case document(Int)
    /// The file of a document, byte for byte.
    case documentSource(Int)
    /// The page of all agents of one name, by its comparison.
    case variants(Int)
    /// A comparison, by its index in the catalog.
    case comparison(Int)
    /// The list of comparisons.
    case comparisons
    /// All terms of a taxonomy, by its index in the catalog.
    case terms(Int)
    /// A page of the agents of a term, from 1.
    case term(taxonomy: Int, term: Int, page: Int)
    /// `catalog.json`.
    case catalogData
    /// `catalog.schema.json`.
    case catalogSchema
    /// What a server shows for an address that leads nowhere.
    case notFound
    /// The page of the full-text search.
    case search
    /// `sitemap.xml`.
    case sitemap
    /// `robots.txt`.
    case robots
    /// A file that pages load, by its index in the theme.
    case asset(Int)
  }

  /// How many agents a page of a list shows.
  public static let pageLength = 100
  /// The program and its version, for pages and data.
  public static let generator = (name: "Roster", version: "0.1.0")

  /// Every file of the site, in a fixed order.
  public let plan: [Plan]
  let catalog: Catalog
  let theme: SiteTheme
  let addresses: Addresses
  let reaches: [Reach: HTML]
  /// Whether the site has a page and a box to search it.
  public let hasSearch: Bool
  /// The row of each agent, rendered once: an agent stands in as many lists as it has terms.
  private(set) var rows: [HTML] = []
  private let chromes: [String: FrameView.Chrome]

  /// Lays a catalog out.
  ///
  /// - Parameters:
  ///   - catalog: what is to be shown.
  ///   - theme: how.
  ///   - hasSearch: whether the site gets a page and a box to search it; whoever publishes it then makes the index.
  ///   - jobs: how many tasks render rows at the same time.
  public init(_ catalog: Catalog, theme: SiteTheme, hasSearch: Bool = false, jobs: Int = 1) async {
    self.catalog = catalog
    self.theme = theme
    addresses = Addresses(catalog)
    var reaches: [Reach: HTML] = [:]
    for entry in catalog.entries where reaches[entry.reach] == nil {
      reaches[entry.reach] = HTML(trimmingNewline: theme.render(ReachView(reach: entry.reach), as: "reach"))
    }
    self.reaches = reaches
    self.hasSearch = hasSearch
    plan = Self.plan(catalog, theme, hasSearch: hasSearch)
    chromes = Dictionary(
      uniqueKeysWithValues: ["", "../"].map { ($0, Self.chrome(catalog, theme, root: $0, hasSearch: hasSearch)) })
    let site = self
    rows = await concurrentMap(Array(catalog.entries.indices), jobs: jobs) { site.renderedRow($0) }
  }

  /// The address of a file of the plan.
  public func path(_ plan: Plan) -> SitePath {
    switch plan {
    case .index(let page): addresses.index(page: page)
    case .agent(let index): addresses.agent(index)
    case .agentSource(let index): addresses.agentSource(index)
    case .document(let index): addresses.document(index)
    case .documentSource(let index): addresses.documentSource(index)
    case .variants(let index): addresses.variants(index)
    case .comparison(let index): addresses.comparison(index)
    case .comparisons: addresses.comparisons
    case .terms(let taxonomy): addresses.terms(catalog.taxonomies[taxonomy].kind)
    case .term(let taxonomy, let term, let page):
      addresses.term(catalog.taxonomies[taxonomy].kind, catalog.taxonomies[taxonomy].terms[term], page: page)
    case .catalogData: SitePath("catalog.json")
    case .catalogSchema: SitePath("catalog.schema.json")
    case .notFound: SitePath("404.html")
    case .search: SitePath("search.html")
    case .sitemap: SitePath("sitemap.xml")
    case .robots: SitePath("robots.txt")
    case .asset(let index): theme.assets[index].path
    }
  }

  /// Makes a file of the plan.
  public func page(_ plan: Plan) -> Page { Page(path: path(plan), bytes: bytes(plan)) }

  private func bytes(_ plan: Plan) -> [UInt8] {
    switch plan {
    case .index(let page): indexPage(page)
    case .agent(let index): agentPage(index)
    case .agentSource(let index): catalog.entries[index].agent.source.bytes
    case .document(let index): documentPage(index)
    case .documentSource(let index): catalog.documents[index].document.source.bytes
    case .variants(let index): variantsPage(index)
    case .comparison(let index): comparisonPage(index)
    case .comparisons: comparisonsPage()
    case .terms(let taxonomy): termsPage(taxonomy)
    case .term(let taxonomy, let term, let page): termPage(taxonomy, term, page)
    case .catalogData: CatalogData(catalog, addresses).bytes
    case .catalogSchema: PackageResources.catalog_schema_json
    case .notFound: notFoundPage()
    case .search: searchPage()
    case .sitemap: sitemap()
    case .robots: robots()
    case .asset(let index): theme.assets[index].bytes
    }
  }

  private static func plan(_ catalog: Catalog, _ theme: SiteTheme, hasSearch: Bool) -> [Plan] {
    var plan: [Plan] = pages(catalog.entries.count).map { .index(page: $0) }
    plan += catalog.entries.indices.flatMap { [.agent($0), .agentSource($0)] as [Plan] }
    plan += catalog.documents.indices.flatMap { [.document($0), .documentSource($0)] as [Plan] }
    plan += catalog.comparisons.indices.filter { catalog.comparisons[$0].kind == .variants }.map { .variants($0) }
    plan += [.comparisons] + catalog.comparisons.indices.map { .comparison($0) }
    for (index, taxonomy) in catalog.taxonomies.enumerated() {
      plan.append(.terms(index))
      for (term, value) in taxonomy.terms.enumerated() {
        plan += pages(value.agents.count).map { .term(taxonomy: index, term: term, page: $0) }
      }
    }
    plan += [.catalogData, .catalogSchema, .notFound]
    if hasSearch { plan.append(.search) }
    if catalog.settings.baseURL != nil { plan += [.sitemap, .robots] }
    return plan + theme.assets.indices.map { .asset($0) }
  }

  /// The numbers of the pages that a list of so many agents takes, from 1.
  static func pages(_ count: Int) -> ClosedRange<Int> { 1...max(1, (count + pageLength - 1) / pageLength) }

  // MARK: Frame

  func render(
    _ content: some TemplateView, _ template: String, at path: SitePath, kind: String, title: String,
    description: String
  )
    -> [UInt8]
  {
    let settings = catalog.settings
    let isNotFound = kind == "notFound"
    // A server shows this page under any address, so only absolute links would do; without an address of the site, its root is assumed.
    let root = isNotFound ? settings.baseURL ?? "" : path.root
    let chrome =
      isNotFound && settings.baseURL != nil
      ? Self.chrome(catalog, theme, root: root, hasSearch: hasSearch) : chromes[root]
    let frame = FrameView(
      language: settings.language, pageTitle: title == settings.title ? title : "\(title) · \(settings.title)",
      pageDescription: String(description.prefix(300)), pageKind: kind,
      canonical: isNotFound
        ? nil : settings.baseURL.map { $0 + (path.description == "index.html" ? "" : path.description) },
      root: root, chrome: chrome ?? Self.chrome(catalog, theme, root: root, hasSearch: hasSearch))
    return theme.render(frame, content, as: template)
  }

  private static func chrome(_ catalog: Catalog, _ theme: SiteTheme, root: String, hasSearch: Bool)
    -> FrameView.Chrome
  {
    func asset(_ name: String) -> String { root + (theme.address(ofAsset: name)?.description ?? "") }
    let addresses = Addresses(catalog)
    var links = [LinkView(title: "Agents", href: root + "index.html")]
    links += catalog.taxonomies.map {
      LinkView(title: $0.title, href: root + addresses.terms($0.kind).description)
    }
    links.append(LinkView(title: "Compare", href: root + addresses.comparisons.description))
    let view = NavigationView(
      root: root, siteTitle: catalog.settings.title, generator: "\(generator.name) \(generator.version)",
      siteFooter: catalog.settings.footer, hasSearch: hasSearch,
      extent:
        "\(Wording.count(catalog.entries.count, "agent")) in \(Wording.count(catalog.collections.count, "collection"))",
      navigation: links)
    return FrameView.Chrome(
      siteTitle: catalog.settings.title, generator: view.generator, stylesheet: asset("style.css"),
      script: asset("script.js"), icon: asset("icon.svg"),
      header: HTML(theme.render(view, as: "header")),
      footer: HTML(theme.render(view, as: "footer")))
  }

  private func searchPage() -> [UInt8] {
    let view = SearchView(searchScript: theme.address(ofAsset: "search.js")?.description ?? "")
    return render(
      view, "search", at: SitePath("search.html"), kind: "search", title: "Search",
      description: "Search the names, descriptions and prompts of this catalog.")
  }

  private func notFoundPage() -> [UInt8] {
    render(
      MessageView(), "notFound", at: SitePath("404.html"), kind: "notFound", title: "Nothing stands here",
      description: "This address leads to no page.")
  }
}

extension HTML {
  /// Markup that stands within a line.
  fileprivate init(trimmingNewline bytes: [UInt8]) {
    self.init(bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes)
  }
}
