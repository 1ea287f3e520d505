import Agents
import Catalogs
import Files

/// The findings of one file, for a report.
public struct FileFindings: Sendable {
  /// The path for the terminal; see ``SourceFile/displayPath``.
  public let displayPath: String
  /// The path for reports to other programs; see ``SourceFile/publishedPath``.
  public let publishedPath: String
  /// The findings, in the order of the file.
  public let findings: [Finding]

  /// Creates the findings of a file, or of an item in it. Positions in the item are converted to positions in the file.
  public init(_ source: SourceFile, findings: [Finding]) {
    displayPath = source.displayPath
    publishedPath = source.publishedPath
    self.findings = source.item.map { item in findings.map { $0.moved(to: item) } } ?? findings
  }

  /// Returns the same file with other findings.
  func with(_ findings: [Finding]) -> FileFindings {
    FileFindings(displayPath: displayPath, publishedPath: publishedPath, findings: findings)
  }

  /// Returns the files with findings of some severities, without other findings.
  public static func only(_ files: [FileFindings], _ severities: [Finding.Severity]) -> [FileFindings] {
    files.compactMap { file in
      let findings = file.findings.filter { severities.contains($0.severity) }
      return findings.isEmpty ? nil : file.with(findings)
    }
  }

  /// Returns the files with findings of some rules, without other findings.
  public static func of(_ rules: Set<String>, _ files: [FileFindings]) -> [FileFindings] {
    rules.isEmpty ? [] : filtered(files) { rules.contains($0.rule) }
  }

  /// Returns the files with findings of other rules, without those of the given rules.
  public static func without(_ rules: Set<String>, _ files: [FileFindings]) -> [FileFindings] {
    rules.isEmpty ? files : filtered(files) { !rules.contains($0.rule) }
  }

  private static func filtered(_ files: [FileFindings], _ takes: (Finding) -> Bool) -> [FileFindings] {
    files.compactMap { file in
      let findings = file.findings.filter(takes)
      return findings.isEmpty ? nil : file.with(findings)
    }
  }

  /// Merges the findings of each file, sorted by position. The files are sorted by path.
  public static func merged(_ files: [FileFindings]) -> [FileFindings] {
    let groups = Dictionary(grouping: files, by: \.publishedPath)
    return groups.values.compactMap { parts in
      parts.count == 1 ? parts.first : parts.first?.with(parts.flatMap(\.findings).sorted(by: Finding.isBefore))
    }.sorted { $0.publishedPath.precedesByBytes($1.publishedPath) }
  }

  /// Returns the findings by severity, the most severe first. Those of a severity keep the order of the files.
  public static func bySeverity(_ files: [FileFindings]) -> [FileFindings] {
    Finding.Severity.allCases.flatMap { only(files, [$0]) }
  }

  /// Returns the first findings, up to a limit.
  public static func prefix(_ files: [FileFindings], _ limit: Int) -> [FileFindings] {
    var room = limit
    return files.compactMap { file in
      let findings = Array(file.findings.prefix(max(0, room)))
      room -= findings.count
      return findings.isEmpty ? nil : file.with(findings)
    }
  }

  private init(_ parts: [FileFindings], of file: FileFindings) {
    self.init(displayPath: file.displayPath, publishedPath: file.publishedPath, findings: parts.flatMap(\.findings))
  }

  private init(displayPath: String, publishedPath: String, findings: [Finding]) {
    self.displayPath = displayPath
    self.publishedPath = publishedPath
    self.findings = findings
  }

  /// Returns the findings of all files of a catalog, and those about manifests, sorted by path and position. Files
  /// without findings are left out.
  ///
  /// - Parameters:
  ///   - unread: The files that couldn't be read. Manifests among them have findings.
  ///   - rules: The rules that count; empty for all.
  public static func all(
    in catalog: Catalog, unread: [UnreadFile] = [], only rules: Set<String> = []
  ) -> [FileFindings] {
    func taken(_ findings: [Finding]) -> [Finding] {
      let wanted = rules.isEmpty ? findings : findings.filter { rules.contains($0.rule) }
      return wanted.sorted(by: Finding.isBefore)
    }
    let agents = catalog.entries.flatMap { entry -> [(SourceFile, [Finding])] in
      let source = entry.agent.source
      if entry.agent.bundle == nil { return [(source, taken(entry.findings))] }
      return Dictionary(grouping: entry.findings) { entry.agent.source(of: $0) }.map { ($0, taken($1)) }
    }
    let documents = catalog.documents.map { ($0.document.source, taken($0.document.findings)) }
    // Findings about the whole file come first, then those of its items in the order of the file.
    func start(_ source: SourceFile) -> Int { source.item?.range.lowerBound ?? -1 }
    let ordered = (agents + documents).filter { !$0.1.isEmpty }.sorted { left, right in
      left.0.publishedPath == right.0.publishedPath
        ? start(left.0) < start(right.0) : left.0.publishedPath.precedesByBytes(right.0.publishedPath)
    }.map { FileFindings($0.0, findings: $0.1) }
    var files: [FileFindings] = []
    for file in ordered {
      if let last = files.last, last.publishedPath == file.publishedPath {
        files[files.count - 1] = FileFindings([last, file], of: last)
      } else {
        files.append(file)
      }
    }
    let manifests = unread.compactMap { file -> FileFindings? in
      guard let finding = ManifestInvalid.finding(about: file) else { return nil }
      let path = RelativePath(file.publishedPath)
      let findings = taken(path.map { catalog.settings.policy.applied(to: [finding], of: $0) } ?? [finding])
      if findings.isEmpty { return nil }
      return FileFindings(displayPath: file.displayPath, publishedPath: file.publishedPath, findings: findings)
    }
    return manifests.isEmpty
      ? files : (files + manifests).sorted { $0.publishedPath.precedesByBytes($1.publishedPath) }
  }
}

/// A format for findings.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Text for people, in the style of compilers.
  case text
  /// A JSON object with a list of findings.
  case json
  /// The Static Analysis Results Interchange Format, 2.1.0.
  case sarif
  /// GitHub workflow commands, which become annotations of a pull request.
  case github
  /// GitLab's code quality report.
  case gitlab
  /// Test results in the JUnit format.
  case junit
}
