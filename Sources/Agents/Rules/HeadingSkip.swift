import GFM
import Rules

/// Reports headings that skip a level.
enum HeadingSkip: MarkdownRule {
  static let rule = Rule(
    "heading-skip", .note, "a heading skips a level",
    what: "Reports a heading more than one level below the one before it.",
    why: "The outline has a gap. People and screen readers navigate by the outline.",
    fix: "Use the next level.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      ## Steps

      #### First
      """, line: 8),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      ## Steps

      ### First
      """))

  static func problem(with notice: Document.Notice.Kind) -> Problem? {
    guard case .headingSkip(let from, let to) = notice else { return nil }
    return Problem(
      message: "a heading of level \(to) follows one of level \(from)",
      help: "Use level \(from + 1): the outline shows a gap.")
  }
}
