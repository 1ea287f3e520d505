import Publishing
import Reports
import Text

/// The closing line of a build.
struct Summary {
  let line: String

  init(_ result: Road.Result, took: Duration) {
    let figures = result.figures
    var parts = [CountText.of(figures.counted)]
    if figures.documents > 0 { parts.append(CountText.of(figures.documents, "document")) }
    if figures.sharedNames > 0 { parts.append(CountText.of(figures.sharedNames, "shared name")) }
    parts.append(Self.files(result.outcome))
    parts.append(CountText.findings(figures.findings))
    let repositories = result.unreadable.count { $0.use == .source }
    let files = result.unreadable.count - repositories
    if files > 0 { parts.append("\(CountText.of(files, "file")) unreadable") }
    if repositories > 0 { parts.append("\(repositories) \(repositories == 1 ? "repository" : "repositories") missing") }
    line = parts.joined(separator: ", ") + " in " + Self.seconds(took)
  }

  private static func files(_ outcome: Publisher.Outcome) -> String {
    var text = "\(CountText.of(outcome.written, "file")) written"
    if outcome.unchanged > 0 { text += ", \(NumberText.grouped(outcome.unchanged)) unchanged" }
    if outcome.removed > 0 { text += ", \(NumberText.grouped(outcome.removed)) removed" }
    return text
  }

  private static func seconds(_ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    let hundredths = (milliseconds + 5) / 10
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
  }
}
