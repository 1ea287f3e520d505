import TOMLKit

/// Parses a TOML file (https://toml.io/en/v1.0.0) to a tree, with TOMLKit.
///
/// The library does not keep positions, so ``TOMLLines`` finds the lines of keys.
enum TOMLTree {
  static func read(_ bytes: [UInt8]) throws(SettingsProblem) -> SettingsNode {
    let text = String(decoding: bytes, as: UTF8.self)
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw SettingsProblem(
        message: message(of: error), line: max(1, Int(error.source.begin.line)))
    } catch {
      throw SettingsProblem(message: "\(error)", line: 1)
    }
    let lines = TOMLLines.read(text)
    var count = 0
    return try map(table, [], line: 1, lines, &count)
  }

  /// Returns the library's message without the context of the parser.
  private static func message(of error: TOMLParseError) -> String {
    let line = error.description.prefix { $0 != "\n" }
    return String(line.firstRange(of: ": ").map { line[$0.upperBound...] } ?? line)
  }

  private static func map(
    _ table: TOMLTable, _ path: [String], line: Int, _ lines: [[String]: Int], _ count: inout Int
  ) throws(SettingsProblem) -> SettingsNode {
    var members: [SettingsNode.Member] = []
    for (key, value) in table {
      let inner = path + [key]
      let place = lines[inner] ?? line
      members.append(.init(key: key, line: place, node: try node(value, inner, line: place, lines, &count)))
    }
    return SettingsNode(.map(members.sorted { ($0.line, $0.key) < ($1.line, $1.key) }), line: line)
  }

  private static func node(
    _ value: any TOMLValueConvertible, _ path: [String], line: Int, _ lines: [[String]: Int], _ count: inout Int
  ) throws(SettingsProblem) -> SettingsNode {
    count += 1
    guard count <= SettingsNode.valueLimit, path.count <= SettingsNode.depthLimit else {
      throw SettingsProblem(message: "it is too large", line: line)
    }
    if let flag = value.bool { return SettingsNode(.flag(flag), line: line) }
    if let number = value.int { return SettingsNode(.number(String(number)), line: line) }
    if let number = value.double { return SettingsNode(.number(String(number)), line: line) }
    if let text = value.string { return SettingsNode(.text(text), line: line) }
    if let array = value.array {
      var items: [SettingsNode] = []
      for (index, item) in array.enumerated() {
        let inner = path + [String(index)]
        items.append(try node(item, inner, line: lines[inner] ?? line, lines, &count))
      }
      return SettingsNode(.list(items), line: line)
    }
    if let table = value.table { return try map(table, path, line: line, lines, &count) }
    return SettingsNode(.text(value.debugDescription), line: line)
  }
}

/// The lines of the keys and tables in a valid TOML file.
private struct TOMLLines {
  private var lines: [[String]: Int] = [:]
  private var table: [String] = []
  /// The number of tables read so far in each array of tables.
  private var arrays: [[String]: Int] = [:]

  static func read(_ text: String) -> [[String]: Int] {
    var reader = TOMLLines()
    /// The closing delimiter of the multiline string that contains the line.
    var closing: String?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let mark = closing {
        if line.contains(mark) { closing = nil }
        continue
      }
      let place = reader.read(line, number + 1)
      for mark in ["\"\"\"", "'''"]
      where place && line.split(separator: mark, omittingEmptySubsequences: false).count == 2 {
        closing = mark
      }
    }
    return reader.lines
  }

  /// Reads a line. Returns whether it has a key.
  private mutating func read(_ line: Substring, _ number: Int) -> Bool {
    let text = line.drop { $0 == " " || $0 == "\t" }
    if text.hasPrefix("[") {
      let isArray = text.hasPrefix("[[")
      var path = Self.path(text.dropFirst(isArray ? 2 : 1)).keys
      guard !path.isEmpty else { return false }
      // Keys below an array of tables belong to its last table.
      for length in 1...path.count where length < path.count || !isArray {
        if let count = arrays[Array(path.prefix(length))], length < path.count {
          path.insert(String(count - 1), at: length)
        }
      }
      for length in 1...path.count where lines[Array(path.prefix(length))] == nil {
        lines[Array(path.prefix(length))] = number
      }
      if isArray {
        let count = arrays[path, default: 0]
        arrays[path] = count + 1
        path.append(String(count))
        lines[path] = number
      }
      table = path
      return false
    }
    let (keys, rest) = Self.path(text)
    guard !keys.isEmpty, rest.hasPrefix("=") else { return false }
    for length in 1...keys.count {
      let path = table + keys.prefix(length)
      lines[path] = lines[path] ?? number
    }
    return true
  }

  /// Returns the parts of a dotted key, and the rest of the text.
  private static func path(_ text: Substring) -> (keys: [String], rest: Substring) {
    var keys: [String] = []
    var rest = text
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      if let quote = rest.first, quote == "\"" || quote == "'" {
        let inner = rest.dropFirst()
        guard let end = inner.firstIndex(of: quote) else { return (keys, rest) }
        keys.append(String(inner[..<end]))
        rest = inner[inner.index(after: end)...]
      } else {
        let key = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        guard !key.isEmpty else { return (keys, rest) }
        keys.append(String(key))
        rest = rest[key.endIndex...]
      }
      rest = rest.drop { $0 == " " || $0 == "\t" }
      guard rest.hasPrefix(".") else { return (keys, rest) }
      rest = rest.dropFirst()
    }
  }
}
