import Files

/// A tool as an agent lists it.
struct ListedTool {
  let tool: ToolSet.Tool
  /// The field that lists it, by its place among all.
  let field: Int
  /// Whether it is taken away, not given.
  let isDenied: Bool
  /// What is known of it, or nil if the runtime has no such tool.
  let known: KnownTool?
}

extension FindingList {
  /// Checks the tools, one by one, then all together.
  mutating func checkTools(of agent: AgentContext) {
    guard agent.runtime.facts.knowsTools, agent.runtime.limitsTools else { return }
    let (runtime, tools) = (agent.runtime, agent.agent.tools)
    // Where nobody says what stands for all tools, these do.
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
