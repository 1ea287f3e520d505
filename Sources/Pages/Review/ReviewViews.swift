import Differences
import Templates

/// The overview of a review.
struct ReviewView: TemplateView {
  let lead: String
  let before: String
  let after: String
  let notes: [String]
  let first: String?
  /// The queue, the most urgent first.
  let groups: [ReviewGroupView]
  /// Files of which only the formatting changed.
  let formal: [ReviewRowView]
  let formalTitle: String
  /// Changes that several files share.
  let shared: [ReviewBlockView]
  let sharedRest: Int
  let findings: [ReviewFindingView]
  let findingsRest: Int
  let findingFigures: String
  let documents: [ReviewDocumentLinkView]

  static let members: Members<ReviewView> = [
    "lead": Member { $0.lead },
    "before": Member { $0.before },
    "after": Member { $0.after },
    "notes": Member { $0.notes },
    "first": Member { $0.first },
    "hasRows": Member { !$0.groups.isEmpty || !$0.formal.isEmpty },
    "hasGroups": Member { !$0.groups.isEmpty },
    "groups": Member { $0.groups },
    "hasFormal": Member { !$0.formal.isEmpty },
    "formal": Member { $0.formal },
    "formalTitle": Member { $0.formalTitle },
    "hasShared": Member { !$0.shared.isEmpty },
    "shared": Member { $0.shared },
    "sharedRest": Member { $0.sharedRest > 0 ? $0.sharedRest : nil },
    "hasFindings": Member { !$0.findings.isEmpty },
    "findings": Member { $0.findings },
    "findingsRest": Member { $0.findingsRest > 0 ? $0.findingsRest : nil },
    "findingFigures": Member { $0.findingFigures },
    "hasDocuments": Member { !$0.documents.isEmpty },
    "documents": Member { $0.documents },
  ]
}

/// The rows of one rank.
struct ReviewGroupView: TemplateView {
  let title: String
  let needsAttention: Bool
  let rows: [ReviewRowView]

  static let members: Members<ReviewGroupView> = [
    "title": Member { $0.title },
    "needsAttention": Member { $0.needsAttention },
    "rows": Member { $0.rows },
  ]
}

/// A document in the list of other files.
struct ReviewDocumentLinkView: TemplateView {
  let item: Int
  let title: String
  let href: String
  let kind: String

  static let members: Members<ReviewDocumentLinkView> = [
    "item": Member { $0.item },
    "title": Member { $0.title },
    "href": Member { $0.href },
    "kind": Member { $0.kind },
  ]
}

/// Why a file needs attention.
struct ReviewEvidenceView: TemplateView {
  /// The name of the rank; nil for points that are not urgent.
  let label: String?
  let text: String

  static let members: Members<ReviewEvidenceView> = [
    "label": Member { $0.label },
    "text": Member { $0.text },
  ]
}

/// The same points about several files.
struct ReviewBlockView: TemplateView {
  /// How many there are, with a noun.
  let count: String
  let subjects: [ReviewSubjectView]
  let more: Int
  let points: [String]

  static let members: Members<ReviewBlockView> = [
    "count": Member { $0.count },
    "subjects": Member { $0.subjects },
    "more": Member { $0.more > 0 ? $0.more : nil },
    "points": Member { $0.points },
  ]
}

/// One of the files that points are about.
struct ReviewSubjectView: TemplateView {
  let name: String
  let href: String

  static let members: Members<ReviewSubjectView> = ["name": Member { Identifier($0.name) }, "href": Member { $0.href }]
}

/// An item or a settings file in the queue.
struct ReviewRowView: TemplateView {
  /// The place among the items.
  let item: Int
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
  let evidence: [ReviewEvidenceView]
  /// How many more points there are.
  let more: Int

  static let members: Members<ReviewRowView> = [
    "item": Member { $0.item },
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
    "hasEvidence": Member { !$0.evidence.isEmpty },
    "evidence": Member { $0.evidence },
    "more": Member { $0.more > 0 ? $0.more : nil },
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
  /// The published path of that file.
  let place: String?
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
    "place": Member { $0.place },
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
  /// A list, item by item.
  let list: HTML?
  /// A long text, line by line.
  let lines: HTML?

  static let members: Members<FieldChangeView> = [
    "key": Member { Identifier($0.key) },
    "before": Member { $0.before },
    "after": Member { $0.after },
    "list": Member { $0.list },
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
  let step: ReviewStepView
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
  /// The file, line by line.
  let changes: ReviewDiffView
  /// How much of the prompt changed.
  let text: String?
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
    "step": Member { [$0.step] },
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
    "changes": Member { [$0.changes] },
    "text": Member { $0.text },
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
  let changes: ReviewDiffView?

  static let members: Members<ReviewFileView> = [
    "path": Member { Identifier($0.path) },
    "words": Member { $0.words },
    "facts": Member { $0.facts },
    "digests": Member { $0.digests },
    "changes": Member { $0.changes.map { [$0] } ?? [] },
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
  let step: ReviewStepView
  let changes: ReviewDiffView

  static let members: Members<ReviewDocumentView> = [
    "path": Member { $0.path },
    "title": Member { $0.title },
    "kind": Member { $0.kind },
    "hasPoints": Member { !$0.points.isEmpty },
    "points": Member { $0.points },
    "step": Member { [$0.step] },
    "changes": Member { [$0.changes] },
  ]
}

/// Where a page is among everything that is reviewed.
struct ReviewStepView: TemplateView {
  /// The digest of what the page shows.
  let digest: String
  let position: Int
  let count: Int
  let previousHref: String?
  let nextHref: String?

  static let members: Members<ReviewStepView> = [
    "digest": Member { $0.digest },
    "position": Member { $0.position },
    "count": Member { $0.count },
    "previousHref": Member { $0.previousHref },
    "nextHref": Member { $0.nextHref },
  ]
}

/// A file before and after, line by line.
struct ReviewDiffView: TemplateView {
  /// The published path of the file.
  let file: String
  /// `+3 −1 lines`; nil if the text is the same.
  let summary: String?
  let lines: HTML

  init(_ diff: TextDiff, file: String, prefix: String = "", first: (before: Int, after: Int) = (1, 1)) {
    let numbered = NumberedDiff(diff, prefix: prefix, first: first)
    self.file = file
    summary = diff.isSame ? nil : numbered.summary
    lines = numbered.html
  }

  static let members: Members<ReviewDiffView> = [
    "file": Member { $0.file },
    "summary": Member { $0.summary },
    "lines": Member { $0.lines },
  ]
}
