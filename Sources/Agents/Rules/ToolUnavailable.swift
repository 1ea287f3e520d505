import Rules

/// Reports tools that subagents never get.
enum ToolUnavailable: ToolRule {
  static let rule = Rule(
    "tool-unavailable", .warning, "subagents never get this tool", runtimes: ["claude-code"],
    what: """
      Reports tools that subagents never get, such as `AskUserQuestion`, `EnterPlanMode` and `TaskOutput` in Claude Code.
      """,
    why: """
      A subagent does not get them, whatever its file says. A prompt that relies on asking the user does not work.
      """,
    fix: "Remove the tool and its mentions in the prompt.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, AskUserQuestion
      ---
      Read the document.
      """, line: 4, column: 14),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ tool: ListedTool, of agent: AgentContext, _ findings: inout FindingList) {
    guard let known = tool.known, known.isWithheld, !tool.isDenied else { return }
    // Only an agent that runs as the main session uses its initial prompt (Claude Code docs, Create custom subagents).
    let isForMainSession = agent.agent.value("initialPrompt") != nil
    findings.add(
      rule, "subagents never get \(tool.tool.name)",
      help: isForMainSession
        ? "Remove it, unless the agent only runs as the main session." : "Remove it and its mentions in the prompt.",
      textRange: findings.place(of: tool.tool.text, inField: tool.field),
      effect: Effect(outcome: .partial, evidence: known.evidence))
  }
}
