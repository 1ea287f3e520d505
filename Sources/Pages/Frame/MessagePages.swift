import Files
import Templates

/// The page that a server shows for an address without a file.
struct NotFoundPage: PageKind {
  /// The kind of page, as the theme knows it.
  static let kind = "notFound"
  /// It is shown for any address, so it has none of its own.
  static let isInSitemap = false
  static let views: [any TemplateView.Type] = [
    MessageView.self
  ]

  static func all(in site: SiteIndex) -> [any PageKind] { [NotFoundPage()] }

  var path: SitePath { SitePath("404.html") }

  func inputs() -> PageView {
    PageView(
      template: "notFound", kind: Self.kind, title: "Nothing stands here",
      description: "This address leads to no page.", content: MessageView())
  }
}

/// A page that says something and lists nothing.
struct MessageView: TemplateView {
  static let members: Members<MessageView> = [:]
}
