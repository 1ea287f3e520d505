import Rules

/// Reports a tool list in a form that the runtime does not read.
enum ToolsShape: ValueRule {
  static let rule = Rule(
    "tools-shape", .error, "the tool list has the wrong format",
    runtimes: ["opencode", "gemini-cli"],
    what: "Reports a tools field in a form that the runtime does not read.",
    why: """
      OpenCode needs a map of names, each `true` or `false`, and does not start otherwise. Gemini CLI needs a list, \
      and \
      ignores a file with anything else. Files copied from Claude Code often have text with commas.
      """,
    fix: "Write the tools in the form that the message names.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: read_file, glob
      ---
      Read the document.
      """, in: ".gemini/agents/reader.md", line: 4, column: 8),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: [read_file, glob]
      ---
      Read the document.
      """, in: ".gemini/agents/reader.md"))

  static func problem(with value: ValueProblem) -> Problem? {
    value.key == "tools" && value.isType ? value.ofSchema : nil
  }
}
