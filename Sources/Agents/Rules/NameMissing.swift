import Rules

/// Reports an agent without a name.
enum NameMissing: AgentRule {
  static let rule = Rule(
    "name-missing", .error, "no name", runtimes: ["claude-code"],
    what: "Reports an agent without a name, for runtimes that need one.",
    why: """
      Claude Code treats a file without a name as documentation and skips it. Only plugin agents are named after their \
      file.
      """,
    fix: "Add a `name` field.",
    failing: Example(
      """
      ---
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ agent: AgentContext, _ findings: inout FindingList) {
    guard !agent.agent.statesName, agent.agent.source.item == nil, agent.hasFields,
      let effect = agent.neededField("name")?.missing, !findings.isSpared
    else { return }
    findings.add(
      rule, "the \(agent.noun) has no name\(agent.consequence(effect))", help: "Add a `name` field.",
      fileRange: nil, severity: effect.outcome == .partial ? .warning : nil, effect: effect)
  }
}
