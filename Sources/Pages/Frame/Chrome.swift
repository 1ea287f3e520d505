import Catalogs
import Files
import Templates

/// The part of the frame that is the same on all pages at the same depth: the header, the footer, and data for scripts.
struct Chrome: Sendable {
  /// The relative path from the page to the root of the site.
  let root: String
  let view: ChromeView
  /// The digest of everything that templates can read.
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

/// The view of the part of the frame that is the same on all pages at the same depth.
struct ChromeView: TemplateView {
  let siteTitle: String
  let generator: String
  /// The feed of all agents.
  let feed: String?
  /// The OpenSearch description for browsers.
  let openSearch: String?
  /// Whether the site has a search.
  let hasSearch: Bool
  /// The number of data parts for comparing agents in the browser; nil if agents can't be selected.
  let choiceParts: Int?
  /// The number of description tokens at which a runtime of the catalog shows a warning.
  let tokenLimit: Int?
  /// The runtime that shows the warning.
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
