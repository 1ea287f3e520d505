import Agents
import Files

/// The subject of a finding. It stays the same when text is added above it, its file moves, or other agents change.
struct FindingSubject: Hashable {
  /// The identifier of the rule.
  let rule: String
  /// The severity.
  let severity: Finding.Severity
  /// The field that contains it; nil if it is in the prompt, in a comment, or about the file as a whole.
  let field: String?
  /// The file of a skill that contains it; nil if that is the agent's own file.
  let file: String?
  /// The text it is about, with single spaces: an unmasked secret, a tool, a phrase. Empty if it is about the file as a
  /// whole.
  let text: [UInt8]

  /// Creates the subject of a finding.
  ///
  /// - Parameter bytes: The content of the file that has the finding.
  init(_ finding: Finding, of agent: Agent, in bytes: [UInt8]) {
    rule = finding.rule
    severity = finding.severity
    file = finding.file
    guard let range = finding.range.map({ $0.clamped(to: 0..<bytes.count) }) else {
      field = nil
      text = FindingText.subject(of: finding, in: bytes, marksKey: false)
      return
    }
    let isComment = bytes[range].first == UInt8(ascii: "#")
    let own =
      isComment || finding.file != nil || agent.isPrompt(at: range.lowerBound)
      ? nil : agent.fields.last { $0.range.lowerBound <= range.lowerBound }
    field = own?.key
    text = FindingText.subject(of: finding, in: bytes, marksKey: own?.range.lowerBound == range.lowerBound)
  }
}

/// Matches the findings of an agent in two states.
struct FindingDifference {
  /// The new findings.
  private(set) var new: [Finding] = []
  /// The findings that no longer apply.
  private(set) var gone: [Finding] = []

  /// An agent in one state.
  struct Side {
    let agent: Agent
    let bytes: [UInt8]
    /// The contents of the skill's files that have findings, by path.
    var files: [String: [UInt8]] = [:]
    let findings: [Finding]
  }

  /// The rules about the form of a text. A finding in the same section or field before and after an edit counts as the
  /// same.
  private static let ofForm: Set<String> = [
    "encoding-invalid", "encoding-mojibake", "fence-nested", "fence-unclosed", "frontmatter-invalid",
    "frontmatter-large",
    "frontmatter-misplaced", "frontmatter-unclosed", "heading-skip", "table-cells",
  ]

  /// A finding with the values that identify it.
  private struct Item {
    let finding: Finding
    let subject: FindingSubject
    /// The field or section that contains it. A heading belongs to the section before it.
    let place: String
  }

  /// Matches the findings of two states.
  ///
  /// - Parameter keepsAlike: Whether any of the current near-duplicates was one before.
  init(_ before: Side, _ after: Side, keepsAlike: Bool) {
    var (old, new) = (Self.items(before), Self.items(after))
    // If a text occurs twice, the occurrence in another section is the new one. So the closest matches are paired
    // first.
    Self.strike(&old, &new) {
      $0.subject == $1.subject && $0.place == $1.place && $0.finding.message == $1.finding.message
    }
    Self.strike(&old, &new) { $0.subject == $1.subject && $0.place == $1.place }
    Self.strike(&old, &new) { $0.subject == $1.subject }
    Self.strike(&old, &new) {
      $0.finding.rule == $1.finding.rule && $0.finding.severity == $1.finding.severity && $0.place == $1.place
        && Self.ofForm.contains($0.finding.rule)
    }
    self.new = new.map(\.finding)
    gone = old.map(\.finding)
    if keepsAlike { return }
    // The near-duplicate finding was matched as the only one of its file, but it is about other agents.
    self.new = after.findings.filter { $0.rule == Self.alike || self.new.contains($0) }
    gone = before.findings.filter { $0.rule == Self.alike || gone.contains($0) }
  }

  private static let alike = "near-duplicate"

  private static func items(_ side: Side) -> [Item] {
    side.findings.map { finding in
      let bytes = finding.file.map { side.files[$0] ?? [] } ?? side.bytes
      let subject = FindingSubject(finding, of: side.agent, in: bytes)
      let section =
        finding.file != nil
        ? nil : finding.location.flatMap { place in side.agent.outline.last { $0.line < place.line }?.text }
      return Item(finding: finding, subject: subject, place: subject.field ?? section ?? "")
    }
  }

  private static func strike(_ old: inout [Item], _ new: inout [Item], _ isSame: (Item, Item) -> Bool) {
    if old.isEmpty { return }
    new.removeAll { item in
      guard let place = old.firstIndex(where: { isSame($0, item) }) else { return false }
      old.remove(at: place)
      return true
    }
  }
}
