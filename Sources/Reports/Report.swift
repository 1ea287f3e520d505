import Agents
import Catalogs
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
    self.init(displayPath: source.displayPath, publishedPath: source.publishedPath, findings: findings)
  }

  private init(displayPath: String, publishedPath: String, findings: [Finding]) {
    self.displayPath = displayPath
    self.publishedPath = publishedPath
    self.findings = findings
  }

  /// The findings of all files of a catalog that have any, and those about manifests, in the order of their paths, and
  /// in each file in the order of their places.
  ///
  /// - Parameters:
  ///   - unread: the files that could not be read; manifests among them have findings.
  ///   - rules: the rules that count; empty for all.
  public static func all(
    in catalog: Catalog, unread: [UnreadFile] = [], only rules: Set<String> = []
  ) -> [FileFindings] {
    func taken(_ findings: [Finding]) -> [Finding] {
      let wanted = rules.isEmpty ? findings : findings.filter { rules.contains($0.rule) }
      return wanted.sorted { ($0.range?.lowerBound ?? -1, $0.severity) < ($1.range?.lowerBound ?? -1, $1.severity) }
    }
    let agents = catalog.entries.map { FileFindings($0.agent.source, findings: taken($0.findings)) }
    let documents = catalog.documents.map {
      FileFindings($0.document.source, findings: taken($0.document.findings))
    }
    let manifests = unread.compactMap { file -> FileFindings? in
      guard let finding = ManifestInvalid.finding(about: file) else { return nil }
      let path = RelativePath(file.publishedPath)
      let findings = path.map { catalog.settings.policy.applied(to: [finding], of: $0) } ?? [finding]
      return FileFindings(displayPath: file.displayPath, publishedPath: file.publishedPath, findings: taken(findings))
    }
    return (agents + documents + manifests).filter { !$0.findings.isEmpty }.sorted {
      $0.publishedPath.precedesByBytes($1.publishedPath)
    }
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
