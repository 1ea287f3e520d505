import Files
import Rules

/// Reports a file in UTF-16 or UTF-32.
enum EncodingUTF16: FrontmatterRule {
  static let rule = Rule(
    "encoding-utf16", .warning, "the file is UTF-16 or UTF-32",
    what: "Reports a file that is not UTF-8 but UTF-16 or UTF-32. Roster reads it anyway.",
    why: """
      Most programs expect UTF-8 and read UTF-16 as text with a NUL byte beside each letter. Windows PowerShell 5 \
      writes UTF-16 with `>` and `Out-File`.
      """,
    fix: "Save the file as UTF-8. `roster check --fix` does this.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """, encoding: .utf16, line: 1),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    check(effect: frontmatter.runtime.effect(of: .utf16), isMended: !frontmatter.isData, &findings)
  }

  /// Checks the encoding of a file, with or without frontmatter.
  ///
  /// - Parameter isMended: Whether `--fix` converts such files.
  static func check(effect: Effect, isMended: Bool = true, _ findings: inout FindingList) {
    guard findings.text.encoding != .utf8 else { return }
    findings.add(
      rule, "the file is \(findings.text.encoding.title)",
      help: isMended ? "Save it as UTF-8; roster check --fix does this." : "Save it as UTF-8.", fileRange: 0..<0,
      effect: effect)
  }
}
