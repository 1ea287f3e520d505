import GFM
import Rules

/// Reports unmatched code fences.
enum FenceUnclosed: MarkdownRule {
  static let rule = Rule(
    "fence-unclosed", .warning, "unmatched code fence",
    what: """
      Reports a code block that is never closed, a fence that closes nothing, and a fence that is part of the HTML \
      above it. Only the first cause is reported, not the fences that it shifts.
      """,
    why: "One missing or extra fence swaps text and code up to the next one, or to the end of the file.",
    fix: "Close the block, or remove the extra fence. HTML ends at a blank line: add one above the fence.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Answer in this form:

      ```
      verdict: pass
      """, line: 8),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Answer in this form:

      ```
      verdict: pass
      ```
      """))

  static func problem(with notice: Document.Notice.Kind) -> Problem? {
    guard case .fenceUnpaired(let fence) = notice else { return nil }
    return switch fence {
    case .unclosed(let next?):
      Problem(
        message: "the code block that starts here is not closed before the next one starts, on line \(next)",
        help: "Close it before the text that follows: everything up to the next fence is code.")
    case .unclosed(nil):
      Problem(
        message: "the code block that starts here is never closed: the rest of the file is code",
        help: "Close it with a fence of the same length, or remove this fence if it closes nothing.")
    case .stray:
      Problem(
        message: "this fence closes no code block, so it starts one: the text below is code",
        help: "Remove it, or add the fence that is missing.")
    case .swallowed:
      Problem(
        message: "this fence is part of the HTML above it, so it starts no code block",
        help: "Add a blank line above it: HTML ends only at a blank line.")
    }
  }
}
