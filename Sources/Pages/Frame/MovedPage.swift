import Catalogs
import Files
import Templates

/// A redirect: from the name of an item to the item, or from an address of an earlier version.
struct MovedPage: PageKind {
  let site: SiteIndex
  private let former: Former

  /// An address that redirects.
  private enum Former {
    case address(FormerAddress)
    /// Two agents that are compared in the browser.
    case pair(Pair.Former)
    /// The comparison of agents that share a name, as an index. It redirects to the page of the name.
    case comparison(Int)
    /// A page of a term's list that the index page replaces.
    case term(TermPage)
  }

  static let isInSitemap = false
  static let views: [any TemplateView.Type] = [MovedView.self]

  static func all(in site: SiteIndex) -> [any PageKind] {
    let comparisons = site.catalog.comparisons.enumerated().filter { $0.element.address != nil }
    let all =
      site.catalog.formerAddresses.map { Former.address($0) }
      + site.catalog.formerPairs.map { .pair($0) }
      + comparisons.map { .comparison($0.offset) }
      + site.catalog.taxonomies.flatMap { TermPage.former(of: $0, in: site) }.map { .term($0) }
    return all.map { MovedPage(site: site, former: $0) }
  }

  var path: SitePath {
    switch former {
    case .address(let former): SitePath(former.stem + ".html")
    case .pair(let former): PairPage.path(former.id)
    case .comparison(let index): ComparisonPage.path(site.catalog.comparisons[index].id)
    case .term(let page): page.path
    }
  }

  func inputs() -> Inputs {
    let catalog = site.catalog
    switch former {
    case .comparison(let index):
      return Inputs(title: catalog.comparisons[index].title, target: site.addresses.variants(index))
    case .address(let former):
      switch former.target {
      case .item(let index):
        return Inputs(title: catalog.entries[index].agent.name, target: site.addresses.agent(index))
      case .document(let index):
        return Inputs(title: catalog.documents[index].document.title, target: site.addresses.document(index))
      case .name(let index):
        return Inputs(title: catalog.comparisons[index].title, target: site.addresses.variants(index))
      }
    case .pair(let former):
      let pair = [former.left, former.right].map { catalog.entries[$0] }
      return Inputs(
        title: pair.map(\.agent.name).joined(before: "and"), target: site.addresses.comparison(former.comparison),
        drawn: path.comparing(pair.map(\.address.stem)))
    case .term(let page):
      return Inputs(title: page.term.name, target: TermPage.path(page.taxonomy.kind, page.term.slug))
    }
  }

  struct Inputs: PageInputs {
    let title: String
    /// The target of the redirect.
    let target: SitePath
    /// The link to the page that a browser draws instead, which requires scripts; nil if there is none.
    var drawn: String?

    func page(at path: SitePath, _ renderer: PageRenderer) -> PageView {
      let href = path.link(to: target)
      return PageView(
        template: "moved", kind: "moved", title: title, description: title,
        content: MovedView(
          heading: title, href: href, scriptHref: drawn ?? href,
          target: renderer.settings.baseURL.map { $0 + target.description } ?? href))
    }
  }
}

/// The view of a redirect.
struct MovedView: TemplateView {
  let heading: String
  let href: String
  /// The target for browsers with scripts.
  let scriptHref: String
  /// The target for search engines: absolute if the URL of the site is known.
  let target: String

  static let members: Members<MovedView> = [
    "heading": Member { $0.heading },
    "href": Member { $0.href },
    "scriptHref": Member { $0.scriptHref },
    "target": Member { $0.target },
  ]
}
