import Rules
import Text

/// Reports spaces that YAML treats as part of a word.
enum SpaceInvalid: FrontmatterRule {
  static let rule = Rule(
    "space-invalid", .warning, "a no-break space where YAML needs an ordinary one",
    source: "YAML 1.2.2, 6.1 (https://yaml.org/spec/1.2.2/#61-indentation-spaces)",
    what: """
      Reports a no-break space (U+00A0, U+202F) or an ideographic space (U+3000) in an indentation, or after `:` or \
      `-`. Such spaces within a text are fine.
      """,
    why: """
      YAML accepts only the ordinary space there. Others look the same and are read as letters: the field is lost, or \
      a list becomes one text.
      """,
    fix: "Replace it with an ordinary space. `roster check --fix` does this.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      color:\u{A0}red
      tools: Read
      ---
      Read the document.
      """, line: 4, column: 7),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design\u{A0}documents.
      color: red
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    var lastLine = 0
    for space in frontmatter.syntax.spaces where !space.isTab {
      let line = findings.location(of: findings.text.fileOffset(space.range.lowerBound)).line
      guard line != lastLine else { continue }
      lastLine = line
      let name = findings.text.utf8.withUnsafeBufferPointer {
        InvisibleText.name(InvisibleText.scalar(in: $0, at: space.range.lowerBound).value)
      }
      findings.add(
        rule, "\(name) where YAML needs an ordinary space", help: "Replace it with a space.", textRange: space.range)
    }
  }
}
