import Files

/// A tool in an agent's list.
struct ListedTool {
  let tool: ToolSet.Tool
  /// The index of the field that lists it.
  let field: Int
  /// Whether it is denied instead of allowed.
  let isDenied: Bool
  /// The facts about the tool, or nil if the runtime does not have it.
  let known: KnownTool?
}

extension FindingList {
  /// Checks the tools one by one, then all together.
  mutating func checkTools(of agent: AgentContext) {
    guard agent.runtime.facts.knowsTools, agent.runtime.limitsTools else { return }
    let (runtime, tools) = (agent.runtime, agent.agent.tools)
    // If no pattern of the runtime matches `*`, common words for all tools are accepted.
    let isStar = runtime.facts.toolPatterns.allSatisfy { !$0.schema.problems(with: .text("*")).isEmpty }
    for (key, listed) in [
      (agent.toolsKey, tools.allowed), (runtime.field(meaning: "denied") ?? "disallowedTools", tools.denied),
    ] {
      guard let index = agent.indexOfValue(key) else { continue }
      for tool in listed.prefix(Self.judged) {
        if isStar, ["*", "all", "all tools", "any"].contains(tool.text.lowercased()) { continue }
        let listed = ListedTool(
          tool: tool, field: index, isDenied: key != agent.toolsKey, known: runtime.tool(tool.name))
        for rule in RuleRegistry.tools { rule.check(listed, of: agent, &self) }
      }
    }
    for rule in RuleRegistry.toolLists { rule.check(toolsOf: agent, &self) }
  }
}
