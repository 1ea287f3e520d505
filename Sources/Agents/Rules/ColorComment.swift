import Rules

/// Reports a color that YAML treats as a comment.
enum ColorComment: FrontmatterRule {
  static let rule = Rule(
    "color-comment", .warning, "an unquoted # turns the color into a comment",
    what: "Reports a hexadecimal color without quotation marks.",
    why: "In YAML, a `#` after a space begins a comment: `color: #2563EB` is a field without a value.",
    fix: "Put the color in quotation marks.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      color: #2563EB
      ---
      Read the document.
      """, line: 4),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      color: "#2563EB"
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    for (key, color, range) in frontmatter.read.lostColors {
      findings.add(
        rule, "the color \(color) is a YAML comment, because it begins with #",
        help: "Write \(key): \"\(color)\".", fileRange: range,
        effect: frontmatter.runtime.facts.emptyValue ?? Effect.none)
    }
  }
}
