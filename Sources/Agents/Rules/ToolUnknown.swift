import Rules
import Text

/// Reports tools that the runtime does not have.
enum ToolUnknown: ToolRule {
  static let rule = Rule(
    "tool-unknown", .warning, "the runtime has no such tool", runtimes: ["claude-code", "opencode", "gemini-cli"],
    what: """
      Reports tools that do not exist. Tools of MCP servers are not checked, nor are the project's own tools in \
      `.opencode/tools`.
      """,
    why: """
      Claude Code silently skips such a tool: `bash` does not grant `Bash`. Gemini CLI ignores the agent.
      """,
    fix: "Correct the name, or remove the tool.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, Bsh
      ---
      Read the document.
      """, line: 4, column: 14),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, Bash
      ---
      Read the document.
      """))

  static func check(_ tool: ListedTool, of agent: AgentContext, _ findings: inout FindingList) {
    let name = tool.tool.name
    guard tool.known == nil, !agent.runtime.isServerTool(name), !agent.runtime.hasCustomTool(name, for: agent.agent)
    else { return }
    let names = agent.runtime.usableTools
    let meant =
      names.first { $0.lowercased() == name.lowercased() } ?? Spelling.suggestion(for: name, among: names)
    let unknown = agent.runtime.facts.unknownTool
    findings.add(
      rule,
      "\(agent.title) has no tool “\(Bounds.cut(name, to: 60))”"
        + (unknown.outcome > .partial ? "; it \(agent.predicate(unknown))" : ""),
      help: meant.map { "Did you mean “\($0)”?" } ?? "Remove it.",
      textRange: findings.place(of: name, inField: tool.field), effect: unknown)
  }
}
