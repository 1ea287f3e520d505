import Catalogs
import Files
import Templates

/// What is the same on all pages of one folder: the header, the footer, and what scripts need to know of the site.
struct Chrome: Sendable {
  /// The way from the page to the root of the site.
  let root: String
  let view: ChromeView
  /// The digest of everything that a template can read of it.
  let digest: Digest

  init(_ catalog: Catalog, _ theme: SiteTheme, key: DigestKey, root: String, hasSearch: Bool) {
    let entries = PageKinds.navigation(in: catalog)
    func links(_ place: NavigationEntry.Place) -> [LinkView] {
      entries.filter { $0.place == place }.map { LinkView(title: $0.title, href: root + $0.path.description) }
    }
    let generator = "\(Site.generator.name) \(Site.generator.version)"
    let navigation = NavigationView(
      root: root, siteTitle: catalog.settings.title, generator: generator, siteFooter: catalog.settings.footer,
      hasSearch: hasSearch, navigation: links(.tools), taxonomies: links(.browsing))
    let limit = catalog.settings.runtimes.descriptionsLimit
    self.root = root
    view = ChromeView(
      siteTitle: catalog.settings.title, generator: generator,
      feed: CatalogFeed.exists(in: catalog) ? root + CatalogFeed.path.description : nil,
      openSearch: catalog.settings.baseURL == nil ? nil : root + OpenSearch.path.description,
      hasSearch: hasSearch, choiceParts: ChoiceData.parts(catalog.entries.count), tokenLimit: limit?.tokens,
      tokenLimitRuntime: limit?.runtime, header: HTML(theme.render(navigation, as: "header")),
      footer: HTML(theme.render(navigation, as: "footer")))
    var digester = Digester(key: key)
    digester.add(view)
    digest = digester.digest
  }
}

/// The part of the frame that is the same on all pages of one folder.
struct ChromeView: TemplateView {
  let siteTitle: String
  let generator: String
  /// The feed of all agents.
  let feed: String?
  /// The description of the search, for browsers.
  let openSearch: String?
  /// Whether the site can be searched.
  let hasSearch: Bool
  /// The number of parts of the data that the browser compares agents by; nil if none can be selected.
  let choiceParts: Int?
  /// The number of tokens of descriptions that a runtime of the catalog warns at.
  let tokenLimit: Int?
  /// The runtime that warns.
  let tokenLimitRuntime: String?
  let header: HTML
  let footer: HTML

  static let members: Members<ChromeView> = [
    "siteTitle": Member { $0.siteTitle },
    "generator": Member { $0.generator },
    "feed": Member { $0.feed },
    "openSearch": Member { $0.openSearch },
    "hasSearch": Member { $0.hasSearch },
    "canChoose": Member { $0.choiceParts != nil },
    "choiceParts": Member { $0.choiceParts },
    "tokenLimit": Member { $0.tokenLimit },
    "tokenLimitRuntime": Member { $0.tokenLimitRuntime },
    "header": Member { $0.header },
    "footer": Member { $0.footer },
  ]
}
