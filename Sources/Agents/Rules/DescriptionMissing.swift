import Rules

/// Reports an agent without a description.
enum DescriptionMissing: AgentRule {
  static let rule = Rule(
    "description-missing", .error, "no description", runtimes: ["claude-code"],
    what: "Reports an agent without a description.",
    why: "A model chooses an agent by its description alone. Claude Code ignores an agent without one.",
    fix: "Add a `description` field that says when to use the agent.",
    failing: Example(
      """
      ---
      name: reader
      description:
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
    guard agent.agent.description.text.isEmpty, agent.hasFields, !agent.isNeedless("description"), !agent.changesBuiltIn
    else { return }
    let fact = agent.neededField("description")
    // A blank description still counts as present in some runtimes.
    let isBlank = agent.agent.fields.contains { $0.key == "description" && $0.value != .null }
    let effect = isBlank ? fact.map { $0.missing == nil ? nil : $0.wrong } ?? nil : fact?.missing
    guard effect != nil || agent.agent.kind == .agent else { return }
    let consequence =
      effect.map { effect in
        if findings.isSpared { return "" }
        if effect.outcome == .partial, let known = fact?.consequence { return "; \(known)" }
        return agent.consequence(effect)
      } ?? ""
    findings.add(
      rule, "the \(agent.agent.kind.noun) has no description" + consequence,
      help: "Add a `description` field that says when to use the \(agent.noun). A model chooses by it.", fileRange: nil,
      severity: effect == nil || findings.isSpared ? .warning : nil, effect: effect)
  }
}
