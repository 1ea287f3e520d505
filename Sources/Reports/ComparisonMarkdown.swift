import Differences
import Files

/// A comparison as Markdown: a table, then a diff of the prompts.
public struct ComparisonMarkdown {
  /// The whole comparison.
  public let text: String

  /// Writes a comparison.
  ///
  /// - Parameter showsAll: Whether to include equal fields and unchanged lines.
  public init(_ comparison: SideBySide, showsAll: Bool) {
    let names = comparison.labels.map(MarkdownText.cell)
    var lines = ["|  | \(names.joined(separator: " | ")) |", "| --- |\(names.map { _ in " --- |" }.joined())"]
    for row in comparison.rows where showsAll || !row.isSame {
      lines.append(
        "| \(MarkdownText.cell(row.title)) | \(row.values.map { $0.map(MarkdownText.cell) ?? "–" }.joined(separator: " | ")) |"
      )
    }
    lines.append("")
    for two in comparison.twos {
      lines.append("- \(names[two.left]) and \(names[two.right]): \(SideBySide.words(two.likeness))")
    }
    lines += comparison.files.map { "- \(MarkdownText.code($0.path)): \($0.words)" }
    if let diff = comparison.diff {
      for pair in diff.pairs where showsAll || !pair.diff.isSame { lines += MarkdownText.section(pair) }
    }
    text = lines.joined(separator: "\n")
  }
}
