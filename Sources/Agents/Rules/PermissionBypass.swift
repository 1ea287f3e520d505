import Rules

/// Reports agents that never ask for permission.
enum PermissionBypass: FieldRule {
  static let rule = Rule(
    "permission-bypass", .warning, "never asks for permission", runtimes: ["claude-code"],
    what: "Reports `permissionMode: bypassPermissions`.",
    why: """
      The agent edits files and runs commands without asking. In a file that others install, that is their \
      decision, not its author's.
      """,
    fix: "Remove the field, and let the people who install the agent choose the mode.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      permissionMode: bypassPermissions
      ---
      Read the document.
      """, line: 5, column: 17),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      permissionMode: plan
      ---
      Read the document.
      """))

  static func check(fieldsOf agent: AgentContext, _ findings: inout FindingList) {
    guard agent.runtime.reads("permissionMode"), !agent.agent.isOfPlugin,
      agent.agent.permissionMode == "bypassPermissions", let index = agent.index(of: "permissionMode")
    else { return }
    findings.add(
      rule, "`bypassPermissions` lets the \(agent.noun) edit and run without asking",
      help: "Let the people who install the \(agent.noun) choose the mode.",
      textRange: findings.place(of: "bypassPermissions", inField: index))
  }
}
