import Rules
import Text

/// Reports values that the runtime does not accept.
enum ValueInvalid: ValueRule {
  static let rule = Rule(
    "value-invalid", .warning, "a field has a value that the runtime does not accept",
    runtimes: ["claude-code", "copilot", "opencode", "gemini-cli", "cursor", "agent-skill"],
    what: """
      Reports a value with a type or a content that the runtime does not accept, and needed fields that are missing.
      """,
    why: """
      Runtimes differ in what they do: OpenCode does not start, Gemini CLI ignores the agent, and for others it is often \
      not documented. The finding says which.
      """,
    fix: "Use one of the values that the message names.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      maxTurns: many
      ---
      Read the document.
      """, line: 5, column: 11),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      maxTurns: 5
      ---
      Read the document.
      """))

  /// Reports every problem that no earlier rule takes.
  static func problem(with value: ValueProblem) -> Problem? {
    switch value.kind {
    case .missing: Problem(message: "the field “\(value.key)” is missing", help: "Add the field.")
    case .empty:
      Problem(message: "“\(value.key)” has no value", help: "Remove the field, or give it a value.")
    case .unmet(let key, let values):
      Problem(
        message: "“\(value.key)” has no effect without \(key): \(values.joined(before: "or"))",
        help: "Add that field, or remove this one.")
    case .notOne(let keys):
      Problem(
        message: "exactly one of \(keys.map { "“\($0)”" }.joined(before: "and")) is needed",
        help: value.range == nil ? "Add one of them." : "Keep one of them.")
    case .schema: value.ofSchema
    case .otherFolder: nil
    }
  }

  /// Reports a file without any of the lists or maps for its items.
  static func check(missing keys: [String], _ effect: Effect, of runtime: Runtime, _ findings: inout FindingList) {
    findings.add(
      rule, "the field \(keys.map { "“\($0)”" }.joined(before: "or")) is missing\(effect.consequence(in: runtime))",
      help: "Add the field.", fileRange: 0..<0, effect: effect)
  }
}
