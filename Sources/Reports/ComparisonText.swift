import Differences

/// A comparison for a terminal.
public struct ComparisonText {
  /// The whole comparison.
  public let text: String

  /// The number of unchanged lines shown around changes.
  private static let context = 2

  /// Writes a comparison.
  ///
  /// - Parameters:
  ///   - showsAll: Whether to include equal fields and unchanged lines.
  ///   - hasColour: Whether the terminal shows colors.
  public init(_ comparison: SideBySide, showsAll: Bool, hasColour: Bool) {
    var writer = Writer(hasColour: hasColour, showsAll: showsAll)
    writer.write(comparison)
    text = writer.lines.joined(separator: "\n")
  }

  /// Select Graphic Rendition codes (ECMA-48, 8.3.117). Strike-through and underline mark changes independently of
  /// color.
  private enum Style: String {
    case bold = "1", dim = "2", removed = "31;9", added = "32;4", red = "31", green = "32"
  }

  private struct Writer {
    let hasColour: Bool
    let showsAll: Bool
    var lines: [String] = []

    mutating func write(_ comparison: SideBySide) {
      let width = comparison.rows.map { TerminalText.width(of: $0.title) }.max() ?? 0
      for row in comparison.rows where showsAll || !row.isSame {
        for (place, value) in row.values.enumerated() {
          let title = place == 0 ? row.title : ""
          let shown = TerminalText.line(value ?? "not stated", to: 200)
          lines.append(
            "\(styled(TerminalText.padded(title, to: width), .bold))  \(row.isSame ? "=" : "\(place + 1)") \(value == nil ? styled(shown, .dim) : shown)"
          )
          if row.isSame { break }
        }
      }
      lines.append("")
      for two in comparison.twos {
        let names = comparison.twos.count == 1 ? "prompts" : "\(two.left + 1) and \(two.right + 1)"
        lines.append("\(styled(names, .bold)): \(SideBySide.words(two.likeness))")
      }
      if !comparison.files.isEmpty {
        lines += ["", styled("files", .bold)]
        lines += comparison.files.map { "  \(printable($0.path))  \(styled($0.words, .dim))" }
        lines.append("")
      }
      if let diff = comparison.diff, !diff.isSame { write(diff) }
    }

    private mutating func write(_ diff: SectionDiff) {
      let counts = diff.counts
      lines.append("\(counts.same) words in both, \(counts.removed) only in 1 (−), \(counts.added) only in 2 (+)")
      for pair in diff.pairs where showsAll || pair.isMoved || !pair.diff.isSame {
        let title = pair.title.isEmpty ? "before the first heading" : TerminalText.line(pair.title, to: 100)
        var state =
          pair.left == nil ? "only in 2" : pair.right == nil ? "only in 1" : pair.diff.isSame ? "the same" : ""
        if pair.isMoved { state += state.isEmpty ? "moved" : ", moved" }
        lines += ["", styled("§ \(title)", .bold) + (state.isEmpty ? "" : styled("  \(state)", .dim))]
        for (place, block) in pair.diff.blocks.enumerated() {
          write(block, isFirst: place == 0, isLast: place == pair.diff.blocks.count - 1)
        }
      }
    }

    private mutating func write(_ block: TextDiff.Block, isFirst: Bool, isLast: Bool) {
      switch block {
      case .same(let same):
        let head = isFirst ? 0 : ComparisonText.context
        let tail = isLast ? 0 : ComparisonText.context
        guard !showsAll, same.count > head + tail + 1 else { return lines += same.map { "  " + printable($0) } }
        lines += same.prefix(head).map { "  " + printable($0) }
        lines.append(styled("  … \(same.count - head - tail) unchanged lines", .dim))
        lines += same.suffix(tail).map { "  " + printable($0) }
      case .removed(let removed): lines += removed.map { styled("- " + printable($0), .red) }
      case .added(let added): lines += added.map { styled("+ " + printable($0), .green) }
      case .changed(let pieces):
        if hasColour {
          lines.append("± " + pieces.map { styled(printable($0.text), style($0.side)) }.joined())
        } else {
          lines.append("- " + printable(pieces.filter { $0.side != .right }.map(\.text).joined()))
          lines.append("+ " + printable(pieces.filter { $0.side != .left }.map(\.text).joined()))
        }
      }
    }

    private func style(_ side: TextDiff.Piece.Side) -> Style? {
      switch side {
      case .both: nil
      case .left: .removed
      case .right: .added
      }
    }

    private func printable(_ text: String) -> String { TerminalText.printable(text) }

    private func styled(_ text: String, _ style: Style?) -> String {
      guard hasColour, let style, !text.isEmpty else { return text }
      return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }
  }
}
