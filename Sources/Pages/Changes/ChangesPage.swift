import Catalogs
import Histories
import Templates

/// A page of the list of commits that changed files of the catalog.
struct ChangesPage: PageKind {
  let site: SiteIndex
  /// The page number, counted from 1.
  let page: Int

  /// The maximum numbers of commits per page, and of files per commit.
  private static let (length, touchesLength) = (100, 24)

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    ChangesView.self, ChangeDayView.self, CommitView.self, TouchView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    if site.catalog.changes.isEmpty { return [] }
    return Paging.pages(site.catalog.changes.count, length: length).map { ChangesPage(site: site, page: $0) }
  }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    catalog.changes.isEmpty
      ? [] : [NavigationEntry(place: .browsing, position: 2, title: "Changes", path: path(page: 1))]
  }

  static func path(page: Int) -> SitePath { SitePath(page == 1 ? "changes.html" : "changes.\(page).html") }

  var path: SitePath { Self.path(page: page) }

  func inputs() -> PageView {
    let (path, count) = (path, site.catalog.changes.count)
    let changes = site.catalog.changes[Paging.range(of: page, in: count, length: Self.length)]
    var days: [ChangeDayView] = []
    for change in changes {
      let commit = view(of: change, at: path)
      let date = DateText.iso(change.commit.localTime)
      if days.last?.date == date, let day = days.popLast() {
        days.append(ChangeDayView(day: day.day, date: date, commits: day.commits + [commit]))
      } else {
        days.append(ChangeDayView(day: Wording.day(change.commit.localTime), date: date, commits: [commit]))
      }
    }
    let lead =
      (count == 1
        ? "One commit changed files of this catalog. "
        : "The last \(Wording.number(count)) commits that changed files of this catalog, by day. ")
      + "Lists mark agents as new or changed if that was within \(Lately.days) days of the last commit."
    return PageView(
      template: "changes", kind: "changes", title: "Changes\(page > 1 ? ", page \(page)" : "")", description: lead,
      content: ChangesView(
        lead: lead, days: days,
        paging: PagingView(count, Self.length, page: page, at: path) { Self.path(page: $0) }))
  }

  private func view(of change: CatalogChange, at path: SitePath) -> CommitView {
    CommitView(
      title: change.title, author: change.commit.author, revision: String(change.commit.id.prefix(8)),
      href: change.neighbor.flatMap {
        site.addresses.sourceLinks.links(of: $0).commit(change.commit.id)
      },
      touches: change.touches.prefix(Self.touchesLength).map { touch in
        switch touch.file {
        case .agent(let index):
          TouchView(
            kind: touch.kind.word, name: site.catalog.entries[index].agent.name,
            href: path.link(to: site.addresses.agent(index)))
        case .document(let index):
          TouchView(
            kind: touch.kind.word, name: site.catalog.documents[index].document.title,
            href: path.link(to: site.addresses.document(index)))
        case .gone(let name): TouchView(kind: touch.kind.word, name: name, href: nil)
        }
      }, rest: change.touches.count - Self.touchesLength)
  }
}

extension LoggedCommit.Touch.Kind {
  /// The change, as one word.
  fileprivate var word: String {
    switch self {
    case .added: "added"
    case .changed: "changed"
    case .renamed: "renamed"
    case .removed: "removed"
    }
  }
}
