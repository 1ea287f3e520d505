import Files
import Templates

/// A page that is ready to be rendered: the values of its head, and the view for its template.
struct PageView: Sendable {
  /// The name of the template.
  let template: String
  /// The kind of page, for themes.
  let kind: String
  let title: String
  let description: String
  /// The structured data for search engines.
  var about: StructuredData?
  /// The feed of the listed agents.
  var feed: LinkView?
  let content: any TemplateView
}

/// A page whose view is as cheap as its inputs. The digest covers everything that its templates can read.
extension PageView: FileInputs {
  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest? { renderer.digest(self, at: path) }

  func content(at path: SitePath, _ renderer: PageRenderer) -> SiteFile.Content {
    .bytes(renderer.render(self, at: path))
  }
}
