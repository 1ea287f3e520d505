import Files
import Rules

// What is wrong with the tools of an agent, as its runtime sees them.

extension FindingList {
  /// Looks at the tools, one by one.
  mutating func judgeTools(of agent: Agent, by runtime: Runtime) {
    if agent.dialect == .claudeCode, agent.tools.statement == .inherited {
      add(
        .toolsUnrestricted, "no tools are named, so the agent inherits every tool of the session",
        help: "Name the tools that it needs in a field tools.", fileRange: nil)
    }
    judgeShape(of: agent, by: runtime)
    guard runtime.facts.knowsTools else { return }
    let keys: [(keys: [String], tools: [ToolSet.Tool])] = [
      (["tools"], agent.tools.allowed), (["disallowedTools"], agent.tools.denied),
    ]
    for (keys, tools) in keys {
      guard let index = agent.fields.firstIndex(where: { keys.contains($0.key) && !$0.value.isEmpty }) else { continue }
      for tool in tools.prefix(Self.judged) { judge(tool, of: agent, by: runtime, field: index) }
    }
    judgeWhole(agent, by: runtime)
  }

  /// Looks whether tools are stated as the runtime wants them.
  private mutating func judgeShape(of agent: Agent, by runtime: Runtime) {
    guard let field = agent.fields.first(where: { $0.key == "tools" && !$0.value.isEmpty }) else { return }
    let problem: String? =
      switch (runtime.facts.toolShape, field.value) {
      case (.list, .list), (.map, .map), (.text, _), (.none, _): nil
      case (.list, _): "a list of names"
      case (.map, _): "a map of names, each on or off"
      }
    guard let problem else { return }
    add(
      .toolsShape, "\(agent.dialect.title) wants \(problem) as tools",
      help: runtime.facts.toolShape == .list
        ? "Write each tool on a line of its own, behind a hyphen." : "Write each as name: true, or name: false.",
      fileRange: field.range, severity: runtime.facts.skips.contains(.shape) ? nil : .warning, cause: .obstacle(.shape))
  }

  private mutating func judge(_ tool: ToolSet.Tool, of agent: Agent, by runtime: Runtime, field index: Int) {
    if ["*", "all", "all tools", "any"].contains(tool.text.lowercased()) { return }
    guard let known = runtime.tool(tool.name) else {
      guard !Runtimes.isFromServer(tool.name) else { return }
      let names = runtime.usableTools
      let meant =
        names.first { $0.lowercased() == tool.name.lowercased() } ?? Spelling.suggestion(for: tool.name, among: names)
      add(
        .toolUnknown, "\(agent.dialect.title) has no tool “\(Bounds.cut(tool.name, to: 60))”",
        help: meant.map { "Did you mean “\($0)”?" }
          ?? "Take it out; the tools of MCP servers are named mcp__server__tool.",
        textRange: place(of: tool.name, inField: index), severity: runtime.facts.skips.contains(.tools) ? .error : nil,
        cause: .obstacle(.tools))
      return
    }
    if known.isWithheld {
      add(
        .toolUnavailable, "subagents never get \(tool.name)", help: "Take it out, and what the prompt says of it.",
        textRange: place(of: tool.name, inField: index), cause: .passedBy)
    } else if let fate = (runtime.listedTool(tool.name) ?? known).fate {
      add(
        .toolLegacy, "\(tool.name) \(fate.what)", help: fate.help, textRange: place(of: tool.name, inField: index))
    }
  }

  private mutating func judgeWhole(_ agent: Agent, by runtime: Runtime) {
    let tools = agent.tools
    guard agent.dialect == .claudeCode, tools.statement == .listed, !tools.allowed.isEmpty,
      let index = agent.fields.firstIndex(where: { $0.key == "tools" })
    else { return }
    let isThere = tools.allowed.contains { runtime.tool($0.name) != nil || Runtimes.isFromServer($0.name) }
    if !isThere {
      add(
        .toolsNoneExist,
        "none of the tools exists in Claude Code: \(Bounds.cut(tools.allowed.map(\.name).joined(separator: ", "), to: 100))",
        help: "Name tools such as Read, Grep, Edit and Bash, or take the field out to inherit all.",
        fileRange: agent.fields[index].range, cause: .passedBy)
    }
  }
}
