import Templates

/// The overview of a review.
struct ReviewView: TemplateView {
  let lead: String
  let before: String
  let after: String
  let notes: [String]
  let first: String?
  let sections: [ReviewSectionView]
  let rows: [ReviewRowView]
  let findings: [ReviewFindingView]
  let findingsRest: Int
  let findingFigures: String
  let documents: [LinkView]
  let settings: [LinkView]

  static let members: Members<ReviewView> = [
    "lead": Member { $0.lead },
    "before": Member { $0.before },
    "after": Member { $0.after },
    "notes": Member { $0.notes },
    "first": Member { $0.first },
    "sections": Member { $0.sections },
    "hasRows": Member { !$0.rows.isEmpty },
    "rows": Member { $0.rows },
    "hasFindings": Member { !$0.findings.isEmpty },
    "findings": Member { $0.findings },
    "findingsRest": Member { $0.findingsRest > 0 ? $0.findingsRest : nil },
    "findingFigures": Member { $0.findingFigures },
    "hasDocuments": Member { !$0.documents.isEmpty },
    "documents": Member { $0.documents },
    "hasSettings": Member { !$0.settings.isEmpty },
    "settings": Member { $0.settings },
  ]
}

/// What is of one rank.
struct ReviewSectionView: TemplateView {
  /// The name of the rank, for the address of the heading.
  let id: String
  let title: String
  let blocks: [ReviewBlockView]
  let rest: Int

  static let members: Members<ReviewSectionView> = [
    "id": Member { $0.id },
    "title": Member { $0.title },
    "blocks": Member { $0.blocks },
    "rest": Member { $0.rest > 0 ? $0.rest : nil },
  ]
}

/// The same points about one file or several.
struct ReviewBlockView: TemplateView {
  /// How many there are, with a noun; nil of one.
  let count: String?
  /// The class of the colour of the only subject.
  let spine: String
  let subjects: [ReviewSubjectView]
  let more: Int
  let points: [String]

  static let members: Members<ReviewBlockView> = [
    "count": Member { $0.count },
    "spine": Member { $0.spine },
    "subjects": Member { $0.subjects },
    "more": Member { $0.more > 0 ? $0.more : nil },
    "points": Member { $0.points },
  ]
}

/// An item or a settings file that points are about.
struct ReviewSubjectView: TemplateView {
  let name: String
  let href: String
  let path: String
  let note: String?

  static let members: Members<ReviewSubjectView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "path": Member { Identifier($0.path) },
    "note": Member { $0.note },
  ]
}

/// An agent in the table of a review.
struct ReviewRowView: TemplateView {
  let name: String
  let href: String
  let spine: String
  let path: String
  /// What it was called, and where it stood.
  let was: String?
  let kind: String
  let kindTitle: String
  let concerns: [ConcernView]
  /// What its tools let it do before; nil where that is the same.
  let reachBefore: HTML?
  let reachAfter: HTML?
  let fields: [String]
  let text: String?
  let bar: String
  let form: [String]
  let newCount: Int
  let goneCount: Int
  let severity: String

  static let members: Members<ReviewRowView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "spine": Member { $0.spine },
    "path": Member { $0.path },
    "was": Member { $0.was },
    "kind": Member { $0.kind },
    "kindTitle": Member { $0.kindTitle },
    "concerns": Member { $0.concerns },
    "reachBefore": Member { $0.reachBefore },
    "reachAfter": Member { $0.reachAfter },
    "fields": Member { $0.fields },
    "text": Member { $0.text },
    "bar": Member { $0.bar },
    "form": Member { $0.form },
    "newCount": Member { $0.newCount > 0 ? $0.newCount : nil },
    "goneCount": Member { $0.goneCount > 0 ? $0.goneCount : nil },
    "severity": Member { $0.severity },
  ]
}

/// Something about a change that is to be looked at.
struct ConcernView: TemplateView {
  let kind: String
  let title: String

  static let members: Members<ConcernView> = ["kind": Member { $0.kind }, "title": Member { $0.title }]
}

/// A finding that came, or went.
struct ReviewFindingView: TemplateView {
  let severity: String
  let message: String
  let help: String
  let rule: String
  let line: Int?
  /// The file of a skill that it is in.
  let file: String?
  /// The agent that it is about, where the page is not about one.
  let name: String?
  let href: String?

  static let members: Members<ReviewFindingView> = [
    "severity": Member { $0.severity },
    "message": Member { $0.message },
    "help": Member { $0.help },
    "rule": Member { $0.rule },
    "line": Member { $0.line },
    "file": Member { Identifier($0.file) },
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
  ]
}

/// Another agent that has to do with a change.
struct ReviewTieView: TemplateView {
  let name: String
  let path: String
  let href: String?
  let share: String

  static let members: Members<ReviewTieView> = [
    "name": Member { Identifier($0.name) },
    "path": Member { $0.path },
    "href": Member { $0.href },
    "share": Member { $0.share },
  ]
}

/// A field before and after.
struct FieldChangeView: TemplateView {
  let key: String
  let before: HTML?
  let after: HTML?
  /// A long text, line by line.
  let lines: HTML?

