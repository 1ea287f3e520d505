import Differences
import Files

/// A comparison as Markdown: a table, then what differs as `diff` shows it.
struct ComparisonMarkdown {
  let text: String

  init(_ comparison: SideBySide, showsAll: Bool) {
    let names = comparison.entries.map { Self.cell($0.slug) }
    var lines = ["|  | \(names.joined(separator: " | ")) |", "| --- |\(names.map { _ in " --- |" }.joined())"]
    for row in comparison.rows where showsAll || !row.isSame {
      lines.append(
        "| \(Self.cell(row.title)) | \(row.values.map { $0.map(Self.cell) ?? "–" }.joined(separator: " | ")) |")
    }
    lines.append("")
    for two in comparison.twos {
      lines.append("- \(names[two.left]) and \(names[two.right]): \(SideBySide.words(two.likeness))")
    }
    if let diff = comparison.diff {
      for pair in diff.pairs where showsAll || !pair.diff.isSame { lines += Self.section(pair) }
    }
    text = lines.joined(separator: "\n")
  }

  private static func section(_ pair: SectionDiff.Pair) -> [String] {
    var lines: [String] = []
    for block in pair.diff.blocks {
      switch block {
      case .same(let same): lines += same.map { "  \($0)" }
      case .removed(let removed): lines += removed.map { "- \($0)" }
      case .added(let added): lines += added.map { "+ \($0)" }
      case .changed(let pieces):
        lines.append("- " + pieces.filter { $0.side != .right }.map(\.text).joined())
        lines.append("+ " + pieces.filter { $0.side != .left }.map(\.text).joined())
      }
    }
    // A fence that nothing inside can close.
    let longest = lines.map { $0.split { $0 != "`" }.map(\.count).max() ?? 0 }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let title = pair.title.isEmpty ? "Before the first heading" : pair.title
    return ["", "**\(cell(title))**\(pair.isMoved ? " (moved)" : "")", "", "\(fence)diff"] + lines + [fence]
  }

  /// A text in a cell: no bar, no line break, nothing that is markup.
  private static func cell(_ text: String) -> String {
    var cell = ""
    for character in text {
      switch character {
      case "\n", "\r", "\r\n": cell += " "
      case "|", "\\", "`", "*", "_", "[", "]", "<", ">", "~", "&": cell += "\\\(character)"
      default: cell.append(character)
      }
    }
    return cell
  }
}
