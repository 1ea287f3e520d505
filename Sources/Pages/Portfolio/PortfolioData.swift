import Catalogs
import Files

/// The numbers of a catalog as CSV and JSON.
public enum PortfolioData {
  /// Returns the numbers as CSV (RFC 4180) with the header
  /// `dimension,value,stated,agents,share,descriptionTokens,page`. The share is a fraction of all agents, from 0 to 1.
  /// The page lists the agents; its path is relative to the site.
  public static func csv(_ portfolio: Portfolio, of catalog: Catalog) -> [UInt8] { csv(portfolio, Addresses(catalog)) }

  static func csv(_ portfolio: Portfolio, _ addresses: Addresses) -> [UInt8] {
    var text = "dimension,value,stated,agents,share,descriptionTokens,page\r\n"
    for section in portfolio.sections {
      for row in section.rows {
        let cells = [
          section.id, CSV.cell(row.title), row.isUnstated ? "no" : "yes", String(row.count), share(row, portfolio),
          row.descriptionTokens.map(String.init) ?? "", addresses.page(of: row, in: section).description,
        ]
        text += cells.joined(separator: ",") + "\r\n"
      }
    }
    return Array(text.utf8)
  }

  /// Returns the numbers as JSON.
  public static func json(_ portfolio: Portfolio, of catalog: Catalog) -> [UInt8] {
    let addresses = Addresses(catalog)
    var json = JSONWriter()
    json.object { json in
      json.member("items", portfolio.items)
      for (kind, count) in portfolio.kinds { json.member(kind.plural, count) }
      json.member("documents", portfolio.documents)
      json.member("descriptionTokens", portfolio.descriptionTokens)
      json.member("promptTokens", portfolio.promptTokens)
      json.key("dimensions")
      json.array { json in
        for section in portfolio.sections {
          json.breakLine()
          json.object { self.section(section, addresses, &$0) }
        }
      }
    }
    json.endLine()
    return json.bytes
  }

  private static func section(_ section: Portfolio.Section, _ addresses: Addresses, _ json: inout JSONWriter) {
    json.member("id", section.id)
    json.member("title", section.title)
    json.key("values")
    json.array { json in
      for row in section.rows {
        json.object { json in
          json.member("value", row.title)
          json.key("stated")
          json.value(!row.isUnstated)
          json.member("agents", row.count)
          if let tokens = row.descriptionTokens { json.member("descriptionTokens", tokens) }
          json.member("page", addresses.page(of: row, in: section).description)
        }
      }
    }
  }

  private static func share(_ row: Portfolio.Row, _ portfolio: Portfolio) -> String {
    guard portfolio.items > 0 else { return "0.000" }
    let thousandths = min(1000, (row.count * 1000 + portfolio.items / 2) / portfolio.items)
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }
}
