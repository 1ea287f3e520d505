import TOMLKit

/// Reads the fields of a TOML file (https://toml.io/en/v1.0.0), with TOMLKit.
///
/// The library sorts keys and keeps no places, so those of the top level are looked for in the text.
enum TOMLFields {
  /// The fields in the order of the text, each with the line of its key.
  static func fields(of text: String) throws(StrictYAML.Refusal) -> [StrictYAML.Parsed] {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw StrictYAML.Refusal(
        problem: error.description.prefix { $0 != "\n" }.trimmed, line: Int(error.source.begin.line),
        column: Int(error.source.begin.column))
    } catch {
      throw StrictYAML.Refusal(problem: "\(error)", line: 1, column: 1)
    }
    let lines = lines(of: text)
    var count = 0
    var fields: [StrictYAML.Parsed] = []
    for (key, value) in table {
      fields.append(
        StrictYAML.Parsed(key: key, value: try self.value(value, depth: 1, &count), line: lines[key] ?? 1))
    }
    return fields.sorted { $0.line < $1.line }
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

  // MARK: Lines

  /// The line of each key of the top level, from 1.
  private static func lines(of text: String) -> [String: Int] {
    var lines: [String: Int] = [:]
    var isInTable = false
    /// The quotation marks that end the text that the place is in.
    var end: String?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let mark = end {
        if closes(line, mark) { end = nil }
        continue
      }
      let content = line.drop { $0 == " " || $0 == "\t" }
      if content.hasPrefix("[") {
        isInTable = true
        if let key = key(at: content.drop { $0 == "[" || $0 == " " }), lines[key] == nil { lines[key] = index + 1 }
      } else if !isInTable, let key = key(at: content), lines[key] == nil {
        lines[key] = index + 1
      }
      end = opened(by: content)
    }
    return lines
  }

  /// The first part of the key that a line begins with.
  private static func key(at line: Substring) -> String? {
    guard let first = line.first else { return nil }
    if first == "\"" || first == "'" {
      let rest = line.dropFirst()
      return rest.firstIndex(of: first).map { String(rest[..<$0]) }
    }
    let key = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "_" || $0 == "-" }
    return key.isEmpty ? nil : String(key)
  }

  /// The marks of a text over several lines that a line opens and does not close.
  private static func opened(by line: Substring) -> String? {
    for mark in ["\"\"\"", "'''"] {
      guard let start = line.firstRange(of: mark) else { continue }
      // What stands in a comment or in another text opens nothing.
      guard !line[..<start.lowerBound].contains("#") else { continue }
      return closes(line[start.upperBound...], mark) ? nil : mark
    }
    return nil
  }

  private static func closes(_ line: Substring, _ mark: String) -> Bool {
    guard let end = line.firstRange(of: mark) else { return false }
    let escapes = line[..<end.lowerBound].reversed().prefix { $0 == "\\" }.count
    return mark == "'''" || escapes.isMultiple(of: 2)
  }
}
