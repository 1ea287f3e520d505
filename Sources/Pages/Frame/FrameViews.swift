import Templates

/// The frame of every page: its head, and the header and footer of the site.
struct FrameView: TemplateView {
  let language: String
  let pageTitle: String
  let pageDescription: String
  let pageKind: String
  let canonical: String?
  /// The relative path to the root of the site: empty, or `../` for each folder.
  let root: String
  let chrome: ChromeView
  /// The preview image for links to the page.
  let card: String?
  /// The structured data for search engines.
  let structuredData: HTML?
  /// The feed of the listed agents.
  let termFeed: LinkView?

  /// Allows only files of the site, and no inline scripts or styles. The text contains nothing that could end the
  /// attribute.
  private var contentSecurityPolicy: HTML { HTML(Array(Self.policy.utf8)) }

  private static let policy =
    """
    default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'self'
    """

  static let members: Members<FrameView> = ChromeView.members(
    of: { $0.chrome },
    and: [
      "language": Member { $0.language },
      "pageTitle": Member { $0.pageTitle },
      "pageDescription": Member { $0.pageDescription },
      "pageKind": Member { $0.pageKind },
      "canonical": Member { $0.canonical },
      "card": Member { $0.card },
      "structuredData": Member { $0.structuredData },
      "termFeed": Member { $0.termFeed.map { [$0] } ?? [] },
      "root": Member { $0.root },
      "contentSecurityPolicy": Member { _ in Self.policy },
    ])
}

/// The header and footer of the site, rendered once for each depth.
struct NavigationView: TemplateView {
  let root: String
  let siteTitle: String
  let generator: String
  let siteFooter: String
  let hasSearch: Bool
  let navigation: [LinkView]
  /// The taxonomies.
  let taxonomies: [LinkView]

  static let members: Members<NavigationView> = [
    "root": Member { $0.root },
    "siteTitle": Member { $0.siteTitle },
    "generator": Member { $0.generator },
    "siteFooter": Member { $0.siteFooter },
    "hasSearch": Member { $0.hasSearch },
    "navigation": Member { $0.navigation },
    "hasTaxonomies": Member { !$0.taxonomies.isEmpty },
    "taxonomies": Member { $0.taxonomies },
  ]
}

/// A link with its text, and an optional number or path.
struct LinkView: TemplateView {
  let title: String
  let href: String
  var number: String?
  var path: String?
  var isCurrent = false
  /// Whether links before this one are left out.
  var isBehindGap = false

  static let members: Members<LinkView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "path": Member { $0.path },
    "isCurrent": Member { $0.isCurrent },
    "isBehindGap": Member { $0.isBehindGap },
  ]
}
