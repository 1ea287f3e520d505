import Rules
import Text

/// Reports text that was once decoded in the wrong encoding.
enum EncodingMojibake: ByteRule {
  static let rule = Rule(
    "encoding-mojibake", .warning, "text garbled by a wrong encoding",
    what: """
      Reports text such as “â€™” that was “’” before an editor read UTF-8 as Windows-1252, if the original is certain. \
      Pages show the original.
      """,
    why: "A model reads the garbled text.",
    fix: "Write the original characters, and save the file as UTF-8.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Donâ€™t guess.
      """, line: 6, column: 4),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Don’t guess.
      """))

  static func problem(with repair: SourceText.Repair.Kind) -> Problem? {
    guard case .mojibake(let written, let meant) = repair else { return nil }
    return Problem(
      message: "“\(written)” is “\(meant)” decoded as Windows-1252; the page shows the original",
      help: "Write “\(meant)” and save the file as UTF-8.")
  }
}
