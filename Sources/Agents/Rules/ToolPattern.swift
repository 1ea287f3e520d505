import Rules

/// Reports patterns that do not limit a tool.
enum ToolPattern: ToolRule {
  static let rule = Rule(
    "tool-pattern", .warning, "a pattern in parentheses does not limit the tool", runtimes: ["claude-code"],
    what: "Reports a pattern in parentheses after a tool, for runtimes that ignore it there.",
    why: """
      In an agent's `tools`, Claude Code reads `Bash(git diff:*)` as all of `Bash`. Such patterns limit a tool only in \
      the permission rules of settings. In the `allowed-tools` of skills and commands they only approve commands in \
      advance.
      """,
    fix: "Use permission rules in the settings to limit a tool.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read, Bash(git:*)
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
    guard let known = tool.known, tool.tool.specifier != nil, !tool.isDenied, known.patternLimit == nil,
      let specifiers = agent.runtime.facts.specifiers
    else { return }
    let meaning = known.patternMeaning ?? (specifiers.why.isEmpty ? "does not limit the tool" : specifiers.why)
    findings.add(
      rule, "“\(Bounds.cut(tool.tool.text, to: 60))” \(meaning)",
      help: known.patternMeaning == nil
        ? "Use permission rules in the settings to limit a tool." : "Do not rely on it in a subagent.",
      textRange: findings.place(of: tool.tool.name, inField: tool.field),
      severity: known.patternMeaning == nil ? nil : .note, effect: specifiers)
  }
}
