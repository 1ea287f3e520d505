import Templates

/// What makes one prompt of another.
struct DifferencesView: TemplateView {
  let names: [PairNameView]
  let summary: String
  /// What draws both prompts whole, in the browser; nil where they stand here.
  var wholeHref: String?
  /// The page of the two, on other pages.
  var pairHref: String?
  let parts: [DiffPartView]

  static let members: Members<DifferencesView> = [
    "names": Member { $0.names },
    "summary": Member { $0.summary },
    "wholeHref": Member { $0.wholeHref },
    "pairHref": Member { $0.pairHref },
    "hasParts": Member { !$0.parts.isEmpty },
    "parts": Member { $0.parts },
  ]
}

/// Agents side by side on a page that needs nothing else.
struct AloneView: TemplateView {
  let language: String
  let style: HTML
  let comparison: ComparisonView

  static let members: Members<AloneView> = ComparisonView.members(
    of: { $0.comparison },
    and: [
      "language": Member { $0.language },
      "generator": Member { _ in "\(Site.generator.name) \(Site.generator.version)" },
      "style": Member { $0.style },
    ])
}

/// One of two agents.
struct PairNameView: TemplateView {
  let name: String
  let path: String

  static let members: Members<PairNameView> = ["name": Member { Identifier($0.name) }, "path": Member { $0.path }]
}

/// A section of one prompt, or of both.
struct DiffPartView: TemplateView {
  let title: String
  /// What the second prompt calls it, if otherwise.
  let otherTitle: String?
  let state: String
  let isMoved: Bool
  let body: HTML

  static let members: Members<DiffPartView> = [
    "title": Member { $0.title },
    "otherTitle": Member { $0.otherTitle },
    "state": Member { $0.state },
    "isMoved": Member { $0.isMoved },
    "body": Member { $0.body },
  ]
}
