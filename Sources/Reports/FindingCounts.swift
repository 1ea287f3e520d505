import Catalogs
import Files
import Rules

/// How many findings there are, for a terminal.
public enum FindingCounts {
  /// The closing line of a check.
  public static func summary(of findings: [Finding], in catalog: Catalog) -> String {
    let counts = Finding.Severity.allCases.map { severity in findings.count { $0.severity == severity } }
    let documents = catalog.documents.isEmpty ? "" : ", \(CountText.of(catalog.documents.count, "document"))"
    return "\(CountText.of(catalog.kinds))\(documents) checked, \(CountText.findings(counts))"
  }

  /// A line for each rule with the number of its findings, the largest first.
  public static func text(of findings: [Finding]) -> String {
    let counts = Dictionary(grouping: findings, by: \.rule).mapValues(\.count)
    let rows = Rule.all.filter { counts[$0.id] != nil }.sorted {
      (counts[$0.id] ?? 0, $1.id) > (counts[$1.id] ?? 0, $0.id)
    }
    let width = rows.map(\.id.count).max() ?? 0
    return rows.map { rule in
      let number = String(counts[rule.id] ?? 0)
      return String(repeating: " ", count: max(0, 7 - number.count))
        + "\(number)  \(TerminalText.padded(rule.id, to: width))  \(rule.title)"
    }.joined(separator: "\n")
  }
}
