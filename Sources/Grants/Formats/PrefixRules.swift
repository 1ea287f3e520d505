/// A parser for files of command rules: `prefix_rule(pattern = ["git", "push"], decision = "forbidden")`.
///
/// The language is Starlark. Only calls with literal values are supported. Anything else is an error, because a program
/// could generate any rule.
struct PrefixRules {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  /// Returns a tree with the decisions as keys. Each value is a list of command prefixes.
  static func read(_ bytes: [UInt8]) throws(SettingsProblem) -> SettingsNode {
    var reader = PrefixRules(bytes: bytes)
    var rules: [String: [SettingsNode]] = [:]
    while reader.skipBlanks() {
      let name = reader.word()
      guard name == "prefix_rule", reader.take("(") else { throw reader.problem }
      var (pattern, decision): ([String], String) = ([], "allow")
      var place = reader.line
      while !reader.take(")") {
        let key = reader.word()
        guard !key.isEmpty, reader.take("=") else { throw reader.problem }
        switch key {
        case "pattern": pattern = try reader.texts()
        case "decision":
          _ = reader.skipBlanks()
          place = reader.line
          decision = try reader.texts().first ?? ""
        default: _ = try reader.texts()
        }
        if !reader.take(",") {
          guard reader.take(")") else { throw reader.problem }
          break
        }
      }
      rules[decision, default: []].append(SettingsNode(.text(pattern.joined(separator: " ")), line: place))
    }
    let members = rules.sorted { $0.key < $1.key }.map { decision, items in
      SettingsNode.Member(key: decision, line: items[0].line, node: SettingsNode(.list(items), line: items[0].line))
    }
    return SettingsNode(.map([.init(key: "prefix_rule", line: 1, node: SettingsNode(.map(members), line: 1))]), line: 1)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var problem: SettingsProblem {
    SettingsProblem(message: "it contains more than rules with fixed words", line: line)
  }

  /// Skips white space and comments. Returns false at the end.
  private mutating func skipBlanks() -> Bool {
    while index < bytes.count {
      switch bytes[index] {
      case 0x0A:
        line += 1
        index += 1
      case 0x20, 0x09, 0x0D: index += 1
      case UInt8(ascii: "#"): index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      default: return true
      }
    }
    return false
  }

  private mutating func word() -> String {
    _ = skipBlanks()
    let start = index
    while index < bytes.count, bytes[index] == 0x5F || 0x61...0x7A ~= bytes[index] | 0x20 { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func take(_ mark: Character) -> Bool {
    guard skipBlanks(), bytes[index] == mark.asciiValue else { return false }
    index += 1
    return true
  }

  /// Reads a string, or a list of strings. Alternatives in a nested list are joined with `|`.
  private mutating func texts() throws(SettingsProblem) -> [String] {
    guard take("[") else { return [try text()] }
    var texts: [String] = []
    while !take("]") {
      texts.append(try take("[") ? alternatives() : text())
      if !take(",") {
        guard take("]") else { throw problem }
        break
      }
    }
    return texts
  }

  private mutating func alternatives() throws(SettingsProblem) -> String {
    var texts: [String] = []
    while !take("]") {
      texts.append(try text())
      if !take(",") {
        guard take("]") else { throw problem }
        break
      }
    }
    return texts.joined(separator: "|")
  }

  private mutating func text() throws(SettingsProblem) -> String {
    guard skipBlanks(), bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else { throw problem }
    let quote = bytes[index]
    let start = index + 1
    guard let end = bytes[start...].firstIndex(of: quote), !bytes[start..<end].contains(UInt8(ascii: "\\")),
      !bytes[start..<end].contains(0x0A)
    else { throw problem }
    index = end + 1
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
