import Catalogs
import Files
import Templates

/// A page that leads to another: from the name of an item to the item, and from an address that an earlier version
/// gave.
struct MovedPage: PageKind {
  let site: SiteIndex
  let former: FormerAddress

  static let isInSitemap = false
  static let views: [any TemplateView.Type] = [MovedView.self]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.formerAddresses.map { MovedPage(site: site, former: $0) }
  }

  var path: SitePath { SitePath(former.stem + ".html") }

  func inputs() -> Inputs {
    let catalog = site.catalog
    switch former.target {
    case .item(let index):
      return Inputs(title: catalog.entries[index].agent.name, target: site.addresses.agent(index))
    case .document(let index):
      return Inputs(title: catalog.documents[index].document.title, target: site.addresses.document(index))
    case .name(let index):
      return Inputs(title: catalog.comparisons[index].title, target: site.addresses.variants(index))
    }
  }

  struct Inputs: PageInputs {
    let title: String
    /// The page that it leads to.
    let target: SitePath

    func page(at path: SitePath, _ renderer: PageRenderer) -> PageView {
      let href = path.link(to: target)
      return PageView(
        template: "moved", kind: "moved", title: title, description: title,
        content: MovedView(
          heading: title, href: href, target: renderer.settings.baseURL.map { $0 + target.description } ?? href))
    }
  }
}

/// A page that leads to another.
struct MovedView: TemplateView {
  let heading: String
  let href: String
  /// The address for search engines: absolute where it is known where the site stands.
  let target: String

  static let members: Members<MovedView> = [
    "heading": Member { $0.heading },
    "href": Member { $0.href },
    "target": Member { $0.target },
  ]
}
