import Files
import Rules

// What is wrong with the tools of an agent, as its runtime sees them.

extension FindingList {
  /// Looks at the tools, one by one.
  mutating func judgeTools(of agent: Agent) {
    if agent.dialect == .claudeCode, agent.tools.statement == .inherited {
      add(
        .toolsUnrestricted, "no tools are named, so the agent inherits every tool of the session",
        help: "Name the tools that it needs in a field tools.", fileRange: nil)
    }
    guard RuntimeFacts.of(agent.dialect)?.knowsTools ?? false else { return }
    let keys: [(keys: [String], tools: [ToolSet.Tool])] = [
      (["tools"], agent.tools.allowed), (["disallowedTools"], agent.tools.denied),
    ]
    for (keys, tools) in keys {
      guard let index = agent.fields.firstIndex(where: { keys.contains($0.key) && !$0.value.isEmpty }) else { continue }
      for tool in tools.prefix(Self.judged) { judge(tool, of: agent, field: index) }
    }
    judgeWhole(agent)
  }

  private mutating func judge(_ tool: ToolSet.Tool, of agent: Agent, field index: Int) {
    let name = Tools.canonical(tool.name, agent.dialect)
    if ["*", "all", "all tools", "any"].contains(tool.text.lowercased()) { return }
    guard Tools.known(name, agent.dialect) != nil else {
      guard !Tools.isFromServer(tool.name) else { return }
      let names = Tools.names(of: agent.dialect)
      let meant =
        names.first { $0.lowercased() == tool.name.lowercased() } ?? Spelling.suggestion(for: tool.name, among: names)
      add(
        .toolUnknown, "\(agent.dialect.title) has no tool “\(Bounds.cut(tool.name, to: 60))”",
        help: meant.map { "Did you mean “\($0)”?" }
          ?? "Take it out; the tools of MCP servers are named mcp__server__tool.",
        textRange: place(of: tool.name, inField: index))
      return
    }
    guard agent.dialect == .claudeCode else { return }
    if Tools.neverInSubagents.contains(name) {
      add(
        .toolUnavailable, "subagents never get \(tool.name)", help: "Take it out, and what the prompt says of it.",
        textRange: place(of: tool.name, inField: index))
    } else if let now = Tools.whatBecame(of: tool.name) {
      add(.toolLegacy, "\(tool.name) \(now.fate)", help: now.help, textRange: place(of: tool.name, inField: index))
    }
  }

  private mutating func judgeWhole(_ agent: Agent) {
    let tools = agent.tools
    guard agent.dialect == .claudeCode, tools.statement == .listed, !tools.allowed.isEmpty,
      let index = agent.fields.firstIndex(where: { $0.key == "tools" })
    else { return }
    let isThere = tools.allowed.contains { Tools.isFromServer($0.name) || Tools.known($0.name, agent.dialect) != nil }
    if !isThere {
      add(
        .toolsNoneExist,
        "none of the tools exists in Claude Code: \(Bounds.cut(tools.allowed.map(\.name).joined(separator: ", "), to: 100))",
        help: "Name tools such as Read, Grep, Edit and Bash, or take the field out to inherit all.",
        fileRange: agent.fields[index].range)
    }
  }
}
