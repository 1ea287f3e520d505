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

  /// Makes the findings of a file, or of an item in one; places in the item become those of its file.
  public init(_ source: SourceFile, findings: [Finding]) {
    displayPath = source.displayPath
    publishedPath = source.publishedPath
    self.findings = source.item.map { item in findings.map { $0.moved(to: item) } } ?? findings
  }

  /// The same file with other findings.
  func with(_ findings: [Finding]) -> FileFindings {
    FileFindings(displayPath: displayPath, publishedPath: publishedPath, findings: findings)
  }

  /// The files that have findings of some severities, with those only.
  public static func only(_ files: [FileFindings], _ severities: [Finding.Severity]) -> [FileFindings] {
    files.compactMap { file in
      let findings = file.findings.filter { severities.contains($0.severity) }
      return findings.isEmpty ? nil : file.with(findings)
    }
  }

  /// The files that have findings of some rules, with those only.
  public static func of(_ rules: Set<String>, _ files: [FileFindings]) -> [FileFindings] {
    rules.isEmpty ? [] : filtered(files) { rules.contains($0.rule) }
  }

  /// The files that have findings of other rules, with those only.
  public static func without(_ rules: Set<String>, _ files: [FileFindings]) -> [FileFindings] {
    rules.isEmpty ? files : filtered(files) { !rules.contains($0.rule) }
  }

  private static func filtered(_ files: [FileFindings], _ takes: (Finding) -> Bool) -> [FileFindings] {
    files.compactMap { file in
      let findings = file.findings.filter(takes)
      return findings.isEmpty ? nil : file.with(findings)
    }
  }

  /// One of each file, with all its findings in the order of their places; the files in the order of their paths.
  public static func merged(_ files: [FileFindings]) -> [FileFindings] {
    let groups = Dictionary(grouping: files, by: \.publishedPath)
    return groups.values.compactMap { parts in
      parts.count == 1 ? parts.first : parts.first?.with(parts.flatMap(\.findings).sorted(by: Finding.isBefore))
    }.sorted { $0.publishedPath.precedesByBytes($1.publishedPath) }
  }

  /// The findings with the most severe first, and among those in the order of the files.
  public static func bySeverity(_ files: [FileFindings]) -> [FileFindings] {
    Finding.Severity.allCases.flatMap { only(files, [$0]) }
  }

  /// The first findings, up to a number.
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
      return wanted.sorted(by: Finding.isBefore)
    }
    let agents = catalog.entries.flatMap { entry -> [(SourceFile, [Finding])] in
      let source = entry.agent.source
      if entry.agent.bundle == nil { return [(source, taken(entry.findings))] }
      return Dictionary(grouping: entry.findings) { entry.agent.source(of: $0) }.map { ($0, taken($1)) }
    }
    let documents = catalog.documents.map { ($0.document.source, taken($0.document.findings)) }
    // The items of a file are together, in the order of the file, behind what is about the whole of it.
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
  /// GitLab's code quality report.
  case gitlab
  /// Test results in the format of JUnit.
  case junit
}
