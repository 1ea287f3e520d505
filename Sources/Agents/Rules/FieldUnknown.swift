import Rules

/// Reports fields that the runtime does not know.
enum FieldUnknown: UnknownFieldRule {
  static let rule = Rule(
    "field-unknown", .note, "a field is unknown to the runtime", runtimes: ["claude-code"],
    what: """
      Reports a field that the runtime does not read. Fields that many programs use for their own purposes, such as \
      `version`, are not reported, unless the runtime rejects them. The agent's page shows every field.
      """,
    why: """
      Most runtimes ignore such a field, which does no harm if it is meant for people or other programs. Gemini CLI \
      ignores the whole file, so the finding is an error there.
      """,
    fix: "Keep the field if people or other tools use it. If not, remove it.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      zebra: 1
      ---
      Read the document.
      """, line: 5),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      version: 1
      ---
      Read the document.
      """))

  static func check(_ field: UnknownField, of agent: AgentContext, _ findings: inout FindingList) -> Bool {
    let unknown = agent.runtime.facts.unknownField
    let key = field.field.key
    // The message states the kind, because a field of agents can be unknown for commands.
    let scope = agent.agent.kind == .agent || agent.runtime.facts.isOpenFormat ? "" : " for \(agent.agent.kind.plural)"
    if unknown.outcome == .unknown {
      guard !Runtimes.common.contains(key) else { return true }
      findings.add(
        rule, "it is not documented whether \(agent.title) has a field “\(key)”\(scope)",
        help: "Remove the field, unless you know that it is read.", fileRange: field.field.range, severity: .note,
        effect: unknown)
    } else if unknown.outcome > .partial {
      findings.add(
        rule, "\(agent.title) has no field “\(key)”\(scope); it \(agent.predicate(unknown))",
        help: "Remove the field.", fileRange: field.field.range, effect: unknown)
    } else if !Runtimes.common.contains(key) {
      let saysWhy = unknown.outcome == .loads || agent.agent.kind != .agent
      let why = saysWhy && !unknown.why.isEmpty ? unknown.why : "it ignores the field"
      findings.add(
        rule, "\(agent.title) has no field “\(key)”\(scope); \(why)",
        help: "Keep it if people or other tools use it. If not, remove it.", fileRange: field.field.range,
        effect: Effect(outcome: unknown.outcome, evidence: unknown.evidence))
    }
    return true
  }
}
