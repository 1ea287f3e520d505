import Agents
import Files
import Text

/// Counts in words.
public enum CountText {
  /// A number with its noun: `1 file`, `3 files`.
  public static func of(_ number: Int, _ word: String) -> String {
    "\(NumberText.grouped(number)) \(word)\(number == 1 ? "" : "s")"
  }

  /// Returns the number of items of each kind: `3 agents, 1 skill`.
  public static func of(_ kinds: [(kind: ItemKind, count: Int)]) -> String {
    kinds.isEmpty ? "0 agents" : kinds.map { of($1, $0.noun) }.joined(separator: ", ")
  }

  /// Returns the number of findings, also of each severity: `3 findings (1 error, 2 notes)`.
  public static func findings(_ counts: SeverityCounts) -> String {
    guard counts.total > 0 else { return "no findings" }
    let parts = counts.occurring.map { of($1, $0.rawValue) }
    return "\(of(counts.total, "finding")) (\(parts.joined(separator: ", ")))"
  }
}
