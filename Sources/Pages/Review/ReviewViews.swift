import Differences
import Reviews
import Templates

/// A new or fixed finding.
struct ReviewFindingView: TemplateView {
  let severity: String
  let message: String
  let help: String
  let rule: String
  let line: Int?
  /// The file of a skill that contains it.
  let file: String?
  /// The published path of that file.
  let place: String?
  /// The name of the agent; nil on the agent's own page.
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

/// Another agent that a change involves.
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
  /// The diff of a list.
  let list: HTML?
  /// The diff of a long text.
  let lines: HTML?

  static let members: Members<FieldChangeView> = [
    "key": Member { Identifier($0.key) },
    "before": Member { $0.before },
    "after": Member { $0.after },
    "list": Member { $0.list },
    "lines": Member { $0.lines },
  ]
}

/// The view of a changed agent.
struct ReviewAgentView: TemplateView {
  let name: String
  let spine: String
  /// The label of the kind of change.
  let kind: String
  /// The CSS class of the kind of change.
  let kindClass: String
  let wasName: String?
  let path: String
  let wasPath: String?
  let summary: String
  let form: [String]
  let step: ReviewStepView
  let rawHref: String?
  let gains: [ReviewFoldView]
  let losses: [ReviewFoldView]
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
  /// A sentence about the change of its approval; nil if the approval is unchanged.
  let approvalChange: String?
  let loading: String?
  let loadingOutcome: String
  let loadingReasons: [String]
  let newFindings: [ReviewFindingView]
  let goneFindings: [ReviewFindingView]
  let staying: Int
  let fields: [FieldChangeView]
  /// The changed files of a skill.
  let files: [ReviewFileView]
  /// Whether the agent was added or removed, so that there is nothing to compare.
  let isWhole: Bool
  /// The diff of the file.
  let changes: ReviewDiffView
  /// The amount of change in the prompt.
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

/// A change of access, with a fold of the changes that say the same about other things.
struct ReviewFoldView: TemplateView {
  let text: String
  let more: [String]

  init<Item>(_ fold: Fold<Item>, text: (Item) -> String) {
    self.text = text(fold.first)
    more = fold.others.map(text)
  }

  static let members: Members<ReviewFoldView> = [
    "text": Member { $0.text },
    "hasMore": Member { !$0.more.isEmpty },
    "title": Member { ReviewWording.others($0.more.count) },
    "more": Member { $0.more },
  ]
}

/// A changed file of a skill.
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

/// A changed file that is not an agent.
struct ReviewDocumentView: TemplateView {
  let path: String
  /// The type of the file; nil if unknown.
  let title: String?
  let kind: String
  /// The changes in what it grants.
  let points: [ReviewFoldView]
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

/// The position of a page among the items of a review.
struct ReviewStepView: TemplateView {
  /// The digest of the content on the page.
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

/// The diff of a file.
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
