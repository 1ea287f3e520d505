import Agents
import Catalogs
import Files
import Templates

/// The data of the list filter, as scripts: a page opened from disk can load only scripts.
///
/// It is split into parts, so that only the necessary ones are loaded: agents when the user starts to filter, and rows
/// when they are shown.
struct FilterData {
  /// The number of agents in a part.
  static let agentsLength = 1000
  /// The number of agents in a part of the rows. It is small because the rows shown are spread over many parts.
  static let rowsLength = 50

  /// The maximum number of searched headings per agent.
  private static let headingLimit = 12

  /// Returns the number of parts for a number of agents.
  static func parts(_ count: Int, length: Int) -> Int { (count + length - 1) / length }

  /// Returns the 0-based numbers of the parts of a catalog.
  static func parts(of catalog: Catalog, length: Int) -> Range<Int> { 0..<parts(catalog.entries.count, length: length) }

  /// Returns the agents of a part.
  static func range(_ part: Int, of catalog: Catalog, length: Int) -> Range<Int> {
    Paging.range(of: part + 1, in: catalog.entries.count, length: length)
  }

  /// Returns the script with a part of the agents.
  ///
  /// It starts with the facets and those of their values that occur in this part. Each agent follows with its name,
  /// summary, when to use it, first headings, values, first copy and sort keys. Values are numbered across the facets;
  /// the first copy is an index into the catalog.
  ///
  /// - Parameter range: The agents of the part.
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

  /// Returns the numeric sort keys of lists: reach, tools, examples, tokens, findings.
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

  /// Returns the values that agents of a part have, or that are always listed, by facet. The numbers map catalog-wide
  /// value numbers to those in the part.
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

  /// Returns the script with the rows of agents, for a page at the root.
  static func rows(_ part: Int, _ rows: some Sequence<HTML>) -> [UInt8] {
    call("rosterFilter.rows", part) { json in
      for row in rows {
        json.breakLine()
        json.value(String(decoding: row.bytes, as: UTF8.self))
      }
    }
  }

  /// Returns a call such as `rosterFilter.rows(0,[…]);`. JSON is a subset of JavaScript since ECMAScript 2019:
  /// https://tc39.es/proposal-json-superset/
  private static func call(_ function: String, _ part: Int, _ items: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(invisible: .labelled)
    json.array(items)
    return Array("\(function)(\(part),".utf8) + json.bytes + Array(");\n".utf8)
  }
}
