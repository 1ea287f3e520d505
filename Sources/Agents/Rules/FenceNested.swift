import GFM
import Rules

/// Reports code blocks inside code blocks.
enum FenceNested: MarkdownRule {
  static let rule = Rule(
    "fence-nested", .warning, "nested code blocks with fences of the same length",
    what: "Reports a code block that contains another one with a fence of the same length.",
    why: """
      The first closing fence ends the outer block. The rest of the example becomes part of the prompt, and later text \
      becomes code.
      """,
    fix: "Use four backticks for the outer fences, and three inside.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      ```md
      An example:
      ```js
      run()
      ```
      ```
      """, line: 6),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      ````md
      An example:
      ```js
      run()
      ```
      ````
      """))

  static func problem(with notice: Document.Notice.Kind) -> Problem? {
    guard case .fenceNested(let inner) = notice else { return nil }
    return Problem(
      message: "the code block that starts here contains another one on line \(inner), whose closing fence ends both",
      help: "Make the outer fences longer than the inner ones: four backticks around three.")
  }
}
