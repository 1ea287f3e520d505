import Agents
import Catalogs
import Files

/// The findings of a check as they are told: the most severe first, and of the rest only how many there are.
public struct CheckReport {
  /// The findings that are listed.
  public let listed: [FileFindings]
  /// All findings, those that are not listed too.
  public let findings: [Finding]
  /// The published paths of all files that were checked.
  public let checked: [String]
  private let fileCount: Int
  private let hidesNotes: Bool

  /// - Parameters:
  ///   - files: the findings by file.
  ///   - checked: the published paths of all files that were checked.
  ///   - hidesNotes: whether notes are counted only.
  ///   - limit: how many findings are listed; nil for all.
  public init(_ files: [FileFindings], checked: Set<String>, hidesNotes: Bool, limit: Int?) {
    findings = files.flatMap(\.findings)
    self.checked = Array(checked)
    self.hidesNotes = hidesNotes
    let told = hidesNotes ? FileFindings.only(files, [.error, .warning]) : files
    fileCount = told.count
    let ordered = FileFindings.bySeverity(told)
    listed = limit.map { FileFindings.prefix(ordered, $0) } ?? ordered
  }

  /// The line that closes a check.
  ///
  /// - Parameters:
  ///   - catalog: what was checked.
  ///   - items: the items of it that count; nil for all.
  public func summary(of catalog: Catalog, items: [Catalog.Entry]? = nil) -> String {
    let items = items ?? catalog.entries
    let told = hidesNotes ? findings.filter { $0.severity != .note } : findings
    let counts = Finding.Severity.allCases.map { severity in told.count { $0.severity == severity } }
    let isWhole = items.count == catalog.entries.count
    let documents =
      catalog.documents.isEmpty || !isWhole ? "" : ", \(CountText.of(catalog.documents.count, "document"))"
    let kinds = ItemKind.allCases.compactMap { kind in
      let count = items.count { $0.agent.kind == kind }
      return count > 0 ? (kind: kind, count: count) : nil
    }
    let place = fileCount > 1 ? " in \(fileCount) files" : ""
    let text = told.isEmpty && !findings.isEmpty ? "no errors or warnings" : CountText.findings(counts) + place
    return "\(CountText.of(kinds))\(documents) checked, \(text)"
  }

  /// A line about findings that are not listed; nil where all are.
  public var hidden: String? {
    var counts: [Finding.Severity: Int] = [:]
    for finding in findings { counts[finding.severity, default: 0] += 1 }
    for finding in listed.flatMap(\.findings) { counts[finding.severity, default: 0] -= 1 }
    let parts = Finding.Severity.allCases.compactMap { severity in
      counts[severity].flatMap { $0 > 0 ? CountText.of($0, severity.rawValue) : nil }
    }
    return parts.isEmpty ? nil : "Not listed: \(parts.joined(separator: ", ")); --all lists everything"
  }
}
