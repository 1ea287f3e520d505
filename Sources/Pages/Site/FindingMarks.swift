import Agents
import Files

/// What on an agent's page its findings are about: fields, and sections of the prompt.
struct FindingMarks {
  /// The findings as the page lists them: those that matter most first.
  let findings: [Finding]
  /// For each of them the field that it is about, by its key, or nil.
  let keys: [String?]
  /// For each of them the place in the outline of the section that it is about, or nil.
  let sections: [Int?]

  init(_ findings: [Finding], of agent: Agent) {
    let sorted = findings.sorted { ($0.severity, $0.location?.line ?? 0) < ($1.severity, $1.location?.line ?? 0) }
    self.findings = sorted
    keys = sorted.map { finding in
      guard let start = finding.range?.lowerBound, start < agent.promptStart else { return nil }
      return agent.fields.last { $0.range.lowerBound <= start }?.key
    }
    sections = sorted.map { finding in
      guard let range = finding.range, range.lowerBound >= agent.promptStart, let line = finding.location?.line else {
        return nil
      }
      return agent.outline.lastIndex { $0.line <= line }
    }
  }

  /// The findings of a document, which are about no field and no section that its page leads to.
  init(_ document: PlainDocument) {
    findings = document.findings.sorted {
      ($0.severity, $0.location?.line ?? 0) < ($1.severity, $1.location?.line ?? 0)
    }
    keys = findings.map { _ in nil }
    sections = findings.map { _ in nil }
  }

  /// What leads from a field to the findings about it; nothing where there are none.
  func mark(field key: String) -> HTML { mark(findings.indices.filter { keys[$0] == key }) }

  /// What leads from a section to the findings about it.
  func mark(section: Int) -> HTML { mark(findings.indices.filter { sections[$0] == section }) }

  private func mark(_ found: [Int]) -> HTML {
    guard let first = found.first else { return "" }
    let title = found.count == 1 ? findings[first].message.capitalisedFirst : Wording.count(found.count, "finding")
    let severity = findings[first].severity.rawValue
    return
      " <a class=\"mark \(severity)\" href=\"#\(Self.id(first))\" title=\"\(title)\">\(Wording.count(found.count, "finding"))</a>"
  }

  /// The fragment that leads to a finding.
  static func id(_ place: Int) -> String { "page:finding-\(place + 1)" }
}
