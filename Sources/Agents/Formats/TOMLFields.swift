import TOMLKit
import Text

/// Reads the fields of a TOML file (https://toml.io/en/v1.0.0), using TOMLKit.
///
/// The library sorts keys and keeps no positions, so ``TOMLScan`` finds them.
enum TOMLFields {
  /// Returns the fields in file order, each with the line of its key.
  static func fields(of text: String) throws(StrictYAML.Refusal) -> [StrictYAML.Parsed] {
    try fields(of: text, TOMLScan.scan(Array(text.utf8)))
  }

  /// Returns the fields of a text that was already scanned.
  static func fields(of text: String, _ scan: DataScan) throws(StrictYAML.Refusal) -> [StrictYAML.Parsed] {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw refusal(error)
    } catch {
      throw StrictYAML.Refusal(problem: "\(error)", line: 1, column: 1)
    }
    let index = LineIndex(Array(text.utf8), ending: .lineFeed)
    let lines = Dictionary(scan.entries.map { ($0.key, index.line(of: $0.keyRange.lowerBound)) }) { first, _ in first }
    var count = 0
    var fields: [StrictYAML.Parsed] = []
    for (key, value) in table {
      fields.append(
        StrictYAML.Parsed(key: key, value: try self.value(value, depth: 1, &count), line: lines[key] ?? 1))
    }
    return fields.sorted { $0.line < $1.line }
  }

  /// Returns the library's error without its location, which the library repeats after the message.
  private static func refusal(_ error: TOMLParseError) -> StrictYAML.Refusal {
    let line = error.description.prefix { $0 != "\n" }
    let problem = line.replacing(/^Error while parsing [^:]*:\s+/, with: "").trimmed
    return StrictYAML.Refusal(
      problem: problem, line: Int(error.source.begin.line), column: Int(error.source.begin.column),
      duplicate: problem.contains("redefine") ? "" : nil)
  }

  private static func value(
    _ value: any TOMLValueConvertible, depth: Int, _ count: inout Int
  ) throws(StrictYAML.Refusal) -> FieldValue {
    count += 1
    guard count <= StrictYAML.valueLimit, depth <= StrictYAML.depthLimit else {
      throw StrictYAML.Refusal(problem: "too many values", line: 1, column: 1, isExcess: true)
    }
    if let flag = value.bool { return .bool(flag) }
    if let number = value.int { return .number(String(number)) }
    if let number = value.double { return .number(String(number)) }
    if let text = value.string { return .text(text) }
    if let array = value.array {
      var items: [FieldValue] = []
      for item in array { items.append(try self.value(item, depth: depth + 1, &count)) }
      return .list(items)
    }
    if let table = value.table {
      var entries: [FieldValue.Entry] = []
      for (key, value) in table {
        entries.append(.init(key: key, value: try self.value(value, depth: depth + 1, &count)))
      }
      return .map(entries)
    }
    // Dates and times.
    return .text(value.debugDescription)
  }
}
