import Catalogs
import Files
import Templates

/// The page at the address of an item that was removed, so that old links explain what happened.
struct RemovedPage: PageKind {
  let site: SiteIndex
  let stem: String
  let item: RemovedItem

  /// The kind of page, as named in the theme.
  static let kind = "removed"
  static let isInSitemap = false
  static let views: [any TemplateView.Type] = [RemovedView.self]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.removedAddresses.map { RemovedPage(site: site, stem: $0.stem, item: $0.item) }
  }

  var path: SitePath { SitePath(stem + ".html") }

  func inputs() -> PageView {
    PageView(
      template: "removed", kind: Self.kind, title: item.name,
      description: "\(item.name) was removed from this catalog.",
      content: RemovedView(
        name: item.name, day: Wording.day(item.commit.localTime), date: DateText.iso(item.commit.localTime),
        author: item.commit.author, commit: item.title,
        commitHref: site.addresses.sourceLinks.links(of: item.neighbor).commit(item.commit.id)))
  }
}

/// A removed item.
struct RemovedView: TemplateView {
  let name: String
  let day: String
  /// The date in ISO 8601 format.
  let date: String
  let author: String
  /// The first line of the commit's message.
  let commit: String
  let commitHref: String?

  static let members: Members<RemovedView> = [
    "name": Member { Identifier($0.name) },
    "day": Member { $0.day },
    "date": Member { $0.date },
    "author": Member { $0.author },
    "commit": Member { $0.commit },
    "commitHref": Member { $0.commitHref },
  ]
}
