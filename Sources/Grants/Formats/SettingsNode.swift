/// A value in a settings file, with its line.
struct SettingsNode: Sendable, Hashable {
  enum Value: Sendable, Hashable {
    case null
    case flag(Bool)
    case number(String)
    case text(String)
    case list([SettingsNode])
    case map([Member])
  }

  /// A key of a map with its value.
  struct Member: Sendable, Hashable {
    let key: String
    /// The line of the key, from 1.
    let line: Int
    let node: SettingsNode
  }

  /// The maximum number of values in a file.
  static let valueLimit = 10_000
  /// The maximum nesting depth of values.
  static let depthLimit = 64

  let value: Value
  /// The first line of the value, from 1. For a map in a list, it is the line of its first key.
  let line: Int

  init(_ value: Value, line: Int) {
    self.value = value
    self.line = line
  }

  /// An empty map.
  static let nothing = SettingsNode(.map([]), line: 1)

  /// The text of a scalar.
  var scalar: String? {
    switch value {
    case .text(let text), .number(let text): text
    case .flag(let flag): flag ? "true" : "false"
    case .null, .list, .map: nil
    }
  }

  var flag: Bool? { if case .flag(let flag) = value { flag } else { nil } }
  var members: [Member] { if case .map(let members) = value { members } else { [] } }
  var items: [SettingsNode] { if case .list(let items) = value { items } else { [] } }
  var isMap: Bool { if case .map = value { true } else { false } }

  /// The strings of a list, or a single string.
  var texts: [String] {
    if case .list(let items) = value { return items.compactMap(\.scalar) }
    return scalar.map { [$0] } ?? []
  }

  /// The value of a key. The last duplicate applies.
  subscript(key: String) -> SettingsNode? { member(key)?.node }

  func member(_ key: String) -> Member? { members.last { $0.key == key } }

  /// The value at a path of keys.
  subscript(path: [String]) -> SettingsNode? {
    path.reduce(Optional(self)) { node, key in node?[key] }
  }

  /// The value without line numbers, for comparing two states. The order of keys does not matter.
  var identity: String {
    switch value {
    case .null: "null"
    case .flag, .number: scalar ?? ""
    case .text(let text): "\"\(text)\""
    case .list(let items): "[\(items.map(\.identity).joined(separator: ","))]"
    case .map(let members):
      "{\(members.map { "\"\($0.key)\":\($0.node.identity)" }.sorted().joined(separator: ","))}"
    }
  }

  /// The line of the first scalar in a list or map.
  var firstLine: Int? { (items.first ?? members.first?.node).map { $0.firstLine ?? $0.line } }

  /// Returns a copy with all values at one line, for a text embedded in another file.
  func moved(to line: Int) -> SettingsNode {
    switch value {
    case .list(let items): SettingsNode(.list(items.map { $0.moved(to: line) }), line: line)
    case .map(let members):
      SettingsNode(
        .map(members.map { Member(key: $0.key, line: line, node: $0.node.moved(to: line)) }), line: line)
    default: SettingsNode(value, line: line)
    }
  }
}

/// The reason why a settings file cannot be read.
struct SettingsProblem: Error, Sendable, Hashable {
  /// A description of the problem.
  let message: String
  let line: Int
}
