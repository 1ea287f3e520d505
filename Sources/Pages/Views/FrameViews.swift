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

  /// What is the same on all pages of one folder.
  struct Chrome: Sendable {
    let siteTitle: String
    let generator: String
    let stylesheet: String
    let script: String
    let icon: String
    let header: String
    let footer: String
  }

  /// Own files only, no inline script or style, nothing from elsewhere. The search page alone may compile WebAssembly, which Pagefind is.
  private var contentSecurityPolicy: String {
    pageKind == "search"
      ? Self.policy.replacing("script-src 'self'", with: "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'")
      : Self.policy
  }

  private static let policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"

  static let members: [String: @Sendable (FrameView) -> Any?] = [
    "language": { $0.language },
    "pageTitle": { $0.pageTitle },
    "pageDescription": { $0.pageDescription },
    "pageKind": { $0.pageKind },
    "canonical": { $0.canonical },
    "root": { $0.root },
    "siteTitle": { $0.chrome.siteTitle },
    "generator": { $0.chrome.generator },
    "stylesheet": { $0.chrome.stylesheet },
    "script": { $0.chrome.script },
    "icon": { $0.chrome.icon },
    "header": { $0.chrome.header },
    "footer": { $0.chrome.footer },
    "contentSecurityPolicy": { $0.contentSecurityPolicy },
  ]
}

/// The site's header and footer, rendered once for each folder.
struct NavigationView: TemplateView {
  let root: String
  let siteTitle: String
  let generator: String
  let siteFooter: String
  let hasSearch: Bool
  /// How many agents there are, of how many collections, in words.
  let extent: String
  let navigation: [LinkView]

  static let members: [String: @Sendable (NavigationView) -> Any?] = [
    "root": { $0.root },
    "siteTitle": { $0.siteTitle },
    "generator": { $0.generator },
    "siteFooter": { $0.siteFooter.ifAny },
    "hasSearch": { $0.hasSearch },
    "extent": { $0.extent },
    "navigation": { $0.navigation },
  ]
}

/// A link with its text, and a number or a mark beside it.
struct LinkView: TemplateView {
  let title: String
  let href: String
  var number: String?
  var path: String?
  var isCurrent = false

  static let members: [String: @Sendable (LinkView) -> Any?] = [
    "title": { $0.title },
    "href": { $0.href },
    "number": { $0.number },
    "path": { $0.path },
    "isCurrent": { $0.isCurrent },
  ]
}

/// The page of the full-text search.
struct SearchView: TemplateView {
  let searchScript: String

  static let members: [String: @Sendable (SearchView) -> Any?] = ["searchScript": { $0.searchScript }]
}

/// A page that says something and lists nothing.
struct MessageView: TemplateView {
  static let members: [String: @Sendable (MessageView) -> Any?] = [:]
}
