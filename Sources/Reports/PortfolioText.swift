import Catalogs
import Text

/// The numbers of a portfolio for a terminal.
public struct PortfolioText {
  /// The whole text.
  public let text: String

  /// Writes the numbers of a portfolio.
  ///
  /// - Parameter limit: The maximum number of rows in a section.
  public init(_ portfolio: Portfolio, limit: Int) {
    var lines = [
      "\(CountText.of(portfolio.kinds)), \(CountText.of(portfolio.documents, "document"))",
      "descriptions: about \(portfolio.descriptionTokens) tokens; prompts: about \(portfolio.promptTokens)",
    ]
    for section in portfolio.sections {
      // The row for agents without a value is shown even beyond the limit.
      let stated = section.rows.filter { !$0.isUnstated }
      let rows = stated.prefix(limit) + section.rows.filter(\.isUnstated)
      lines += ["", section.kind == nil ? "\(section.title) (files)" : section.title]
      let names = rows.map { TerminalText.line($0.title, to: Self.nameWidth) }
      let largest = section.rows.map(\.count).max() ?? 1
      for (row, name) in zip(rows, names) {
        let number = String(row.count)
        let share = NumberText.share(row.count, of: portfolio.items + (section.kind == nil ? portfolio.documents : 0))
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
}

extension String {
  /// Returns the text with leading spaces up to a width.
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
}
