import Yams

/// Parses fields as YAML, using Yams.
public struct StrictYAML {
  /// The reason why a text cannot be read as a map of fields.
  public struct Refusal: Error, Equatable {
    /// The parser's message, or the limit that is exceeded.
    public let problem: String
    /// The line in the text, counted from 1.
    public let line: Int
    /// The column in the text, counted from 1 in Unicode scalars.
    let column: Int
    /// Whether the text exceeds a limit, so that it may still be valid YAML.
    var isExcess = false
    /// Whether a key occurs twice.
    var isDuplicate: Bool { duplicate != nil }
    /// The key that occurs twice, or nil.
    var duplicate: String?
  }

  /// A field with the line of its key, counted from 1.
  struct Parsed: Equatable {
    let key: String
    let value: FieldValue
    let line: Int
  }

  /// The maximum number of values in a frontmatter. It also stops aliases that multiply.
  static let valueLimit = 10_000
  /// The maximum nesting depth.
  static let depthLimit = 64

  private var values = 0

  /// Returns the fields of a text.
  static func fields(of text: String) throws(Refusal) -> [Parsed] {
    guard let node = try node(of: text) else { return [] }
    guard case .mapping(let mapping) = node else {
      if case .scalar(let scalar) = node, scalar.string.isEmpty { return [] }
      throw Refusal(problem: "this is not a map of fields", line: 1, column: 1)
    }
    var reader = StrictYAML()
    var fields: [Parsed] = []
    for (key, value) in mapping {
      fields.append(
        Parsed(key: try reader.key(key), value: try reader.value(value, depth: 1), line: key.mark?.line ?? 1))
    }
    return fields
  }

  /// Returns the tree of a text, or nil if the text is empty.
  static func node(of text: String) throws(Refusal) -> Node? {
    // Yams limits nesting only at 1,000 levels, by recursion. No real file nests brackets this deeply.
    if bracketDepth(of: text) > depthLimit {
      throw Refusal(problem: "brackets that nest more than \(depthLimit) deep", line: 1, column: 1, isExcess: true)
    }
    do {
      // Without the last argument, the library looks up an encoding in the environment at every call.
      return try compose(yaml: text, .default, .default, .utf8)
    } catch let error as YamlError {
      throw Refusal(error)
    } catch {
      throw Refusal(problem: "\(error)", line: 1, column: 1)
    }
  }

  /// Returns the nesting depth of brackets that open a list or a map. Brackets within text do not count.
  public static func bracketDepth(of text: String) -> Int {
    var (depth, deepest) = (0, 0)
    var opensValue = true
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if opensValue { depth += 1 }
        deepest = max(deepest, depth)
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        opensValue = false
      case UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "?"), 0x0A: opensValue = true
      case 0x20, 0x09: break
      default: opensValue = false
      }
    }
    return deepest
  }

  mutating func value(_ node: Node, depth: Int) throws(Refusal) -> FieldValue {
    values += 1
    guard values <= Self.valueLimit else { throw limit("more than \(Self.valueLimit) values", node) }
    guard depth <= Self.depthLimit else { throw limit("values that nest more than \(Self.depthLimit) deep", node) }
    switch node {
    case .scalar(let scalar):
      return Self.scalar(scalar)
    case .sequence(let sequence):
      var items: [FieldValue] = []
      for item in sequence { items.append(try value(item, depth: depth + 1)) }
      return .list(items)
    case .mapping(let mapping):
      var entries: [FieldValue.Entry] = []
      for (entryKey, entryValue) in mapping {
        entries.append(.init(key: try key(entryKey), value: try value(entryValue, depth: depth + 1)))
      }
      return .map(entries)
    case .alias:
      throw limit("an alias", node)
    }
  }

  mutating func key(_ node: Node) throws(Refusal) -> String {
    if case .scalar(let scalar) = node { return scalar.string }
    return try value(node, depth: Self.depthLimit / 2).line
  }

  private func limit(_ what: String, _ node: Node) -> Refusal {
    Refusal(problem: what, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, isExcess: true)
  }

  /// Parses plain scalars by YAML's core schema (https://yaml.org/spec/1.2.2/#103-core-schema), quoted ones as text.
  private static func scalar(_ scalar: Node.Scalar) -> FieldValue {
    scalar.style == .plain || scalar.style == .any ? plain(scalar.string) : .text(scalar.string)
  }

  /// Returns the value of a plain scalar.
  static func plain(_ text: String) -> FieldValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: return isNumber(text) ? .number(text) : .text(text)
    }
  }

  static func isNumber(_ text: String) -> Bool {
    guard let first = text.utf8.first,
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || "+-.".utf8.contains(first)
    else { return false }
    return text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+/) != nil
  }
}

extension StrictYAML.Refusal {
  init(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      self.init(
        problem: (context.map { "\($0.text) " } ?? "") + problem, line: mark.line, column: mark.column)
    case .reader(let problem, _, _, _):
      self.init(problem: problem, line: 1, column: 1)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.sorted()
      self.init(
        problem: "the key \(names.map { "“\($0)”" }.joined(separator: ", ")) occurs twice",
        line: context.mark.line, column: context.mark.column, duplicate: names.first ?? "")
    default:
      self.init(problem: "\(error)", line: 1, column: 1)
    }
  }
}
