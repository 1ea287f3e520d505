import Templates

/// The page of all findings.
struct FindingsView: TemplateView {
  let lead: String
  /// The numbers of findings by severity.
  let severities: [BarView]
  /// The charts of the most affected files, collections and owners.
  let charts: [ChartView]
  /// The rules, grouped by severity.
  let groups: [RuleGroupView]
  let filesHref: String
  let fileNumber: String

  static let members: Members<FindingsView> = [
    "lead": Member { $0.lead },
    "hasRules": Member { !$0.groups.isEmpty },
    "severities": Member { $0.severities },
    "charts": Member { $0.charts },
    "groups": Member { $0.groups },
    "filesHref": Member { $0.filesHref },
    "fileNumber": Member { $0.fileNumber },
  ]
}

/// The rules of one severity that have findings.
struct RuleGroupView: TemplateView {
  let severity: String
  let title: String
  let number: String
  let rules: [RuleRowView]

  static let members: Members<RuleGroupView> = [
    "severity": Member { $0.severity },
    "title": Member { $0.title },
    "number": Member { $0.number },
    "rules": Member { $0.rules },
  ]
}

/// The list of files with findings.
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

/// A file with findings, as a row.
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

/// The number of findings of one severity; empty if there are none.
struct SeverityNumberView: TemplateView {
  let severity: String
  let number: String

  static let members: Members<SeverityNumberView> = [
    "severity": Member { $0.severity }, "number": Member { $0.number },
  ]
}

/// A rule, as a row.
struct RuleRowView: TemplateView {
  let severity: String
  let rule: String
  let title: String
  let href: String
  let number: String
  let fileNumber: String
  /// The length of the bar, in twentieths of the longest.
  let bar: Int

  static let members: Members<RuleRowView> = [
    "severity": Member { $0.severity },
    "rule": Member { $0.rule },
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "fileNumber": Member { $0.fileNumber },
    "bar": Member { "w\($0.bar)" },
  ]
}

/// The page of a rule: what it reports, how to fix it, and its findings.
struct RuleView: TemplateView {
  let severity: String
  let rule: String
  let heading: String
  let lead: String
  let what: HTML
  let why: HTML
  let fix: HTML
  let sources: [String]
  let files: [PlaceGroupView]
  let paging: PagingView

  static let members: Members<RuleView> = PagingView.members(
    of: { $0.paging },
    and: [
      "severity": Member { $0.severity },
      "rule": Member { $0.rule },
      "heading": Member { $0.heading },
      "lead": Member { $0.lead },
      "what": Member { $0.what },
      "why": Member { $0.why },
      "fix": Member { $0.fix },
      "sources": Member { $0.sources },
      "files": Member { $0.files },
    ])
}

/// The findings of a rule in a file.
struct PlaceGroupView: TemplateView {
  let title: String
  let href: String
  let path: String
  var places: [PlaceView]

  static let members: Members<PlaceGroupView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "path": Member { $0.path },
    "number": Member { $0.places.count > 1 ? Wording.number($0.places.count) : nil },
    "places": Member { $0.places },
  ]
}

/// A finding in a file.
struct PlaceView: TemplateView {
  let severity: String
  let message: String
  let line: Int?
  let column: Int?

  static let members: Members<PlaceView> = [
    "severity": Member { $0.severity },
    "message": Member { $0.message },
    "line": Member { $0.line },
    "column": Member { $0.column },
  ]
}
