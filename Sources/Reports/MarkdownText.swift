import Differences
import Text

/// Escapes untrusted text for Markdown.
enum MarkdownText {
  /// Returns a text for a table cell or a line, without bars, line breaks, markup and mentions.
  static func cell(_ text: String) -> String {
    var cell = ""
    for character in InvisibleText.labelled(text) {
      switch character {
      case "\n", "\r", "\r\n": cell += " "
      case "|", "\\", "`", "*", "_", "[", "]", "<", ">", "~", "&", "#": cell += "\\\(character)"
      // An element between the @ and the name keeps servers from notifying people.
      case "@": cell += "<b>@</b>"
      default: cell.append(character)
      }
    }
    return cell
  }

  /// Returns a text as code in a table cell. A bar would end the cell, so it gets a backslash, which the table removes
  /// (https://github.github.com/gfm/#example-200).
  static func cellCode(_ text: String) -> String { code(text).replacing("|", with: "\\|") }

  /// Returns a text as code within a line, outside of tables.
  static func code(_ text: String) -> String {
    let line = InvisibleText.labelled(text).split(whereSeparator: \.isNewline).joined(separator: " ")
    let longest = line.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: longest + 1)
    let room = longest > 0 ? " " : ""
    return line.isEmpty ? "" : "\(fence)\(room)\(line)\(room)\(fence)"
  }

  /// Returns a fenced code block that no line inside can close.
  static func fenced(_ lines: [String], as language: String) -> [String] {
    let lines = lines.map(InvisibleText.labelled)
    let longest = lines.map { $0.split { $0 != "`" }.map(\.count).max() ?? 0 }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ["\(fence)\(language)"] + lines + [fence]
  }

  /// Returns a section of two prompts as a diff.
  ///
  /// - Parameter context: The number of unchanged lines shown around changes; nil for all.
  static func section(_ pair: SectionDiff.Pair, context: Int? = nil) -> [String] {
    let title = pair.title.isEmpty ? "Before the first heading" : pair.title
    return ["", "**\(cell(title))**\(pair.isMoved ? " (moved)" : "")", ""]
      + fenced(lines(pair.diff, context: context), as: "diff")
  }

  /// Returns the differences between two texts as diff lines.
  static func lines(_ diff: TextDiff, context: Int? = nil) -> [String] {
    var lines: [String] = []
    for (place, block) in diff.blocks.enumerated() {
      switch block {
      case .same(let same):
        lines += kept(same, context, isFirst: place == 0, isLast: place == diff.blocks.count - 1).map { "  \($0)" }
      case .removed(let removed): lines += removed.map { "- \($0)" }
      case .added(let added): lines += added.map { "+ \($0)" }
      case .changed(let pieces):
        lines.append("- " + pieces.filter { $0.side != .right }.map(\.text).joined())
        lines.append("+ " + pieces.filter { $0.side != .left }.map(\.text).joined())
      }
    }
    return lines
  }

  private static func kept(_ lines: [String], _ context: Int?, isFirst: Bool, isLast: Bool) -> [String] {
    guard let context else { return lines }
    let (head, tail) = (isFirst ? 0 : context, isLast ? 0 : context)
    guard lines.count > head + tail + 1 else { return lines }
    return lines.prefix(head) + ["… \(lines.count - head - tail) unchanged lines"] + lines.suffix(tail)
  }
}
