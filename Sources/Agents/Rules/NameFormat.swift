import Rules

/// Reports names that the runtime does not accept.
enum NameFormat: ValueRule {
  static let rule = Rule(
    "name-format", .warning, "the runtime does not accept the name",
    runtimes: ["claude-code", "gemini-cli", "agent-skill"],
    what: """
      Reports a name that the runtime does not accept. The name of a skill has up to 64 lower-case letters, digits and \
      hyphens, does not begin or end with a hyphen, has no two hyphens in a row, and equals the name of its folder.
      """,
    why: """
      Claude Code ignores an agent whose name starts with a hyphen or contains a colon (since 2.1.218). Gemini CLI \
      ignores an agent whose name has characters other than lower-case letters, digits, `_` and `-`.
      """,
    fix: "Rename the agent.",
    failing: Example(
      """
      ---
      name: design:reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """, line: 2, column: 7),
    passing: Example(
      """
      ---
      name: design-reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func problem(with value: ValueProblem) -> Problem? {
    if case .otherFolder(let folder) = value.kind {
      return Problem(
        message: "“\(value.key)” differs from the folder's name, “\(Bounds.cut(folder, to: 60))”",
        help: "Make both the same.")
    }
    return value.key == "name" ? value.ofSchema : nil
  }
}
