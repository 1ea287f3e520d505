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
    displayPath = source.displayPath
    publishedPath = source.publishedPath
    self.findings = findings
  }

  /// The findings of all files of a catalog that have any, in the order of their paths, and in each file in the order
  /// of their places.
  ///
  /// - Parameter rules: the rules that count; empty for all.
  public static func all(in catalog: Catalog, only rules: Set<String> = []) -> [FileFindings] {
    func taken(_ findings: [Finding]) -> [Finding] {
      let wanted = rules.isEmpty ? findings : findings.filter { rules.contains($0.rule) }
      return wanted.sorted(by: Finding.isBefore)
    }
    let agents = catalog.entries.flatMap { entry in
      let source = entry.agent.source
      if entry.agent.bundle == nil { return [FileFindings(source, findings: taken(entry.findings))] }
      return Dictionary(grouping: entry.findings) { entry.agent.source(of: $0) }.map {
        FileFindings($0, findings: taken($1))
      }
    }
    let documents = catalog.documents.map {
      FileFindings($0.document.source, findings: taken($0.document.findings))
    }
    return (agents + documents).filter { !$0.findings.isEmpty }.sorted {
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
