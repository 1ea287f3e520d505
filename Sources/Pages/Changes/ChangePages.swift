import Catalogs
import Files

/// The pages of what changed when, as repositories know it.
extension Site {
  /// How many commits a page tells of, and how many files of each.
  static let (commitsLength, touchesLength) = (100, 24)

  func changesPage(_ page: Int) -> [UInt8] {
    let path = addresses.changes(page: page)
    let changes = catalog.changes[Paging.range(of: page, in: catalog.changes.count, length: Self.commitsLength)]
    var days: [ChangeDayView] = []
    for change in changes {
      let commit = view(of: change, at: path)
      let date = Calendar.iso(change.commit.time)
      if days.last?.date == date, let day = days.popLast() {
        days.append(ChangeDayView(day: day.day, date: date, commits: day.commits + [commit]))
      } else {
        days.append(ChangeDayView(day: Wording.day(change.commit.time), date: date, commits: [commit]))
      }
    }
    let count = catalog.changes.count
    let lead =
      (count == 1
        ? "One commit touched a file of this catalog. "
        : "The last \(Wording.number(count)) commits that touched a file of this catalog, by day. ")
      + "In lists, an agent is new or changed where that was within \(Lately.days) days before the last one."
    let view = ChangesView(
      lead: lead, days: days,
      paging: paging(catalog.changes.count, Self.commitsLength, page, at: path) { addresses.changes(page: $0) })
    return render(
      view, "changes", at: path, kind: "changes", title: "Changes\(page > 1 ? ", page \(page)" : "")",
      description: lead)
  }

  private func view(of change: CatalogChange, at path: SitePath) -> CommitView {
    CommitView(
      title: change.title, author: change.commit.author, revision: String(change.commit.id.prefix(8)),
      href: sourceLinks.commit(change.commit.id),
      touches: change.touches.prefix(Self.touchesLength).map { touch in
        switch touch.file {
        case .agent(let index):
          TouchView(
            kind: touch.kind.word, name: catalog.entries[index].agent.name,
            href: path.link(to: addresses.agent(index)))
        case .document(let index):
          TouchView(
            kind: touch.kind.word, name: catalog.documents[index].document.title,
            href: path.link(to: addresses.document(index)))
        case .gone(let name): TouchView(kind: touch.kind.word, name: name, href: nil)
        }
      }, rest: change.touches.count - Self.touchesLength)
  }
}

extension LoggedCommit.Touch.Kind {
  /// What was done, in a word.
  fileprivate var word: String {
    switch self {
    case .added: "added"
    case .changed: "changed"
    case .renamed: "renamed"
    case .removed: "removed"
    }
  }
}
