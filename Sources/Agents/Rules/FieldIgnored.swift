import Rules

/// Reports fields that are ignored in plugin agents.
enum FieldIgnored: KnownFieldRule {
  static let rule = Rule(
    "field-ignored", .warning, "a field is ignored in plugin agents", runtimes: ["claude-code"],
    what: "Reports fields that a runtime ignores in plugin agents.",
    why: "Claude Code does not let plugin agents choose their permission mode, or add hooks or MCP servers.",
    fix: "Document the setting for users of the plugin.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      permissionMode: plan
      ---
      Read the document.
      """, in: "plugins/design/agents/reader.md", line: 5),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      maxTurns: 3
      ---
      Read the document.
      """, in: "plugins/design/agents/reader.md"))

  static func check(_ field: Field, _ fact: FieldFact, of agent: AgentContext, _ findings: inout FindingList) {
    guard agent.agent.isOfPlugin, fact.isIgnoredInPlugins else { return }
    findings.add(
      rule, "“\(field.key)” is ignored in plugin agents",
      help: "Document the setting for users of the plugin.",
      fileRange: field.range, effect: Effect(outcome: .partial, evidence: agent.runtime.facts.pluginEvidence))
  }
}
