import Templates

/// The changes of the catalog, grouped by day.
struct ChangesView: TemplateView {
  let lead: String
  let days: [ChangeDayView]
  let paging: PagingView

  static let members: Members<ChangesView> = PagingView.members(
    of: { $0.paging }, and: ["lead": Member { $0.lead }, "days": Member { $0.days }])
}

/// A day and its commits.
struct ChangeDayView: TemplateView {
  /// The date as shown.
  let day: String
  /// The date in ISO 8601 format.
  let date: String
  let commits: [CommitView]

  static let members: Members<ChangeDayView> = [
    "day": Member { $0.day }, "date": Member { $0.date }, "commits": Member { $0.commits },
  ]
}

/// A commit and the files it touched.
struct CommitView: TemplateView {
  let title: String
  let author: String
  /// The abbreviated hash.
  let revision: String
  /// The address of the commit in the web view of the repository.
  let href: String?
  let touches: [TouchView]
  /// The number of touched files that are not listed.
  let rest: Int

  static let members: Members<CommitView> = [
    "title": Member { $0.title },
    "author": Member { $0.author },
    "revision": Member { $0.revision },
    "href": Member { $0.href },
    "touches": Member { $0.touches },
    "rest": Member { $0.rest > 0 ? $0.rest : nil },
  ]
}

/// A file that a commit touched.
struct TouchView: TemplateView {
  /// The change, as one word.
  let kind: String
  let name: String
  /// The link to the page of the file; nil if the file no longer exists.
  let href: String?

  static let members: Members<TouchView> = [
    "kind": Member { $0.kind }, "name": Member { Identifier($0.name) }, "href": Member { $0.href },
  ]
}
