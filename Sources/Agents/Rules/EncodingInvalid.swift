import Rules
import Text

/// Reports bytes that are not UTF-8.
enum EncodingInvalid: ByteRule {
  static let rule = Rule(
    "encoding-invalid", .warning, "invalid UTF-8 or NUL bytes",
    what: """
      Reports bytes that are not UTF-8, and NUL bytes. Pages show each one as �. The file that a page offers for \
      download keeps them.
      """,
    why: "Most programs expect UTF-8. They replace other bytes, or reject the file.",
    fix: "Save the file as UTF-8, and remove NUL bytes.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the\0 document.
      """, line: 6, column: 9),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func problem(with repair: SourceText.Repair.Kind) -> Problem? {
    switch repair {
    case .invalidBytes:
      Problem(message: "the bytes here are not UTF-8 and are shown as �", help: "Save the file as UTF-8.")
    case .nul: Problem(message: "a NUL byte is shown as �", help: "Remove it.")
    case .mojibake: nil
    }
  }
}
