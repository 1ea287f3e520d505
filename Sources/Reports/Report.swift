import Files

/// What is wrong with one file, for a report.
public struct FileFindings: Sendable {
  /// The path to show at a terminal; see ``SourceFile/displayPath``.
  public let displayPath: String
  /// The path to write to reports for other programs; see ``SourceFile/publishedPath``.
  public let publishedPath: String
  /// What is wrong with it, in the order of the file.
  public let findings: [Finding]

  /// Makes the findings of a file.
  public init(_ source: SourceFile, findings: [Finding]) {
    displayPath = source.displayPath
    publishedPath = source.publishedPath
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
