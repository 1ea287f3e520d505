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
      description: "This catalog has no page at this address.", content: NotFoundView(isPlaceUnknown: isPlaceUnknown))
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
