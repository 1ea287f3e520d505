import Files
import Publishing

/// The closing line of a build.
struct Summary {
  let line: String

  init(_ result: Road.Result, took: Duration) {
    let figures = result.figures
    var parts = [Self.count(figures.agents, "agent")]
    if figures.documents > 0 { parts.append(Self.count(figures.documents, "document")) }
    if figures.sharedNames > 0 { parts.append(Self.count(figures.sharedNames, "shared name")) }
    parts.append(Self.files(result.outcome))
    parts.append(Self.findings(figures.findings))
    if !result.scan.passedOver.isEmpty {
      parts.append("\(Self.count(result.scan.passedOver.count, "file")) passed over")
    }
    if !result.unreadable.isEmpty { parts.append("\(Self.count(result.unreadable.count, "file")) unreadable") }
    line = parts.joined(separator: ", ") + " in " + Self.seconds(took)
  }

  private static func files(_ outcome: Publisher.Outcome) -> String {
    var text = "\(count(outcome.written, "file")) written"
    if outcome.unchanged > 0 { text += ", \(outcome.unchanged) unchanged" }
    if outcome.removed > 0 { text += ", \(outcome.removed) removed" }
    return text
  }

  static func findings(_ numbers: [Int]) -> String {
    let all = numbers.reduce(0, +)
    guard all > 0 else { return "no findings" }
    let counts = zip(Finding.Severity.allCases, numbers).filter { $1 > 0 }.map { count($1, $0.rawValue) }
    return "\(count(all, "finding")) (\(counts.joined(separator: ", ")))"
  }

  private static func seconds(_ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    let hundredths = (milliseconds + 5) / 10
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }

  static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
