import GFM
import Rules

/// Reports links to headings that do not exist.
enum LinkBroken: MarkdownRule {
  static let rule = Rule(
    "link-broken", .warning, "a link to a missing heading",
    what: """
      Reports a link such as `[text](#place)` if the file has neither a heading with that identifier, as GitHub makes \
      it, nor an anchor such as `<a id="place">` or `{#place}`. Case does not matter.
      """,
    why: "The link leads nowhere. Pages show it as text.",
    fix: "Link to the identifier of the heading.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      # Steps

      See the [steps](#step).
      """, line: 8),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      # Steps

      See the [steps](#steps).
      """))

  static func problem(with notice: Document.Notice.Kind) -> Problem? {
    guard case .fragmentMissing(let fragment) = notice else { return nil }
    return Problem(
      message: "the link to \(fragment) leads to no heading or anchor in this file",
      help: "Link to the heading's own identifier. The page shows this link as text.")
  }
}
