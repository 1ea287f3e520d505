import Files

/// What is wrong with one file, for a report.
public struct FileFindings: Sendable {
  /// The file, as a person finds it.
  public let path: String
  /// What is wrong with it, in the order of the file.
  public let findings: [Finding]

  /// Makes the findings of a file.
  public init(path: String, findings: [Finding]) {
    self.path = path
    self.findings = findings
  }
}

/// How findings are written.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// For people, as compilers do.
  case text
  /// An object with a list of findings.
  case json
  /// The Static Analysis Results Interchange Format, 2.1.0.
  case sarif
  /// Commands of GitHub's workflows, which become annotations of a pull request.
  case github
}
