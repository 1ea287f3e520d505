import Rules
import Text

// What is wrong with the tools of an agent, as its runtime sees them.

extension FindingList {
  /// Looks at the tools, one by one.
  mutating func judgeTools(of agent: Agent, by runtime: Runtime) {
    let field = runtime.field(meaning: "tools") ?? "tools"
    if agent.tools.statement == .inherited, runtime.facts.toolShape == .text, runtime.facts.knowsTools {
      add(
        .toolsUnrestricted, "no tools are listed, so the agent inherits every tool of the session",
        help: "Add a `tools` field with the tools it needs.", fileRange: nil)
    }
    guard runtime.facts.knowsTools else { return }
    let keys: [(key: String, tools: [ToolSet.Tool])] = [
      (field, agent.tools.allowed), (runtime.field(meaning: "denied") ?? "disallowedTools", agent.tools.denied),
    ]
    for (key, tools) in keys {
      guard let index = agent.fields.firstIndex(where: { $0.key == key && !$0.value.isEmpty }) else { continue }
      for tool in tools.prefix(Self.judged) {
        judge(tool, of: agent, by: runtime, field: index, isDenied: key != field)
      }
    }
    judgeWhole(agent, by: runtime, field)
  }

  private mutating func judge(
    _ tool: ToolSet.Tool, of agent: Agent, by runtime: Runtime, field index: Int, isDenied: Bool
  ) {
    // Where nobody says what stands for all tools, these do.
    let isStar = runtime.facts.toolPatterns.allSatisfy { !$0.schema.problems(with: .text("*")).isEmpty }
    if isStar, ["*", "all", "all tools", "any"].contains(tool.text.lowercased()) { return }
    guard let known = runtime.tool(tool.name) else {
      guard !runtime.isServerTool(tool.name) else { return }
      let names = runtime.usableTools
      let meant =
        names.first { $0.lowercased() == tool.name.lowercased() } ?? Spelling.suggestion(for: tool.name, among: names)
      let unknown = runtime.facts.unknownTool
      add(
        .toolUnknown,
        "\(agent.dialect.title) has no tool “\(Bounds.cut(tool.name, to: 60))”"
          + (unknown.outcome > .partial ? "; it \(unknown.outcome.predicate)" : ""),
        help: meant.map { "Did you mean “\($0)”?" } ?? "Remove it. Tools of MCP servers are named mcp__server__tool.",
        textRange: place(of: tool.name, inField: index), effect: unknown)
      return
    }
    if known.isWithheld, !isDenied {
      add(
        .toolUnavailable, "subagents never get \(tool.name)", help: "Remove it, and what the prompt says about it.",
        textRange: place(of: tool.name, inField: index), effect: Effect(outcome: .partial, evidence: known.evidence))
    } else if let fate = (runtime.listedTool(tool.name) ?? known).fate {
      add(
        .toolLegacy, "\(tool.name) \(fate.what)", help: fate.help, textRange: place(of: tool.name, inField: index),
        effect: known.isGone ? Effect(outcome: .partial, evidence: known.evidence) : nil)
    }
    if tool.specifier != nil, !isDenied, let specifiers = runtime.facts.specifiers {
      add(
        .toolPattern,
        "“\(Bounds.cut(tool.text, to: 60))” \(specifiers.why.isEmpty ? "does not limit the tool" : specifiers.why)",
        help: "Use permission rules in the settings to limit a tool.", textRange: place(of: tool.name, inField: index),
        effect: specifiers)
    }
  }

  private mutating func judgeWhole(_ agent: Agent, by runtime: Runtime, _ key: String) {
    let tools = agent.tools
    guard tools.statement == .listed, !tools.allowed.isEmpty, runtime.facts.noToolResolves != .unknown,
      let index = agent.fields.firstIndex(where: { $0.key == key })
    else { return }
    let isThere = tools.allowed.contains {
      runtime.tool($0.name).map { !$0.isGone && !$0.isWithheld } ?? runtime.isServerTool($0.name)
    }
    if !isThere {
      let effect = runtime.facts.noToolResolves
      add(
        .toolsNoneExist,
        "none of the tools exists: \(Bounds.cut(tools.allowed.map(\.name).joined(separator: ", "), to: 100)); \(agent.dialect.title) \(effect.outcome.predicate)",
        help: "List existing tools, or remove the field to inherit all.", fileRange: agent.fields[index].range,
        effect: effect)
    }
  }
}
