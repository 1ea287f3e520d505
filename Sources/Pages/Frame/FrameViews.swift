import Templates

/// What every page has: its head, and the site's header and footer.
struct FrameView: TemplateView {
  let language: String
  let pageTitle: String
  let pageDescription: String
  let pageKind: String
  let canonical: String?
  /// What leads to the root of the site: nothing, or `../`.
  let root: String
  let chrome: ChromeView
  /// The picture that others show beside a link to the page.
  let card: String?
  /// What the page is about, for search engines.
  let structuredData: HTML?
  /// The feed of what the page lists.
  let termFeed: LinkView?

  /// Own files only, no inline script or style, nothing from elsewhere. Nothing in it ends the attribute.
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

/// The site's header and footer, rendered once for each folder.
struct NavigationView: TemplateView {
  let root: String
  let siteTitle: String
  let generator: String
  let siteFooter: String
  let hasSearch: Bool
  let navigation: [LinkView]
  /// The ways to browse.
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

/// A link with its text, and a number or a mark beside it.
struct LinkView: TemplateView {
  let title: String
  let href: String
  var number: String?
  var path: String?
  var isCurrent = false
  /// Whether links between the one before and this one are left out.
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
