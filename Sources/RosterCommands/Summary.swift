import Catalogs
import Files
import Publishing
import Scanning

/// The closing line of a build.
struct Summary {
  let line: String

  init(catalog: Catalog, scan: ScanResult, outcome: Publisher.Outcome, took: Duration) {
    var parts = [Self.count(catalog.entries.count, "agent")]
    if !catalog.documents.isEmpty { parts.append(Self.count(catalog.documents.count, "document")) }
    let shared = catalog.comparisons.count { $0.kind == .variants }
    if shared > 0 { parts.append(Self.count(shared, "shared name")) }
    parts.append(Self.files(outcome))
    parts.append(Self.findings(catalog))
    if !scan.passedOver.isEmpty { parts.append("\(Self.count(scan.passedOver.count, "file")) passed over") }
    if !scan.unreadable.isEmpty { parts.append("\(Self.count(scan.unreadable.count, "file")) unreadable") }
    line = parts.joined(separator: ", ") + " in " + Self.seconds(took)
  }

  private static func files(_ outcome: Publisher.Outcome) -> String {
    var text = "\(count(outcome.written, "file")) written"
    if outcome.unchanged > 0 { text += ", \(outcome.unchanged) unchanged" }
    if outcome.removed > 0 { text += ", \(outcome.removed) removed" }
    return text
  }

  private static func findings(_ catalog: Catalog) -> String {
    let all = catalog.entries.flatMap(\.agent.findings) + catalog.documents.flatMap(\.document.findings)
    guard !all.isEmpty else { return "no findings" }
    let counts = Finding.Severity.allCases.compactMap { severity -> String? in
      let number = all.count { $0.severity == severity }
      return number > 0 ? count(number, severity.rawValue) : nil
    }
    return "\(count(all.count, "finding")) (\(counts.joined(separator: ", ")))"
  }

  private static func seconds(_ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    let hundredths = (milliseconds + 5) / 10
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }

  private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
