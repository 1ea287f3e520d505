import Templates

/// The page of all that is wrong, by rules.
struct FindingsView: TemplateView {
  let lead: String
  let rules: [RuleRowView]
  let filesHref: String
  let fileNumber: String

  static let members: Members<FindingsView> = [
    "lead": Member { $0.lead },
    "hasRules": Member { !$0.rules.isEmpty },
    "rules": Member { $0.rules },
    "filesHref": Member { $0.filesHref },
    "fileNumber": Member { $0.fileNumber },
  ]
}

/// The files that something is wrong with.
struct FindingFilesView: TemplateView {
  let lead: String
  let files: [FindingFileView]
  let paging: PagingView

  static let members: Members<FindingFilesView> = PagingView.members(
    of: { $0.paging },
    and: [
      "lead": Member { $0.lead },
      "hasFiles": Member { !$0.files.isEmpty },
      "files": Member { $0.files },
    ])
}

/// A file that something is wrong with, as a row.
struct FindingFileView: TemplateView {
  let title: String
  let href: String
  let path: String
  let numbers: [SeverityNumberView]

  static let members: Members<FindingFileView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "path": Member { $0.path },
    "numbers": Member { $0.numbers },
  ]
}

/// How many findings of a severity there are; empty for none.
struct SeverityNumberView: TemplateView {
  let severity: String
  let number: String

  static let members: Members<SeverityNumberView> = [
    "severity": Member { $0.severity }, "number": Member { $0.number },
  ]
}

/// A rule as a row.
struct RuleRowView: TemplateView {
  let severity: String
  let rule: String
  let title: String
  let href: String
  let number: String
  let fileNumber: String

  static let members: Members<RuleRowView> = [
    "severity": Member { $0.severity },
    "rule": Member { $0.rule },
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "fileNumber": Member { $0.fileNumber },
  ]
}

/// The page of a rule: why it exists, and what it has found.
struct RuleView: TemplateView {
  let severity: String
  let rule: String
  let heading: String
  let lead: String
  let explanation: HTML
  let sources: [String]
  let places: [PlaceView]
  let paging: PagingView

  static let members: Members<RuleView> = PagingView.members(
    of: { $0.paging },
    and: [
      "severity": Member { $0.severity },
      "rule": Member { $0.rule },
      "heading": Member { $0.heading },
      "lead": Member { $0.lead },
      "explanation": Member { $0.explanation },
      "sources": Member { $0.sources },
      "places": Member { $0.places },
    ])
}

/// A finding in a file, as a row.
struct PlaceView: TemplateView {
  let title: String
  let href: String
  let path: String
  let severity: String
  let message: String
  let line: Int?
  let column: Int?

  static let members: Members<PlaceView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "path": Member { $0.path },
    "severity": Member { $0.severity },
    "message": Member { $0.message },
    "line": Member { $0.line },
    "column": Member { $0.column },
  ]
}
