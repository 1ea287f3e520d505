import Files
import Templates

/// The page that a server shows for an address without a file.
struct NotFoundPage: PageKind {
  /// Whether nothing is known of the address of the site, so that the page has to find out in the browser.
  let isPlaceUnknown: Bool

  /// The kind of page, as the theme knows it.
  static let kind = "notFound"
  /// It is shown for any address, so it has none of its own.
  static let isInSitemap = false
  static let views: [any TemplateView.Type] = [
    MessageView.self, NotFoundView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    let settings = site.catalog.settings
    return [NotFoundPage(isPlaceUnknown: settings.baseURL == nil && !settings.standsAtRoot)]
  }

  var path: SitePath { SitePath("404.html") }

  func inputs() -> PageView {
    PageView(
      template: "notFound", kind: Self.kind, title: "Page not found",
      description: "No page of this catalog has this address.", content: NotFoundView(isPlaceUnknown: isPlaceUnknown))
  }
}

/// The page of the full-text search.
struct SearchPage: PageKind {
  /// Readers can begin here. Pages of results have queries in their addresses, and are not listed.
  static let isInSitemap = true

  static func all(in site: SiteIndex) -> [any PageKind] { site.hasSearch ? [SearchPage()] : [] }

  var path: SitePath { SitePath("search.html") }

  func inputs() -> PageView {
    PageView(
      template: "search", kind: "search", title: "Search",
      description: "Search the names, descriptions and prompts of this catalog.", content: MessageView())
  }
}

/// A page that says something and lists nothing.
struct MessageView: TemplateView {
  static let members: Members<MessageView> = [:]
}

/// The page for an address without a file.
struct NotFoundView: TemplateView {
  let isPlaceUnknown: Bool

  static let members: Members<NotFoundView> = ["isPlaceUnknown": Member { $0.isPlaceUnknown }]
}
