import Catalogs

/// A catalog in numbers, for a terminal.
public struct PortfolioText {
  /// All numbers.
  public let text: String

  /// Writes the numbers of a portfolio.
  ///
  /// - Parameter limit: how many rows of a section are listed.
  public init(_ portfolio: Portfolio, limit: Int) {
    var lines = [
      "\(CountText.of(portfolio.kinds)), \(CountText.of(portfolio.documents, "document"))",
      "descriptions: about \(portfolio.descriptionTokens) tokens; prompts: about \(portfolio.promptTokens)",
    ]
    for section in portfolio.sections {
      // What states nothing is told of, however many kinds there are.
      let stated = section.rows.filter { !$0.isUnstated }
      let rows = stated.prefix(limit) + section.rows.filter(\.isUnstated)
      lines += ["", section.kind == nil ? "\(section.title) (files)" : section.title]
      let names = rows.map { TerminalText.line($0.title, to: Self.nameWidth) }
      let largest = section.rows.map(\.count).max() ?? 1
      for (row, name) in zip(rows, names) {
        let number = String(row.count)
        let share = Self.share(row.count, of: portfolio.items + (section.kind == nil ? portfolio.documents : 0))
        let bar = String(repeating: "▪", count: largest == 0 ? 0 : (row.count * Self.barWidth + largest - 1) / largest)
        lines.append(
          "  \(TerminalText.padded(name, to: Self.nameWidth))\(number.leftPadded(to: 8))\(share.leftPadded(to: 8))  \(bar)"
        )
      }
      if stated.count > limit { lines.append("  and \(stated.count - limit) more") }
    }
    text = lines.joined(separator: "\n")
  }

  private static let (nameWidth, barWidth) = (40, 24)

  private static func share(_ count: Int, of all: Int) -> String {
    let percent = all == 0 ? 0 : (min(count, all) * 100 + all / 2) / all
    return percent == 0 && count > 0 ? "< 1%" : "\(percent)%"
  }
}

extension String {
  /// The text with spaces in front of it.
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
}
