import Files
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
  let chrome: Chrome
  /// The picture that others show beside a link to the page.
  let card: String?
  /// What the page is about, for search engines.
  let structuredData: HTML?
  /// The feed of what the page lists.
  let termFeed: LinkView?

  /// What is the same on all pages of one folder.
  final class Chrome: Sendable {
    let siteTitle: String
    let generator: String
    /// The feed of all agents.
    let feed: String?
    /// What tells browsers how to search.
    let openSearch: String?
    /// In how many parts the browser finds what it must know of agents to compare any of them; nil where none can be chosen.
    let choiceParts: Int?
    /// From how many tokens of descriptions on a runtime of the catalog warns, and which.
    let tokenLimit: (tokens: Int, runtime: String)?
    let header: HTML
    let footer: HTML

    init(
      siteTitle: String, generator: String, feed: String?, openSearch: String?, choiceParts: Int?,
      tokenLimit: (tokens: Int, runtime: String)?, header: HTML, footer: HTML
    ) {
      self.siteTitle = siteTitle
      self.generator = generator
      self.feed = feed
      self.openSearch = openSearch
      self.choiceParts = choiceParts
      self.tokenLimit = tokenLimit
      self.header = header
      self.footer = footer
    }

    /// Adds all of it to a digest: each part is on every page.
    func add(to digester: inout Digester) {
      for text in [siteTitle, generator, feed, openSearch, tokenLimit?.runtime] { digester.add(text) }
      digester.add(choiceParts ?? -1)
      digester.add(tokenLimit?.tokens ?? -1)
      digester.add(header.bytes)
      digester.add(footer.bytes)
    }
  }

  /// Own files only, no inline script or style, nothing from elsewhere. The search page alone may compile WebAssembly, which Pagefind is.
  private var contentSecurityPolicy: String {
    pageKind == "search"
      ? Self.policy.replacing("script-src 'self'", with: "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'")
      : Self.policy
  }

  private static let policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'"

  static let members: Members<FrameView> = [
    "language": Member { $0.language },
    "pageTitle": Member { $0.pageTitle },
    "pageDescription": Member { $0.pageDescription },
    "pageKind": Member { $0.pageKind },
    "canonical": Member { $0.canonical },
    "card": Member { $0.card },
    "structuredData": Member { $0.structuredData },
    "termFeed": Member { $0.termFeed.map { [$0] } ?? [] },
    "feed": Member { $0.chrome.feed },
    "openSearch": Member { $0.chrome.openSearch },
    "root": Member { $0.root },
    "siteTitle": Member { $0.chrome.siteTitle },
    "generator": Member { $0.chrome.generator },
    "canChoose": Member { $0.chrome.choiceParts != nil },
    "choiceParts": Member { $0.chrome.choiceParts },
    "tokenLimit": Member { $0.chrome.tokenLimit?.tokens },
    "tokenLimitRuntime": Member { $0.chrome.tokenLimit?.runtime },
    "header": Member { $0.chrome.header },
    "footer": Member { $0.chrome.footer },
    "contentSecurityPolicy": Member { $0.contentSecurityPolicy },
  ]
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

/// A page that says something and lists nothing.
struct MessageView: TemplateView {
  static let members: Members<MessageView> = [:]
}
