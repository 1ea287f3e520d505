import Catalogs
import Files
import Templates

/// What stands around the content of every page, and the pages that have little else.
extension Site {
  func render(
    _ content: some TemplateView, _ template: String, at path: SitePath, kind: String, title: String,
    description: String, about data: StructuredData? = nil, feed: LinkView? = nil
  ) -> [UInt8] {
    let settings = catalog.settings
    let isNotFound = kind == "notFound"
    // A server shows this page under any address, so only absolute links will do. Where nothing is known of the address, they are as they would be beside
    // the page itself.
    let root = isNotFound ? settings.baseURL ?? (settings.standsAtRoot ? "/" : "") : path.root
    let chrome = chromes[root] ?? Self.chrome(catalog, theme, addresses, root: root, hasSearch: hasSearch)
    let card = settings.baseURL.flatMap { base in
      theme.assets.first { $0.name == Self.cardName }.map { base + $0.path.description }
    }
    let frame = FrameView(
      language: settings.language, pageTitle: title == settings.title ? title : "\(title) · \(settings.title)",
      pageDescription: String(description.prefix(300)), pageKind: kind,
      canonical: isNotFound
        ? nil : settings.baseURL.map { $0 + (path.description == "index.html" ? "" : path.description) },
      root: root, chrome: chrome,
      card: card, structuredData: data?.html, termFeed: feed)
    return theme.render(frame, content, as: template)
  }

  /// The picture that others show beside a link to the catalog, where a theme brings one.
  private static let cardName = "card.png"

  static func chrome(
    _ catalog: Catalog, _ theme: SiteTheme, _ addresses: Addresses, root: String, hasSearch: Bool
  ) -> FrameView.Chrome {
    var ways = Facets.kinds.compactMap { catalog.taxonomy($0) }.map {
      LinkView(title: $0.title, href: root + addresses.terms($0.kind).description)
    }
    if !catalog.changes.isEmpty {
      ways.append(LinkView(title: "Changes", href: root + addresses.changes(page: 1).description))
    }
    let links = [
      LinkView(title: "Compare", href: root + addresses.comparisons(page: 1).description),
      LinkView(title: "Ask", href: root + addresses.answers.description),
      LinkView(title: "Findings", href: root + addresses.findings.description),
      LinkView(title: "Portfolio", href: root + addresses.portfolio.description),
    ]
    let view = NavigationView(
      root: root, siteTitle: catalog.settings.title, generator: "\(generator.name) \(generator.version)",
      siteFooter: catalog.settings.footer, hasSearch: hasSearch,
      navigation: links, taxonomies: ways)
    return FrameView.Chrome(
      siteTitle: catalog.settings.title, generator: view.generator,
      feed: hasFeed(catalog) ? root + addresses.feed.description : nil,
      openSearch: catalog.settings.baseURL == nil ? nil : root + "opensearch.xml",
      choiceParts: ChoiceData.parts(catalog.entries.count),
      tokenLimit: catalog.settings.runtimes.descriptionsLimit, header: HTML(theme.render(view, as: "header")),
      footer: HTML(theme.render(view, as: "footer")))
  }

  func searchPage() -> [UInt8] {
    render(
      MessageView(), "search", at: SitePath("search.html"), kind: "search", title: "Search",
      description: "Search the names, descriptions and prompts of this catalog.")
  }

  func notFoundPage() -> [UInt8] {
    render(
      MessageView(), "notFound", at: SitePath("404.html"), kind: "notFound", title: "Nothing stands here",
      description: "This address leads to no page.")
  }
}
