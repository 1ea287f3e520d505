import Text
import Yams

/// What is wrong with a file of settings: where, and what may have been meant.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
  /// The path of the file.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1.
  public let column: Int
  /// What is wrong.
  public let message: String

  /// All of it as a line.
  public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Reads files of settings: YAML whose keys are known, so that another one is a mistake with a place, and mostly with
/// something that was meant.
public struct SettingsReader: Sendable {
  /// The path of the file, for messages.
  public let file: String

  /// Makes a reader.
  public init(file: String) { self.file = file }

  /// The content of a file, or nil where there is none.
  ///
  /// - Throws: ``SettingsError`` where it is no YAML.
  public func content(of text: String) throws(SettingsError) -> Node? {
    let node: Node?
    do {
      node = try compose(yaml: text, .default, .default, .utf8)
    } catch let error as YamlError {
      let refusal = StrictYAML.Refusal(error)
      throw SettingsError(
        file: file, line: refusal.line, column: refusal.column,
        message: refusal.isDuplicate ? refusal.problem : "this is not YAML: \(refusal.problem)")
    } catch {
      throw SettingsError(file: file, line: 1, column: 1, message: "\(error)")
    }
    return node?.scalar?.string == "" ? nil : node
  }

  /// Hands out the keys and values of a map.
  ///
  /// - Parameters:
  ///   - what: what the map is, for messages.
  ///   - known: the keys that there are.
  /// - Throws: ``SettingsError`` where it is no map, has another key, or `body` throws it.
  public func eachKey(
    of node: Node, _ what: String, known: [String], _ body: (String, Node) throws(SettingsError) -> Void
  ) throws(SettingsError) {
    guard let mapping = node.mapping else { throw error(node, "\(what) must be a map of keys and values") }
    for (key, value) in mapping {
      let name = key.string ?? ""
      guard known.contains(name) else {
        let hint =
          Spelling.suggestion(for: name, among: known).map { "did you mean “\($0)”?" }
          ?? "there are: \(known.joined(separator: ", "))"
        throw error(key, "\(what) has no key “\(name)”; \(hint)")
      }
      try body(name, value)
    }
  }

  /// A text.
  public func text(_ node: Node, _ key: String) throws(SettingsError) -> String {
    guard let text = node.scalar?.string else { throw error(node, "\(key) must be text") }
    return text
  }

  /// A list of texts; a scalar is a list of one.
  public func texts(_ node: Node, _ key: String) throws(SettingsError) -> [String] {
    var result: [String] = []
    for item in try items(node, key) { result.append(try text(item, key)) }
    return result
  }

  /// The items of a list; a scalar is a list of one.
  public func items(_ node: Node, _ key: String) throws(SettingsError) -> [Node] {
    if let sequence = node.sequence { return Array(sequence) }
    guard node.scalar != nil else { throw error(node, "\(key) must be a list") }
    return [node]
  }

  /// On or off.
  public func flag(_ node: Node, _ key: String) throws(SettingsError) -> Bool {
    guard let flag = node.bool else { throw error(node, "\(key) must be on or off") }
    return flag
  }

  /// A whole number above nothing.
  public func number(_ node: Node, _ key: String) throws(SettingsError) -> Int {
    guard let number = node.int, number > 0 else { throw error(node, "\(key) must be a whole number above nothing") }
    return number
  }

  /// One of several words.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) throws(SettingsError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text(node, key)) else {
      throw error(node, "\(key) must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  /// A mistake at a place.
  public func error(_ node: Node, _ message: String) -> SettingsError {
    SettingsError(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message)
  }
}
