import Rules

/// Reports a description with `\n` in place of line breaks.
enum DescriptionEscaped: AgentRule {
  static let rule = Rule(
    "description-escaped", .warning, "the description has \\n instead of line breaks",
    what: "Reports a description with the two characters `\\n` instead of line breaks.",
    why: """
      In plain and single-quoted YAML a backslash is a backslash: models and people read both characters. Roster shows \
      line breaks.
      """,
    fix: "Write the description as a block after `|`.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads documents.\\nReports gaps.
      tools: Read
      ---
      Read the document.
      """, line: 3, column: 30),
    passing: Example(
      """
      ---
      name: reader
      description: |
        Reads documents.
        Reports gaps.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ agent: AgentContext, _ findings: inout FindingList) {
    guard agent.agent.description.wasEscaped else { return }
    findings.add(
      rule, "the description has the two characters \\n instead of line breaks",
      help: "Write real line breaks in a block after “description: |”.",
      textRange: agent.index(of: "description").flatMap { findings.place(of: "\\n", inField: $0, asWord: false) })
  }
}
