import Agents
import Files
import Templates

/// Assigns the findings on an agent's page to fields and sections of the prompt.
struct FindingMarks {
  /// The findings in page order, most severe first.
  let findings: [Finding]
  /// For each finding, the index of its section in the outline, or nil.
  let sections: [Int?]
  /// The findings about fields, by key.
  private let byKey: [String: [Int]]

  init(_ findings: [Finding], of agent: Agent) {
    let sorted = Self.sorted(findings)
    self.findings = sorted
    let (fields, outline) = (agent.fields, agent.outline)
    let keys = sorted.map { finding -> String? in
      guard finding.file == nil, let start = finding.range?.lowerBound, !agent.isPrompt(at: start) else { return nil }
      return Self.last(of: fields) { $0.range.lowerBound <= start }.map { fields[$0].key }
    }
    let sections = sorted.map { finding -> Int? in
      // If escapes in the prompt were decoded, its lines differ from those of the file.
      guard finding.file == nil, let range = finding.range, agent.isPrompt(at: range.lowerBound),
        let line = finding.location?.line,
        agent.format == .markdown || !agent.isRepaired
      else { return nil }
      let first = agent.source.item?.location.line ?? 1
      return Self.last(of: outline) { $0.line <= line - first + 1 }
    }
    byKey = Dictionary(grouping: sorted.indices.filter { keys[$0] != nil }) { keys[$0] ?? "" }
    self.sections = sections
  }

  private static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.sorted { ($0.severity, $0.location?.line ?? 0) < ($1.severity, $1.location?.line ?? 0) }
  }

  /// Returns the last index for which a condition holds, by binary search. The condition must hold for all earlier
  /// elements.
  private static func last<Thing>(of things: [Thing], where holds: (Thing) -> Bool) -> Int? {
    var (low, high) = (0, things.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(things[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// Creates marks for a document, whose page doesn't link to fields or sections.
  init(_ document: PlainDocument) { self.init(of: document.findings) }

  /// Creates marks for findings without fields and sections.
  init(of findings: [Finding]) {
    let findings = Self.sorted(findings)
    self.findings = findings
    sections = findings.map { _ in nil }
    byKey = [:]
  }

  /// Returns the link from a field to its findings; empty if there are none.
  func mark(field key: String) -> HTML { mark(byKey[key] ?? []) }

  private func mark(_ found: [Int]) -> HTML {
    guard let first = found.first else { return "" }
    let title = found.count == 1 ? findings[first].message.capitalisedFirst : Wording.count(found.count, "finding")
    let severity = findings[first].severity.rawValue
    return
      " <a class=\"mark \(severity)\" href=\"#\(Self.id(first))\" title=\"\(title)\">\(Wording.count(found.count, "finding"))</a>"
  }

  /// Returns the fragment of a finding.
  static func id(_ place: Int) -> String { "page:finding-\(place + 1)" }
}
