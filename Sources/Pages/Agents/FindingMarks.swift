import Agents
import Files
import Templates

/// What on an agent's page its findings are about: fields, and sections of the prompt.
struct FindingMarks {
  /// The findings as the page lists them: those that matter most first.
  let findings: [Finding]
  /// For each of them the place in the outline of the section that it is about, or nil.
  let sections: [Int?]
  /// The findings about fields, by the keys of those.
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
      // Lines of a prompt whose escapes were decoded are not those of the file.
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

  /// The last of the things, in order, for which something holds that holds for all before it.
  private static func last<Thing>(of things: [Thing], where holds: (Thing) -> Bool) -> Int? {
    var (low, high) = (0, things.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(things[middle]) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// The findings of a document, which are about no field and no section that its page leads to.
  init(_ document: PlainDocument) { self.init(of: document.findings) }

  /// Findings about no field and no section.
  init(of findings: [Finding]) {
    let findings = Self.sorted(findings)
    self.findings = findings
    sections = findings.map { _ in nil }
    byKey = [:]
  }

  /// What leads from a field to the findings about it; nothing where there are none.
  func mark(field key: String) -> HTML { mark(byKey[key] ?? []) }

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
