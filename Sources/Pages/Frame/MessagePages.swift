import Files
import Templates

/// The page for a missing file.
struct NotFoundPage: PageKind {
  /// Whether the URL of the site is unknown, so that the page has to find its root in the browser.
  let isPlaceUnknown: Bool

  /// The kind of page, for themes.
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

/// The view of a page that shows only a message.
struct MessageView: TemplateView {
  static let members: Members<MessageView> = [:]
}

/// The view of the page for a missing file.
struct NotFoundView: TemplateView {
  let isPlaceUnknown: Bool

  static let members: Members<NotFoundView> = ["isPlaceUnknown": Member { $0.isPlaceUnknown }]
}
