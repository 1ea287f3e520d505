import Rules

/// Reports tools that were removed or renamed.
enum ToolLegacy: ToolRule {
  static let rule = Rule(
    "tool-legacy", .note, "renamed or removed tool", runtimes: ["claude-code"],
    what: """
      Reports tools that were removed or renamed. Claude Code no longer has `MultiEdit`, `LS`, `NotebookRead` and \
      `SlashCommand`, and newer models lack `TodoWrite` and most tools for tasks. `KillShell` is now `TaskStop`; since \
      2.1.63, `Task` is `Agent`.
      """,
    why: "The runtime ignores a tool that was removed. An old name still works, and may stop working.",
    fix: "Use the new name, or remove the tool.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, MultiEdit
      ---
      Read the document.
      """, line: 4, column: 14),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, Edit
      ---
      Read the document.
      """))

  static func check(_ tool: ListedTool, of agent: AgentContext, _ findings: inout FindingList) {
    let name = tool.tool.name
    // For a tool that subagents never get, `ToolUnavailable` reports the more important problem.
    guard let known = tool.known, !known.isWithheld || tool.isDenied,
      let fate = (agent.runtime.listedTool(name) ?? known).fate
    else { return }
    let others = tool.isDenied ? agent.agent.tools.denied : agent.agent.tools.allowed
    let help = fate.replacement.flatMap { replacement in
      others.contains { $0.name == replacement } ? "Remove it. \(replacement) is already listed." : nil
    }
    findings.add(
      rule, "\(name) \(fate.what)", help: help ?? fate.help, textRange: findings.place(of: name, inField: tool.field),
      effect: known.isGone ? Effect(outcome: .partial, evidence: known.evidence) : nil)
  }
}
