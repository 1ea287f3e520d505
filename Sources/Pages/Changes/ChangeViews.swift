import Templates

/// What changed when, by days.
struct ChangesView: TemplateView {
  let lead: String
  let days: [ChangeDayView]
  let paging: PagingView

  static let members: Members<ChangesView> = PagingView.members(
    of: { $0.paging }, and: ["lead": Member { $0.lead }, "days": Member { $0.days }])
}

/// A day with its commits.
struct ChangeDayView: TemplateView {
  /// The day for people.
  let day: String
  /// The day for machines.
  let date: String
  let commits: [CommitView]

  static let members: Members<ChangeDayView> = [
    "day": Member { $0.day }, "date": Member { $0.date }, "commits": Member { $0.commits },
  ]
}

/// A commit, and what it did.
struct CommitView: TemplateView {
  let title: String
  let author: String
  /// The beginning of its name.
  let revision: String
  /// Where it can be looked at.
  let href: String?
  let touches: [TouchView]
  /// How many files more it touched than are listed.
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
  /// What was done to it, in a word.
  let kind: String
  let name: String
  /// Its page; nil of what is gone.
  let href: String?

  static let members: Members<TouchView> = [
    "kind": Member { $0.kind }, "name": Member { Identifier($0.name) }, "href": Member { $0.href },
  ]
}
