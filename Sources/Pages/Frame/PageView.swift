import Files
import Templates

/// A page that is ready to be rendered: what its head says, and what its template shows.
struct PageView: Sendable {
  /// The name of the template.
  let template: String
  /// The kind of page, as the theme knows it.
  let kind: String
  let title: String
  let description: String
  /// What the page is about, for search engines.
  var about: StructuredData?
  /// The feed of what the page lists.
  var feed: LinkView?
  let content: any TemplateView
}

/// A page whose view costs no more than its inputs would: the digest covers everything that its templates can read.
extension PageView: FileInputs {
  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest? { renderer.digest(self, at: path) }

  func content(at path: SitePath, _ renderer: PageRenderer) -> SiteFile.Content {
    .bytes(renderer.render(self, at: path))
  }
}
