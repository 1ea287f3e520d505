import Rules

/// Reports misspelled fields.
enum FieldNearMiss: UnknownFieldRule {
  static let rule = Rule(
    "field-near-miss", .warning, "misspelled field name", runtimes: ["claude-code"],
    what: """
      Reports a field whose name is almost that of a field that the runtime reads. The message describes the effect.
      """,
    why: """
      Most runtimes ignore unknown fields. In Claude Code, `allowed_tools` instead of `tools` sets no limit: the agent \
      silently inherits every tool.
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
        + (isStrict ? "it \(agent.predicate(unknown))" : agent.runtime.consequence(of: meant)),
      help: "Did you mean “\(meant)”?", fileRange: field.field.range,
      effect: isStrict ? unknown : Effect(outcome: .partial, evidence: unknown.evidence))
    return true
  }
}
