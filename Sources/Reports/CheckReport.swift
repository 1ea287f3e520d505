import Agents
import Catalogs
import Files

/// The findings of a check for output: the most severe first, up to a limit. The rest is counted.
public struct CheckReport {
  /// The listed findings.
  public let listed: [FileFindings]
  /// All findings, including those that aren't listed.
  public let findings: [Finding]
  /// The published paths of all checked files.
  public let checked: [String]
  private let fileCount: Int
  private let hidesNotes: Bool

  /// - Parameters:
  ///   - files: The findings by file.
  ///   - checked: The published paths of all checked files.
  ///   - hidesNotes: Whether notes are counted but not listed.
  ///   - limit: The maximum number of listed findings; nil for all.
  public init(_ files: [FileFindings], checked: Set<String>, hidesNotes: Bool, limit: Int?) {
    findings = files.flatMap(\.findings)
    self.checked = Array(checked)
    self.hidesNotes = hidesNotes
    let told = hidesNotes ? FileFindings.only(files, [.error, .warning]) : files
    fileCount = told.count
    let ordered = FileFindings.bySeverity(told)
    listed = limit.map { FileFindings.prefix(ordered, $0) } ?? ordered
  }

  /// Returns the closing line of a check.
  ///
  /// - Parameters:
  ///   - catalog: The checked catalog.
  ///   - items: The items that count; nil for all.
  public func summary(of catalog: Catalog, items: [Catalog.Entry]? = nil) -> String {
    let items = items ?? catalog.entries
    let told = hidesNotes ? findings.filter { $0.severity != .note } : findings
    let isWhole = items.count == catalog.entries.count
    let documents =
      catalog.documents.isEmpty || !isWhole ? "" : ", \(CountText.of(catalog.documents.count, "document"))"
    let kinds = ItemKind.allCases.compactMap { kind in
      let count = items.count { $0.agent.kind == kind }
      return count > 0 ? (kind: kind, count: count) : nil
    }
    let place = fileCount > 1 ? " in \(fileCount) files" : ""
    let counts = CountText.findings(SeverityCounts(told)) + place
    let text = told.isEmpty && !findings.isEmpty ? "no errors or warnings" : counts
    return "\(CountText.of(kinds))\(documents) checked, \(text)"
  }

  /// A line about findings that aren't listed; nil if all are.
  public var hidden: String? {
    let (all, shown) = (SeverityCounts(findings), SeverityCounts(listed.flatMap(\.findings)))
    let parts = Finding.Severity.allCases.compactMap { severity in
      let count = all[severity] - shown[severity]
      return count > 0 ? CountText.of(count, severity.rawValue) : nil
    }
    return parts.isEmpty ? nil : "Not listed: \(parts.joined(separator: ", ")); --all lists everything"
  }
}
