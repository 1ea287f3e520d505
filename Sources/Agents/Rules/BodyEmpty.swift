import Rules

/// Reports an agent without a prompt.
enum BodyEmpty: AgentRule {
  static let rule = Rule(
    "body-empty", .warning, "empty prompt",
    what: "Reports a file with nothing after its frontmatter.",
    why: "The agent gets no instructions beyond its name and description.",
    fix: "Describe what the agent should do, and how.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
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
    guard agent.prompt.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else { return }
    if agent.changesBuiltIn { return }
    // A missing field has its own finding if the runtime requires it.
    if let key = agent.agent.promptField, let fact = agent.runtime.field(key) {
      guard let value = agent.agent.fields.first(where: { $0.key == key })?.value else {
        if fact.missing != nil { return }
        return findings.add(
          rule, "the prompt is missing", help: "Add a field `\(key)` that says what the \(agent.noun) should do.",
          fileRange: nil, effect: agent.hasFields ? agent.runtime.effect(of: .emptyPrompt) : nil)
      }
      if !fact.schema.problems(with: value).isEmpty { return }
    }
    // Remote agents need no prompt.
    if agent.runtime.facts.variants.contains(where: { $0.isMeant(by: agent.agent.fields) }) { return }
    let effect = agent.hasFields ? agent.runtime.effect(of: .emptyPrompt) : nil
    findings.add(
      rule,
      (agent.agent.format == .markdown ? "the file has no prompt after the frontmatter" : "the prompt is empty")
        + (effect.map { $0.outcome >= .unusable ? agent.consequence($0) : "" } ?? ""),
      help: agent.agent.kind == .instruction
        ? "Write the instructions." : "Describe what the \(agent.noun) should do, and how.",
      fileRange: nil, effect: effect)
  }
}