  static let members: Members<FieldChangeView> = [
    "key": Member { Identifier($0.key) },
    "before": Member { $0.before },
    "after": Member { $0.after },
    "lines": Member { $0.lines },
  ]
}

/// What became of one agent.
struct ReviewAgentView: TemplateView {
  let name: String
  let spine: String
  /// What became of it, for people.
  let kind: String
  /// The same as a class.
  let kindClass: String
  let wasName: String?
  let path: String
  let wasPath: String?
  let summary: String
  let form: [String]
  let position: Int
  let count: Int
  let previousHref: String?
  let nextHref: String?
  let rawHref: String?
  let gains: [String]
  let losses: [String]
  let reachBefore: HTML?
  let reachAfter: HTML?
  let sentenceBefore: String?
  let sentenceAfter: String?
  let modelBefore: String?
  let modelAfter: String?
  let commands: [String]
  let addresses: [String]
  let alike: [ReviewTieView]
  let origins: [ReviewTieView]
  let heirs: [ReviewTieView]
  /// Where it stands among those that are approved, where that is otherwise; in a sentence.
  let approvalChange: String?
  let loading: String?
  let loadingOutcome: String
  let loadingReasons: [String]
  let newFindings: [ReviewFindingView]
  let goneFindings: [ReviewFindingView]
  let staying: Int
  let fields: [FieldChangeView]
  /// What became of the files of a skill.
  let files: [ReviewFileView]
  /// Whether it came or went, so that there is nothing to hold it against.
  let isWhole: Bool
  let differences: DifferencesView?
  let body: HTML
  let promptLanguage: String?

  static let members: Members<ReviewAgentView> = [
    "name": Member { Identifier($0.name) },
    "spine": Member { $0.spine },
    "kind": Member { $0.kind },
    "kindClass": Member { $0.kindClass },
    "wasName": Member { $0.wasName },
    "path": Member { $0.path },
    "wasPath": Member { $0.wasPath },
    "summary": Member { $0.summary },
    "form": Member { $0.form },
    "position": Member { $0.position },
    "count": Member { $0.count },
    "previousHref": Member { $0.previousHref },
    "nextHref": Member { $0.nextHref },
    "rawHref": Member { $0.rawHref },
    "hasAccess": Member { !$0.gains.isEmpty || !$0.losses.isEmpty || $0.reachBefore != nil },
    "gains": Member { $0.gains },
    "losses": Member { $0.losses },
    "reachBefore": Member { $0.reachBefore },
    "reachAfter": Member { $0.reachAfter },
    "sentenceBefore": Member { $0.sentenceBefore },
    "sentenceAfter": Member { $0.sentenceAfter },
    "modelBefore": Member { $0.modelBefore },
    "modelAfter": Member { $0.modelAfter },
    "hasMentions": Member { !$0.commands.isEmpty || !$0.addresses.isEmpty },
    "hasCommands": Member { !$0.commands.isEmpty },
    "commands": Member { $0.commands },
    "hasAddresses": Member { !$0.addresses.isEmpty },
    "addresses": Member { $0.addresses },
    "hasAlike": Member { !$0.alike.isEmpty },
    "alike": Member { $0.alike },
    "hasTies": Member { !$0.origins.isEmpty || !$0.heirs.isEmpty },
    "origins": Member { $0.origins },
    "heirs": Member { $0.heirs },
    "approvalChange": Member { $0.approvalChange },
    "loading": Member { $0.loading },
    "loadingOutcome": Member { $0.loadingOutcome },
    "loadingReasons": Member { $0.loadingReasons },
    "hasFindings": Member { !$0.newFindings.isEmpty || !$0.goneFindings.isEmpty },
    "newFindings": Member { $0.newFindings },
    "goneFindings": Member { $0.goneFindings },
    "staying": Member { $0.staying > 0 ? $0.staying : nil },
    "hasFields": Member { !$0.fields.isEmpty },
    "fields": Member { $0.fields },
    "hasFiles": Member { !$0.files.isEmpty },
    "files": Member { $0.files },
    "isWhole": Member { $0.isWhole },
    "differences": Member { $0.differences.map { [$0] } ?? [] },
    "body": Member { $0.body },
    "promptLanguage": Member { $0.promptLanguage },
  ]
}

/// What became of a file of a skill.
struct ReviewFileView: TemplateView {
  let path: String
  let words: String
  let facts: String
  let digests: String?
  let lines: HTML?

  static let members: Members<ReviewFileView> = [
    "path": Member { Identifier($0.path) },
    "words": Member { $0.words },
    "facts": Member { $0.facts },
    "digests": Member { $0.digests },
    "lines": Member { $0.lines },
  ]
}

/// What became of a file that is no agent.
struct ReviewDocumentView: TemplateView {
  let path: String
  /// What kind of file it is; nil if that is not known.
  let title: String?
  let kind: String
  /// What it grants more and less.
  let points: [String]
  let lines: HTML

  static let members: Members<ReviewDocumentView> = [
    "path": Member { $0.path },
    "title": Member { $0.title },
    "kind": Member { $0.kind },
    "hasPoints": Member { !$0.points.isEmpty },
    "points": Member { $0.points },
    "lines": Member { $0.lines },
  ]
}
