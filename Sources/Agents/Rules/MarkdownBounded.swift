import GFM
import Rules

/// Reports text that takes Markdown parsers too long.
enum MarkdownBounded: MarkdownRule {
  static let rule = Rule(
    "markdown-bounded", .warning, "the Markdown takes too long to parse",
    what: """
      Reports a text that takes Markdown parsers quadratic time. Pages show it as \
      plain text.
      """,
    why: "Editors and sites that parse such a file become slow. Ordinary text is far from these bounds.",
    fix: "Simplify the text: split long paragraphs, and remove repeated marks.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      \(repeating: "![[]()", 5000)
      """),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      \(repeating: "![[]()", 50)
      """))

  static func problem(with notice: Document.Notice.Kind) -> Problem? {
    guard case .tooComplex(let excess) = notice else { return nil }
    return Problem(
      message: "the text has \(excess), which takes too long to parse; it is shown as plain text",
      help: "Simplify it. Text for readers never needs this.", concernsFile: true)
  }
}
