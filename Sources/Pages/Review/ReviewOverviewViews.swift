import Templates

/// The view of a review's overview.
struct ReviewView: TemplateView {
  let lead: String
  let before: String
  let after: String
  let notes: [String]
  let first: String?
  /// The queue, most urgent first.
  let groups: [ReviewGroupView]
  /// Files with formatting changes only.
  let formal: [ReviewRowView]
  let formalTitle: String
  /// Changes shared by several files.
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

/// A reason why a file needs attention.
struct ReviewEvidenceView: TemplateView {
  /// The name of the rank; nil if the point is not urgent.
  let label: String?
  let text: String

  static let members: Members<ReviewEvidenceView> = [
    "label": Member { $0.label },
    "text": Member { $0.text },
  ]
}

/// Points shared by several files.
struct ReviewBlockView: TemplateView {
  /// The number of files, with a noun.
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

/// A file in a group.
struct ReviewSubjectView: TemplateView {
  let name: String
  let href: String

  static let members: Members<ReviewSubjectView> = ["name": Member { Identifier($0.name) }, "href": Member { $0.href }]
}

/// An item or a settings file in the queue.
struct ReviewRowView: TemplateView {
  /// The index of the item in the review.
  let item: Int
  let name: String
  let href: String
  let spine: String
  let path: String
  /// The former name and path.
  let was: String?
  let kind: String
  let kindTitle: String
  let concerns: [ConcernView]
  /// The permissions before; nil if unchanged.
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
  /// The number of points that are not shown.
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

/// The label of a concern about a change.
struct ConcernView: TemplateView {
  let kind: String
  let title: String

  static let members: Members<ConcernView> = ["kind": Member { $0.kind }, "title": Member { $0.title }]
}
