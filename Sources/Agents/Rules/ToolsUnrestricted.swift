import Rules

/// Reports agents that list no tools.
enum ToolsUnrestricted: ToolListRule {
  static let rule = Rule(
    "tools-unrestricted", .note, "nothing limits the tools", runtimes: ["claude-code"],
    what: "Reports an agent that lists no tools.",
    why: """
      It inherits every tool of the session: files, commands, the web, and every MCP server. Often this is \
      unintended.
      """,
    fix: "Add a `tools` field with the tools that the agent needs.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
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

  static func check(toolsOf agent: AgentContext, _ findings: inout FindingList) {
    guard agent.agent.kind == .agent, agent.runtime.limitsTools, agent.agent.tools.statement == .inherited,
      agent.runtime.facts.toolShape == .text
    else { return }
    findings.add(
      rule, "no tools are listed, so the agent inherits every tool of the session",
      help: "Add a `tools` field with the tools it needs.", fileRange: nil)
  }
}
