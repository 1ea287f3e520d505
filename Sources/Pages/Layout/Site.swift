import Agents
import Catalogs
import Files
import GFM
import Templates

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
    /// A page (from 1) of all agents of one name, by its comparison.
    case variants(Int, page: Int)
    /// A comparison, by its index in the catalog.
    case comparison(Int)
    /// Two agents side by side, by their index among the catalog's pairs.
    case pair(Int)
    /// A page of the list of comparisons, from 1.
    case comparisons(page: Int)
    /// A page (from 1) of the terms of a taxonomy, by its index in the catalog.
    case terms(Int, page: Int)
    /// A page of the agents of a term, from 1.
    case term(taxonomy: Int, term: Int, page: Int)
    /// The page of all that is wrong.
    case findings
    /// A page (from 1) of what a rule has found, by its index among those that have found something.
    case rule(Int, page: Int)
    /// A page (from 1) of the files that something is wrong with.
    case findingFiles(page: Int)
    /// A page (from 1) of what changed when.
    case changes(page: Int)
    /// The page of who answers what.
    case answers
    /// A part of the descriptions that it ranks, from 0.
    case descriptions(Int)
    /// The page of numbers.
    case portfolio
    /// `portfolio.csv`.
    case portfolioData
    /// `catalog.json`.
    case catalogData
    /// `catalog.ndjson`.
    case catalogLines
    /// `catalog.schema.json`.
    case catalogSchema
    /// A part of the agents that the filter looks through, from 0.
    case filterAgents(Int)
    /// A part of the rows that the filter shows, from 0.
    case filterRows(Int)
    /// A part of what the browser must know of agents to compare any of them, from 0.
    case choiceData(Int)
    /// What a server shows for an address that leads nowhere.
    case notFound
    /// The page of the full-text search.
    case search
    /// `sitemap.xml`.
    case sitemap
    /// A part of it, from 1, where it would be too long.
    case sitemapPart(Int)
    /// `robots.txt`.
    case robots
    /// `feed.xml`.
    case feed
    /// The feed of a term, by its taxonomy and its place there.
    case termFeed(taxonomy: Int, term: Int)
    /// `opensearch.xml`.
    case openSearch
    /// `llms.txt`.
    case outlineForModels
    /// A file that pages load, by its index in the theme.
    case asset(Int)
  }

  /// The program and its version, for pages and data.
  public static let generator = (name: "Roster", version: "0.1.0")

  /// Every file of the site, in a fixed order.
  public let plan: [Plan]
  let catalog: Catalog
  let theme: SiteTheme
  let addresses: Addresses
  let sourceLinks: SourceLinks
  let texts: Texts
  /// Whether the site has a page and a box to search it.
  public let hasSearch: Bool
  let rowCache: RowCache
  let portabilities: PortabilityCache
  let key: DigestKey
  /// What is the same on all pages.
  let chromeDigest: Digest
  /// What the page, the row and the column of each agent are made from.
  private(set) var fingerprints: [Digest] = []
  let showsCategory: Bool
  /// Whether the site has feeds.
  let hasFeed: Bool
  /// The documents of each collection, by its name, as indices.
  let documentsByCollection: [String: [Int]]
  /// The agents of each part of ``Plan/choiceData(_:)``, as indices.
  let choices: [[Int]]
  /// What is wrong, by rules.
  let ruleFindings: [RuleFindings]
  /// The ways in which lists can be narrowed.
  let facets: Facets
  /// What is wrong, by files.
  let fileFindings: [FileFindings]
  private let data: CatalogData
  private let reaches: [Reach.Drawing: HTML]
  let chromes: [String: FrameView.Chrome]

  /// Lays a catalog out.
  ///
  /// - Parameters:
  ///   - catalog: what is to be shown.
  ///   - theme: how.
  ///   - texts: where the files' own text comes from.
  ///   - key: what ``fingerprint(_:)`` makes digests with.
  ///   - hasSearch: whether the site gets a page and a box to search it; whoever publishes it then makes the index.
  ///   - jobs: how many tasks work at the same time.
  public init(
    _ catalog: Catalog, theme: SiteTheme, texts: Texts, key: DigestKey, hasSearch: Bool = false, jobs: Int = 1
  ) async {
    self.catalog = catalog
    self.theme = theme
    self.texts = texts
    addresses = Addresses(catalog)
    let portabilities = PortabilityCache(catalog.settings.runtimes, theme)
    self.portabilities = portabilities
    data = CatalogData(catalog, addresses, portabilities)
    sourceLinks = SourceLinks(catalog.settings)
    var reaches: [Reach.Drawing: HTML] = [:]
    for entry in catalog.entries where reaches[entry.reach.drawing] == nil {
      reaches[entry.reach.drawing] = Self.rendered(entry.reach, theme)
    }
    self.reaches = reaches
    self.hasSearch = hasSearch
    rowCache = RowCache(count: catalog.entries.count)
    hasFeed = Self.hasFeed(catalog)
    showsCategory = catalog.taxonomy(.categories) != nil
    let documents = Dictionary(grouping: catalog.documents.indices) {
      catalog.collections[catalog.documents[$0].document.source.collection].name
    }
    documentsByCollection = documents
    var choices = [[Int]](repeating: [], count: ChoiceData.parts(catalog.entries.count))
    for (index, entry) in catalog.entries.enumerated() {
      choices[ChoiceData.part(of: entry.slug, among: choices.count)].append(index)
    }
    self.choices = choices
    ruleFindings = RuleFindings.all(in: catalog)
    facets = Facets(catalog, ruleFindings)
    fileFindings = FileFindings.all(in: catalog)
    plan = Self.plan(catalog, theme, documents, ruleFindings, fileFindings.count, hasSearch: hasSearch)
    var chromes: [String: FrameView.Chrome] = [:]
    for root in ["", "../"] { chromes[root] = Self.chrome(catalog, theme, addresses, root: root, hasSearch: hasSearch) }
    self.chromes = chromes
    self.key = key
    var digester = Digester(key: key)
    for chrome in [chromes[""], chromes["../"]].compactMap(\.self) { chrome.add(to: &digester) }
    chromeDigest = digester.digest
    let site = self
    fingerprints = await concurrentMap(Array(catalog.entries.indices), jobs: jobs) { site.fingerprint(agent: $0) }
  }

  /// What an agent's tools let it do, drawn.
  func reach(_ reach: Reach) -> HTML { reaches[reach.drawing] ?? Self.rendered(reach, theme) }

  private static func rendered(_ reach: Reach, _ theme: SiteTheme) -> HTML {
    HTML(trimmingNewline: theme.render(ReachView(reach: reach), as: "reach"))
  }

  /// The address of a file of the plan.
  public func path(_ plan: Plan) -> SitePath {
    switch plan {
    case .index(let page): addresses.index(page: page)
    case .agent(let index): addresses.agent(index)
    case .agentSource(let index): addresses.agentSource(index)
    case .document(let index): addresses.document(index)
    case .documentSource(let index): addresses.documentSource(index)
    case .variants(let index, let page): addresses.variants(index, page: page)
    case .comparison(let index): addresses.comparison(index)
    case .pair(let index): addresses.pair(index)
    case .comparisons(let page): addresses.comparisons(page: page)
    case .terms(let taxonomy, let page): addresses.terms(catalog.taxonomies[taxonomy].kind, page: page)
    case .term(let taxonomy, let term, let page):
      addresses.term(catalog.taxonomies[taxonomy].kind, catalog.taxonomies[taxonomy].terms[term], page: page)
    case .findings: addresses.findings
    case .rule(let index, let page): addresses.rule(ruleFindings[index].rule.id, page: page)
    case .findingFiles(let page): addresses.findingFiles(page: page)
    case .changes(let page): addresses.changes(page: page)
    case .answers: addresses.answers
    case .descriptions(let part): SitePath("filter", "descriptions.\(part).js")
    case .portfolio: addresses.portfolio
    case .portfolioData: addresses.portfolioData
    case .catalogData: SitePath("catalog.json")
    case .catalogLines: SitePath("catalog.ndjson")
    case .catalogSchema: SitePath("catalog.schema.json")
    case .filterAgents(let part): SitePath("filter", "agents.\(part).js")
    case .filterRows(let part): SitePath("filter", "rows.\(part).js")
    case .choiceData(let part): SitePath("compare", "agents.\(part).js")
    case .notFound: SitePath("404.html")
    case .search: SitePath("search.html")
    case .sitemap: SitePath("sitemap.xml")
    case .sitemapPart(let part): SitePath("sitemap.\(part).xml")
    case .robots: SitePath("robots.txt")
    case .feed: addresses.feed
    case .termFeed(let taxonomy, let term):
      addresses.feed(catalog.taxonomies[taxonomy].kind, catalog.taxonomies[taxonomy].terms[term])
    case .openSearch: SitePath("opensearch.xml")
    case .outlineForModels: SitePath("llms.txt")
    case .asset(let index): theme.assets[index].path
    }
  }

  /// Makes a file of the plan.
  ///
  /// - Throws: ``SourceChanged`` where a file that it shows is not any more what it was.
  public func page(_ plan: Plan) throws(SourceChanged) -> Page {
    let path = path(plan)
    return Page(path: path, content: try content(plan, at: path))
  }

  private func content(_ plan: Plan, at path: SitePath) throws(SourceChanged) -> Page.Content {
    switch plan {
    case .index, .term, .variants: .bytes(try list(plan, rows: rows(listed(plan), at: path)))
    case .agent(let index): .bytes(try agentPage(index))
    case .agentSource(let index): .bytes(try texts.bytes(catalog.entries[index].agent.source))
    case .document(let index): .bytes(try documentPage(index))
    case .documentSource(let index): .bytes(try texts.bytes(catalog.documents[index].document.source))
    case .comparison(let index): .bytes(try comparisonPage(index))
    case .pair(let index): .bytes(try pairPage(index))
    case .comparisons(let page): .bytes(comparisonsPage(page))
    case .terms(let taxonomy, let page): .bytes(termsPage(taxonomy, page))
    case .findings: .bytes(findingsPage())
    case .rule(let index, let page): .bytes(rulePage(index, page))
    case .findingFiles(let page): .bytes(findingFilesPage(page))
    case .changes(let page): .bytes(changesPage(page))
    case .answers: .bytes(answersPage())
    case .descriptions(let part): .bytes(descriptions(part))
    case .portfolio: .bytes(portfolioPage())
    case .portfolioData: .bytes(PortfolioData.csv(Portfolio(catalog), addresses))
    case .catalogData: data.whole
    case .catalogLines: data.lines
    case .catalogSchema: .bytes(PackageResources.catalog_schema_json)
    case .filterAgents(let part): .bytes(filterAgents(part))
    case .filterRows(let part): .bytes(filterRows(part))
    case .choiceData(let part): .bytes(try choiceData(part))
    case .notFound: .bytes(notFoundPage())
    case .search: .bytes(searchPage())
    case .sitemap: .bytes(sitemap())
    case .sitemapPart(let part): .bytes(sitemapPart(part))
    case .robots: .bytes(robots())
    case .feed: .bytes(feed())
    case .termFeed(let taxonomy, let term): .bytes(feed(taxonomy: taxonomy, term: term))
    case .openSearch: .bytes(openSearch())
    case .outlineForModels: .bytes(outlineForModels())
    case .asset(let index): .bytes(theme.assets[index].bytes)
    }
  }

  /// A page with a list of agents, around its rows.
  func list(_ plan: Plan, rows: HTML) throws(SourceChanged) -> [UInt8] {
    switch plan {
    case .index(let page): indexPage(page, rows)
    case .term(let taxonomy, let term, let page): termPage(taxonomy, term, page, rows)
    case .variants(let index, let page): try variantsPage(index, page, rows)
    default: []
    }
  }

  /// The agents whose rows stand on a page.
  func listed(_ plan: Plan) -> [Int] {
    switch plan {
    case .index(let page): Array(Paging.range(of: page, in: catalog.entries.count))
    case .term(let taxonomy, let term, let page): Self.shown(catalog.taxonomies[taxonomy].terms[term].agents, page)
    case .variants(let index, let page): Self.shown(catalog.comparisons[index].agents, page)
    default: []
    }
  }

  private static func shown(_ agents: [Int], _ page: Int) -> [Int] {
    Array(agents[Paging.range(of: page, in: agents.count)])
  }

  private static func plan(
    _ catalog: Catalog, _ theme: SiteTheme, _ documents: [String: [Int]], _ ruleFindings: [RuleFindings],
    _ wrong: Int, hasSearch: Bool
  ) -> [Plan] {
    // What takes longest comes first, so that no task is left alone with it at the end.
    var plan: [Plan] = [.catalogData, .catalogLines, .answers]
    plan += Paging.pages(catalog.entries.count).map { .index(page: $0) }
    plan += Paging.pages(catalog.comparisons.count, length: Paging.names).map { .comparisons(page: $0) }
    plan += [.portfolio, .portfolioData, .findings]
    if !catalog.changes.isEmpty {
      plan += Paging.pages(catalog.changes.count, length: commitsLength).map { .changes(page: $0) }
    }
    if wrong > 0 { plan += Paging.pages(wrong, length: findingsLength).map { .findingFiles(page: $0) } }
    for (index, found) in ruleFindings.enumerated() {
      plan += Paging.pages(found.places.count, length: findingsLength).map { .rule(index, page: $0) }
    }
    for (index, comparison) in catalog.comparisons.enumerated() {
      plan.append(.comparison(index))
      guard comparison.kind == .variants else { continue }
      plan += Paging.pages(comparison.agents.count).map { .variants(index, page: $0) }
    }
    plan += catalog.pairs.indices.map { .pair($0) }
    for (index, taxonomy) in catalog.taxonomies.enumerated() {
      plan += Paging.pages(taxonomy.terms.count, length: Paging.names).map { .terms(index, page: $0) }
      for (term, value) in taxonomy.terms.enumerated()
      where !Addresses.isEverything(value, of: taxonomy.kind, in: catalog) {
        let others = taxonomy.kind == .collections ? documents[value.name]?.count ?? 0 : 0
        plan += Paging.pages(max(value.agents.count, others)).map { .term(taxonomy: index, term: term, page: $0) }
      }
    }
    plan += catalog.entries.indices.flatMap { [.agent($0), .agentSource($0)] as [Plan] }
    plan += catalog.documents.indices.flatMap { [.document($0), .documentSource($0)] as [Plan] }
    let count = catalog.entries.count
    plan += (0..<FilterData.parts(count, length: FilterData.agentsLength)).map { .filterAgents($0) }
    plan += (0..<FilterData.parts(count, length: FilterData.agentsLength)).map { .descriptions($0) }
    plan += (0..<FilterData.parts(count, length: FilterData.rowsLength)).map { .filterRows($0) }
    if count > 0 { plan += (0..<ChoiceData.parts(count)).map { .choiceData($0) } }
    plan += [.catalogSchema, .notFound, .outlineForModels]
    if hasSearch { plan.append(.search) }
    if hasFeed(catalog) {
      plan.append(.feed)
      for (index, taxonomy) in catalog.taxonomies.enumerated() {
        plan += taxonomy.terms.indices.filter { hasFeed(taxonomy.kind, taxonomy.terms[$0], catalog) }.map {
          .termFeed(taxonomy: index, term: $0)
        }
      }
    }
    if catalog.settings.baseURL != nil {
      plan += [.openSearch]
      plan += [.sitemap, .robots] + sitemapParts(plan).map { .sitemapPart($0) }
    }
    return plan + theme.assets.indices.map { .asset($0) }
  }
}

extension HTML {
  /// Markup that stands within a line.
  init(trimmingNewline bytes: [UInt8]) {
    self.init(bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes)
  }
}
