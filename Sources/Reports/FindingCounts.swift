import Files
import Rules

/// The numbers of findings for a terminal.
public enum FindingCounts {
  /// Returns a line for each rule with the number of its findings, the largest number first.
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
