import Templates

/// The prompt differences of two agents.
struct DifferencesView: TemplateView {
  let names: [PairNameView]
  let summary: String
  /// The link to the comparison in the browser, which shows both prompts in full; nil if this page does.
  var wholeHref: String?
  /// The link to the comparison page of the pair, on other pages.
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

/// A comparison on a standalone page.
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

/// The name of one of two compared agents.
struct PairNameView: TemplateView {
  let name: String
  let path: String

  static let members: Members<PairNameView> = ["name": Member { Identifier($0.name) }, "path": Member { $0.path }]
}

/// A section of one or both prompts.
struct DiffPartView: TemplateView {
  let title: String
  /// The title in the second prompt, if different.
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
