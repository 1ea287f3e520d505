import Rules

/// Reports tool lists in which no tool exists.
enum ToolsNoneExist: ToolListRule {
  static let rule = Rule(
    "tools-none-exist", .error, "none of the tools exists in the runtime", runtimes: ["claude-code"],
    what: "Reports a list of tools in which no tool exists.",
    why: """
      Claude Code lists such an agent, but refuses to start it since 2.1.208. Older versions started it without tools.
      """,
    fix: "List existing tools, or remove the field to inherit all.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: read-file, search
      ---
      Read the document.
      """, line: 4),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, search
      ---
      Read the document.
      """))

  static func check(toolsOf agent: AgentContext, _ findings: inout FindingList) {
    let (runtime, tools) = (agent.runtime, agent.agent.tools)
    guard tools.statement == .listed, !tools.allowed.isEmpty, runtime.facts.noToolResolves != .unknown,
      let index = agent.index(of: agent.toolsKey)
    else { return }
    let isThere = tools.allowed.contains {
      runtime.tool($0.name).map { (!$0.isGone || $0.staysOnOlderModels) && !$0.isWithheld }
        ?? runtime.isServerTool($0.name)
    }
    guard !isThere else { return }
    let effect = runtime.facts.noToolResolves
    // A plugin agent with broken frontmatter has every tool.
    if findings.fieldsAreLost, findings.isSpared { return }
    let names = Bounds.cut(tools.allowed.map(\.name).joined(separator: ", "), to: 100)
    findings.add(
      rule, "none of the tools can be used: \(names)\(findings.fieldsAreLost ? "" : agent.consequence(effect))",
      help: "List existing tools, or remove the field to inherit all.", fileRange: agent.agent.fields[index].range,
      severity: effect.outcome == .partial ? .warning : nil, effect: effect)
  }
}
