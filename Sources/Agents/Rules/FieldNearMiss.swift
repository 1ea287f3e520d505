import Rules

/// Reports misspelled fields.
enum FieldNearMiss: UnknownFieldRule {
  static let rule = Rule(
    "field-near-miss", .warning, "a field is spelled almost as one that the runtime knows", runtimes: ["claude-code"],
    what: """
      Reports a field whose name is almost that of a field that the runtime reads. The message says what follows from \
      the slip.
      """,
    why: """
      A runtime ignores fields that it does not know. `allowed_tools` in place of `tools` sets no limit at all: the \
      agent inherits every tool, without a message.
      """,
    fix: "Correct the name.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      allowed_tools: Read
      ---
      Read the document.
      """, line: 4),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ field: UnknownField, of agent: AgentContext, _ findings: inout FindingList) -> Bool {
    guard let meant = field.meant else { return false }
    let unknown = agent.runtime.facts.unknownField
    let isStrict = unknown.outcome > .partial
    findings.add(
      rule,
      "\(agent.title) has no field “\(field.field.key)”; "
        + (isStrict ? "it \(unknown.outcome.predicate)" : agent.runtime.consequence(of: meant)),
      help: "Did you mean “\(meant)”?", fileRange: field.field.range,
      effect: isStrict ? unknown : Effect(outcome: .partial, evidence: unknown.evidence))
    return true
  }
}
