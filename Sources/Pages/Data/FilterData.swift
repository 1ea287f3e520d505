import Agents
import Catalogs

/// What the filter of the index looks through, as scripts: a page that is opened from disk may load those, and no other files.
///
/// Both kinds come in parts, so that nobody loads what is not needed: words when somebody begins to type, rows where they are to be shown.
struct FilterData {
  /// How many agents a part of the words holds.
  static let wordsLength = 1000
  /// How many agents a part of the rows holds: few, since those that are shown stand in many parts.
  static let rowsLength = 50

  /// How many tools of an agent are looked through.
  private static let termLimit = 200

  /// How many parts a number of agents takes.
  static func parts(_ count: Int, length: Int) -> Int { (count + length - 1) / length }

  /// The words of agents: for each its name, its terms, its summary, and its first headings.
  static func words(_ part: Int, of entries: ArraySlice<Catalog.Entry>) -> [UInt8] {
    call("words", part) { json in
      for entry in entries {
        let agent = entry.agent
        var terms: [String] = []
        for term in agent.tags + entry.topics + agent.tools.allowed.prefix(Self.termLimit).map(\.name)
          + [agent.model, entry.category].compactMap(\.self)
        where !terms.contains(term) { terms.append(term) }
        json.breakLine()
        json.array([
          agent.name, terms.joined(separator: " "), agent.description.summary,
          agent.outline.prefix(12).map(\.text).joined(separator: " "),
        ])
      }
    }
  }

  /// The descriptions of agents: for each what it is called in addresses, its name, and all that its description says.
  static func descriptions(_ part: Int, of entries: ArraySlice<Catalog.Entry>) -> [UInt8] {
    call("descriptions", part, of: "rosterAnswers") { json in
      for entry in entries {
        json.breakLine()
        json.array([
          entry.slug, entry.agent.name, entry.agent.description.summary, entry.agent.description.text,
        ])
      }
    }
  }

  /// The rows of agents, as a page at the root shows them.
  static func rows(_ part: Int, _ rows: [HTML]) -> [UInt8] {
    call("rows", part) { json in
      for row in rows {
        json.breakLine()
        json.value(String(decoding: row.bytes, as: UTF8.self))
      }
    }
  }

  /// `rosterFilter.words(0,[…]);`. JSON is JavaScript since ECMAScript 2019: https://tc39.es/proposal-json-superset/
  private static func call(
    _ function: String, _ part: Int, of owner: String = "rosterFilter", _ items: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var json = JSONWriter()
    json.array(items)
    return Array("\(owner).\(function)(\(part),".utf8) + json.bytes + Array(");\n".utf8)
  }
}
