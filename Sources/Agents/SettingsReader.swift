import Text
import Yams

/// A problem with a settings file, with its location and, if possible, a suggestion.
public struct SettingsError: Error, Equatable, CustomStringConvertible {
  /// The path of the file.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1.
  public let column: Int
  /// The problem.
  public let message: String

  /// The error as one line, with its location.
  public var description: String { "\(file):\(line):\(column): \(message)" }
}

/// Reads settings files: YAML with a fixed set of keys. Unknown keys are reported with their location and, usually, a
/// suggestion.
public struct SettingsReader: Sendable {
  /// The path of the file, for messages.
  public let file: String

  /// Creates a reader.
  public init(file: String) { self.file = file }

  /// Returns the content of a file, or nil if it is empty.
  ///
  /// - Throws: ``SettingsError`` if the text is invalid YAML.
  public func content(of text: String) throws(SettingsError) -> Node? {
    let node: Node?
    do {
      // Types are decided by keys. Yams would match each scalar against seven regular expressions.
      node = try compose(yaml: text, .basic, .default, .utf8)
    } catch let error as YamlError {
      let refusal = StrictYAML.Refusal(error)
      let problem = YAMLProblem(in: text.replacing("\r\n", with: "\n"), refusal, hasReturns: false, isNested: true)
      throw SettingsError(
        file: file, line: problem.line, column: problem.column,
        message: refusal.isDuplicate ? problem.message : "this is not YAML: \(problem.message)")
    } catch {
      throw SettingsError(file: file, line: 1, column: 1, message: "\(error)")
    }
    return node?.scalar?.string == "" ? nil : node
  }

  /// Calls a function with each key and value of a map.
  ///
  /// - Parameters:
  ///   - node: The map.
  ///   - what: The name of the map, for messages.
  ///   - known: The allowed keys.
  ///   - body: Handles a key and its value.
  /// - Throws: ``SettingsError`` if the node is not a map or has an unknown key, or if `body` throws it.
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

  /// Reads a text.
  public func text(_ node: Node, _ key: String) throws(SettingsError) -> String {
    guard let text = node.scalar?.string else { throw error(node, "\(key) must be text") }
    return text
  }

  /// Reads a list of texts. A scalar counts as a list with one item.
  public func texts(_ node: Node, _ key: String) throws(SettingsError) -> [String] {
    var result: [String] = []
    for item in try items(node, key) { result.append(try text(item, key)) }
    return result
  }

  /// Reads the items of a list. A scalar counts as a list with one item.
  public func items(_ node: Node, _ key: String) throws(SettingsError) -> [Node] {
    if let sequence = node.sequence { return Array(sequence) }
    guard node.scalar != nil else { throw error(node, "\(key) must be a list") }
    return [node]
  }

  /// Reads a flag that is on or off.
  public func flag(_ node: Node, _ key: String) throws(SettingsError) -> Bool {
    guard let flag = node.flag else { throw error(node, "\(key) must be on or off") }
    return flag
  }

  /// Reads a positive whole number.
  public func number(_ node: Node, _ key: String) throws(SettingsError) -> Int {
    guard let number = node.int, number > 0 else { throw error(node, "\(key) must be a whole number above 0") }
    return number
  }

  /// Reads one of several words.
  public func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: Node, _ key: String
  ) throws(SettingsError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try text(node, key)) else {
      throw error(node, "\(key) must be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  /// Creates an error at the location of a node.
  public func error(_ node: Node, _ message: String) -> SettingsError {
    SettingsError(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message)
  }
}

extension Node {
  /// The flag that the node means, in the words of YAML 1.1; nil if it is anything else.
  public var flag: Bool? {
    guard let scalar, scalar.style == .plain else { return nil }
    return switch scalar.string.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }
}
