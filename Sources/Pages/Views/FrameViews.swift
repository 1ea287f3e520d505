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

  /// Own files only, no inline script or style, nothing from elsewhere.
  static let contentSecurityPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

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
    "contentSecurityPolicy": { _ in contentSecurityPolicy },
  ]
}

/// The site's header and footer, rendered once for each folder.
struct NavigationView: TemplateView {
  let root: String
  let siteTitle: String
  let generator: String
  let siteFooter: String
  let agentCount: Int
  let collectionCount: Int
  let navigation: [LinkView]

  static let members: [String: @Sendable (NavigationView) -> Any?] = [
    "root": { $0.root },
    "siteTitle": { $0.siteTitle },
    "generator": { $0.generator },
    "siteFooter": { $0.siteFooter.ifAny },
    "agentCount": { $0.agentCount },
    "collectionCount": { $0.collectionCount },
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

/// A page that says something and lists nothing.
struct MessageView: TemplateView {
  static let members: [String: @Sendable (MessageView) -> Any?] = [:]
}
