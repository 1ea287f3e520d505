import Agents
import Catalogs
import Files
import Templates

/// What the filter of a list looks through, as scripts: a page that is opened from disk may load those, and no other
/// files.
///
/// Both kinds come in parts, so that nobody loads what is not needed: agents when somebody begins to filter, rows where
/// they are to be shown.
struct FilterData {
  /// How many agents a part holds.
  static let agentsLength = 1000
  /// How many agents a part of the rows holds: few, since those that are shown stand in many parts.
  static let rowsLength = 50

  /// How many headings of an agent are looked through.
  private static let headingLimit = 12

  /// How many parts a number of agents takes.
  static func parts(_ count: Int, length: Int) -> Int { (count + length - 1) / length }

  /// The parts of a catalog, from 0.
  static func parts(of catalog: Catalog, length: Int) -> Range<Int> { 0..<parts(catalog.entries.count, length: length) }

  /// The agents of a part.
  static func range(_ part: Int, of catalog: Catalog, length: Int) -> Range<Int> {
    Paging.range(of: part + 1, in: catalog.entries.count, length: length)
  }

  /// Agents: first the facets with those of their values that occur in this part, then for each agent its name, its
  /// summary, when to use it, its first headings, its values (numbers that count through the values above), the first of
  /// its copies (by its place in the catalog) and what lists are sorted by.
  ///
  /// - Parameter range: the agents of the part.
  static func agents(_ part: Int, _ range: Range<Int>, of catalog: Catalog, _ facets: Facets, _ copies: Copies)
    -> [UInt8]
  {
    let (groups, numbers) = values(range, facets)
    var json = JSONWriter(capacity: range.count * 400, invisible: .labelled)
    json.array { json in
      for (facet, values) in zip(facets.facets, groups) {
        json.breakLine()
        json.array { json in
          json.value(facet.id)
          json.value(facet.title)
          json.value(facet.isMultiple)
          json.array { json in for value in values { json.array([value.slug, value.title]) } }
        }
      }
    }
    let table = json.bytes
    json = JSONWriter(capacity: range.count * 400, invisible: .labelled)
    json.array { json in
      for index in range {
        let entry = catalog.entries[index]
        let agent = entry.agent
        json.breakLine()
        json.array { json in
          json.value(agent.name)
          json.value(agent.description.summary)
          json.value(agent.description.whenToUse)
          json.value(agent.outline.prefix(headingLimit).map(\.text).joined(separator: " "))
          json.array { json in for value in facets.values(of: index) { json.value(numbers[value] ?? 0) } }
          json.value(copies.heads[index])
          for key in sortKeys(entry) { json.value(key) }
        }
      }
    }
    return Array("rosterFilter.agents(\(part),".utf8) + table + Array(",".utf8) + json.bytes + Array(");\n".utf8)
  }

  /// What the columns of lists are sorted by that is no text: reach, tools, examples, tokens, findings.
  private static func sortKeys(_ entry: Catalog.Entry) -> [Int] {
    let agent = entry.agent
    let tools =
      switch agent.tools.statement {
      case .listed: agent.tools.allowed.count
      case .inherited, .all, .switched: Int(Int32.max)
      }
    return [
      entry.reach.grants.count { $0 != .none }, tools, agent.description.examples.count, agent.promptMeasure.tokens,
      entry.findingCount,
    ]
  }

  /// The values that agents of a part have, or that are always listed, by facets, and the number of each in the part by
  /// its number in the catalog.
  static func values(_ range: Range<Int>, _ facets: Facets) -> (groups: [[Facets.Value]], numbers: [UInt32: Int]) {
    var used = Set(facets.listedAlways)
    for index in range { used.formUnion(facets.values(of: index)) }
    var groups = [[Facets.Value]](repeating: [], count: facets.facets.count)
    var numbers: [UInt32: Int] = [:]
    for number in used.sorted() {
      let (facet, value) = facets.meaning(of: number)
      groups[facet].append(value)
      numbers[number] = numbers.count
    }
    return (groups, numbers)
  }

  /// The rows of agents, as a page at the root shows them.
  static func rows(_ part: Int, _ rows: some Sequence<HTML>) -> [UInt8] {
    call("rosterFilter.rows", part) { json in
      for row in rows {
        json.breakLine()
        json.value(String(decoding: row.bytes, as: UTF8.self))
      }
    }
  }

  /// `rosterFilter.rows(0,[…]);`. JSON is JavaScript since ECMAScript 2019: https://tc39.es/proposal-json-superset/
  private static func call(_ function: String, _ part: Int, _ items: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(invisible: .labelled)
    json.array(items)
    return Array("\(function)(\(part),".utf8) + json.bytes + Array(");\n".utf8)
  }
}
