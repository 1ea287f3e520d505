import Agents
import Catalogs

/// A table of agents for a terminal.
public enum AgentTable {
  /// The maximum width of a column.
  private static let widest = 32

  /// Returns the lines of the table, starting with the header; empty if there are no agents.
  public static func lines(of catalog: Catalog, width: Int) -> [String] {
    let tellsKinds = catalog.kinds.contains { $0.kind != .agent }
    let rows = catalog.entries.map { entry in
      [entry.slug] + (tellsKinds ? [entry.agent.kind.noun] : []) + [
        reach(entry), entry.agent.model ?? "–", String(entry.agent.promptMeasure.tokens),
        entry.findingCount == 0 ? "–" : String(entry.findingCount), entry.agent.source.displayLabel,
      ]
    }
    if rows.isEmpty { return [] }
    let table = [["NAME"] + (tellsKinds ? ["KIND"] : []) + ["REACH", "MODEL", "TOKENS", "FINDINGS", "FILE"]] + rows
    let columns = table[0].indices.map { column in
      min(widest, table.map { TerminalText.width(of: TerminalText.printable($0[column])) }.max() ?? 0)
    }
    return table.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        if column == row.count - 1 {
          line += TerminalText.line(cell, to: max(12, width - TerminalText.width(of: line)))
        } else {
          line += TerminalText.padded(TerminalText.line(cell, to: columns[column]), to: columns[column]) + "  "
        }
      }
      return line
    }
  }

  private static func reach(_ entry: Catalog.Entry) -> String {
    let signs: [(Reach.Ability, String)] = [
      (.read, "r"), (.edit, "e"), (.run, "x"), (.web, "w"), (.delegate, "d"), (.other, "?"),
    ]
    return signs.map { entry.reach[$0.0] == .none ? "-" : $0.1 }.joined()
      + (entry.reach.isInherited ? "*" : "") + (entry.reach.bypassesPermissions ? "!" : "")
  }
}
