import GFM
import Rules

/// Reports table rows with more cells than columns.
enum TableCells: MarkdownRule {
  static let rule = Rule(
    "table-cells", .note, "a row has more cells than its table has columns",
    what: "Reports a row that has more cells than the head of its table.",
    why: "GitHub does not show the extra cells. Roster does.",
    fix: "Add columns to the head, or write `\\|` for a bar inside a cell.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      | Name |
      |------|
      | a | b |
      """, line: 8),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      | Name |
      |------|
      | a \\| b |
      """))

  static func problem(with notice: Document.Notice.Kind) -> Problem? {
    guard case .cellsExcess = notice else { return nil }
    return Problem(
      message: "this row has more cells than the table has columns; GitHub does not show the extra cells",
      help: "Add columns to the head of the table, or write \\| for a bar inside a cell.")
  }
}
