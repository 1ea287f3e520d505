import Rules

/// Reports a file that is too large for the Markdown parser.
enum FileLarge: RuleDefinition {
  static let rule = Rule(
    "file-large", .warning, "the file is too large to be read as Markdown",
    what: "Reports a file of more than one mebibyte. Pages show its prompt as plain text.",
    why: "No agent needs that much text, and every call sends it to the model.",
    fix: "Split the file, or leave it out.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      \(repeating: "Read the document.\n", 60_000)
      """),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      \(repeating: "Read the document.\n", 600)
      """))

  /// Checks the size of a file and returns whether it exceeds the limit.
  static func check(_ findings: inout FindingList, limit: Int) -> Bool {
    let count = findings.text.utf8.count
    guard count > limit else { return false }
    findings.add(
      rule, "the file has \(count) bytes, more than \(limit): its prompt is shown as plain text",
      help: "Split it, or leave it out.")
    return true
  }
}
