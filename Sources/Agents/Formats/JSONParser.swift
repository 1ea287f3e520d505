import Text

/// A JSON value with its position.
public struct JSONNode: Sendable {
  /// The kinds of values. Numbers keep their spelling.
  public indirect enum Value: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, as written.
    case number(String)
    /// A string, with escapes decoded.
    case text(String)
    /// An array.
    case list([JSONNode])
    /// An object, in file order.
    case map([Member])
  }

  /// A key-value pair of an object.
  public struct Member: Sendable {
    /// The key, with escapes decoded.
    public let key: String
    /// The byte range of the key, including its quotation marks.
    public let keyRange: Range<Int>
    /// The value.
    public let node: JSONNode
  }

  /// The value.
  public let value: Value
  /// The byte range.
  public let range: Range<Int>
}

/// Parses a JSON file (RFC 8259) in one pass.
public struct JSONParser {
  private let bytes: [UInt8]
  private let isRelaxed: Bool
  private var index: Int
  private var count = 0
  /// The members of the top-level object. The node is nil if its value could not be read.
  private(set) var members: [(key: String, keyRange: Range<Int>, node: JSONNode?)] = []
  /// The byte ranges of comments.
  private(set) var comments: [Range<Int>] = []
  /// The escapes in strings, with their byte ranges.
  private(set) var escapes: [SourceText.Escape] = []

  /// Returns the members of a file's top-level object.
  ///
  /// - Parameters:
  ///   - bytes: The file. A byte order mark is skipped.
  ///   - isRelaxed: Whether to accept `//` and `/* */` comments and trailing commas, as in hand-written files.
  /// - Throws: ``StrictYAML/Refusal`` for anything else.
  public static func members(
    of bytes: [UInt8], isRelaxed: Bool
  ) throws(StrictYAML.Refusal) -> [JSONNode.Member] {
    var parser = JSONParser(bytes: bytes, isRelaxed: isRelaxed)
    try parser.readFile()
    return parser.members.compactMap { member in
      member.node.map { JSONNode.Member(key: member.key, keyRange: member.keyRange, node: $0) }
    }
  }

  init(bytes: [UInt8], isRelaxed: Bool) {
    self.bytes = bytes
    self.isRelaxed = isRelaxed
    index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private func refusal(_ problem: String, at place: Int? = nil, isExcess: Bool = false) -> StrictYAML.Refusal {
    var end = min(place ?? index, bytes.count)
    // After the last character there is nothing to point at.
    if end == bytes.count { end = bytes.lastIndex { $0 > 0x20 } ?? 0 }
    let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return StrictYAML.Refusal(
      problem: problem, line: bytes[..<start].count { $0 == 0x0A } + 1,
      column: String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.count + 1, isExcess: isExcess)
  }

  // MARK: Values

  /// Reads the file, which must be an object. After an error, ``members`` contains everything before it.
  mutating func readFile() throws(StrictYAML.Refusal) {
    skipBlanks()
    guard byte == UInt8(ascii: "{") else {
      throw refusal(byte == nil ? "the file is empty" : "the file must be an object in braces")
    }
    try readObject(depth: 1) { (reader, key, keyRange) throws(StrictYAML.Refusal) in
      reader.members.append((key, keyRange, nil))
      let node = try reader.readValue(depth: 2)
      reader.members[reader.members.count - 1].node = node
    }
    skipBlanks()
    if byte != nil { throw refusal("there is text after the closing brace") }
  }

  private typealias ReadMember = (inout JSONParser, String, Range<Int>) throws(StrictYAML.Refusal) -> Void

  /// Reads an object at its opening brace. `member` reads the value after a key.
  private mutating func readObject(depth: Int, _ member: ReadMember) throws(StrictYAML.Refusal) {
    index += 1
    skipBlanks()
    if byte == UInt8(ascii: "}") {
      index += 1
      return
    }
    var comma: Int?
    while true {
      skipBlanks()
      guard byte == UInt8(ascii: "\"") else {
        if byte == UInt8(ascii: "}"), isRelaxed { break }
        if byte == UInt8(ascii: "}"), let comma { throw refusal("a comma before the closing brace", at: comma) }
        if byte == nil { throw unclosed("brace") }
        throw refusal(
          byte == UInt8(ascii: "/") ? "a comment, which JSON does not have" : "a key in quotation marks is missing")
      }
      let start = index
      let range = try readString()
      let key = text(range)
      let keyRange = start..<index
      skipBlanks()
      guard byte == UInt8(ascii: ":") else { throw refusal("a colon is missing after the key “\(Bounds.word(key))”") }
      index += 1
      skipBlanks()
      try member(&self, key, keyRange)
      skipBlanks()
      if byte == UInt8(ascii: "}") { break }
      guard byte == UInt8(ascii: ",") else { throw unclosed("brace") }
      comma = index
      index += 1
    }
    index += 1
  }

  private func unclosed(_ mark: String) -> StrictYAML.Refusal {
    refusal(byte == nil ? "the file ends before the closing \(mark)" : "a comma or the closing \(mark) is missing")
  }

  private mutating func readValue(depth: Int) throws(StrictYAML.Refusal) -> JSONNode {
    count += 1
    guard count <= StrictYAML.valueLimit, depth <= StrictYAML.depthLimit else {
      throw refusal(
        count > StrictYAML.valueLimit ? "more than \(StrictYAML.valueLimit) values" : "brackets that nest too deep",
        isExcess: true)
    }
    let start = index
    let value: JSONNode.Value
    switch byte {
    case UInt8(ascii: "\""):
      let range = try readString()
      value = .text(text(range))
    case UInt8(ascii: "{"):
      var members: [JSONNode.Member] = []
      try readObject(depth: depth) { (reader, key, keyRange) throws(StrictYAML.Refusal) in
        members.append(.init(key: key, keyRange: keyRange, node: try reader.readValue(depth: depth + 1)))
      }
      value = .map(members)
    case UInt8(ascii: "["): value = .list(try readList(depth: depth))
    default: value = try readWord()
    }
    return JSONNode(value: value, range: start..<index)
  }

  private mutating func readList(depth: Int) throws(StrictYAML.Refusal) -> [JSONNode] {
    var items: [JSONNode] = []
    index += 1
    skipBlanks()
    if byte == UInt8(ascii: "]") {
      index += 1
      return []
    }
    var comma: Int?
    while true {
      skipBlanks()
      if byte == UInt8(ascii: "]"), comma != nil, isRelaxed { break }
      if byte == UInt8(ascii: "]"), let comma { throw refusal("a comma before the closing bracket", at: comma) }
      items.append(try readValue(depth: depth + 1))
      skipBlanks()
      if byte == UInt8(ascii: "]") { break }
      guard byte == UInt8(ascii: ",") else { throw unclosed("bracket") }
      comma = index
      index += 1
    }
    index += 1
    return items
  }

  /// Reads a number, `true`, `false` or `null`.
  private mutating func readWord() throws(StrictYAML.Refusal) -> JSONNode.Value {
    let start = index
    while let byte, 0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || "+-.".utf8.contains(byte) { index += 1 }
    switch String(decoding: bytes[start..<index], as: UTF8.self) {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "": throw refusal(byte == nil ? "the file ends where a value is missing" : "a value is missing")
    case let word:
      guard word.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil else {
        throw refusal("“\(Bounds.word(word))” is not a JSON value; strings need double quotation marks", at: start)
      }
      return .number(word)
    }
  }

  // MARK: Strings

  /// Moves past a string and records its escapes. Returns the range of its content.
  private mutating func readString() throws(StrictYAML.Refusal) -> Range<Int> {
    let opening = index
    index += 1
    let start = index
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return start..<index - 1
      case UInt8(ascii: "\\"):
        guard let escape = StringEscape.read(bytes, at: index, isTOML: false) else {
          throw refusal("a backslash that JSON does not know; write \\\\ for a backslash")
        }
        escapes.append(escape)
        index = escape.range.upperBound
      case 0x0A: throw refusal("a line break in a text; write \\n, and close the text with a quotation mark")
      case 0..<0x20: throw refusal("a control character in a text; write a tab as \\t")
      default: index += 1
      }
    }
    throw refusal("the text is never closed by a quotation mark", at: opening)
  }

  /// Returns the text in a range, with escapes decoded.
  private func text(_ range: Range<Int>) -> String {
    var text: [UInt8] = []
    var done = range.lowerBound
    let own = escapes.reversed().prefix { $0.range.lowerBound >= range.lowerBound }
    for escape in own.reversed() {
      text += bytes[done..<escape.range.lowerBound] + escape.meaning
      done = escape.range.upperBound
    }
    return String(decoding: text + bytes[done..<range.upperBound], as: UTF8.self)
  }

  // MARK: Blanks

  private mutating func skipBlanks() {
    while let byte {
      if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        index += 1
        continue
      }
      guard isRelaxed, byte == UInt8(ascii: "/") else { return }
      let rest = bytes[index...]
      let end: Int?
      if rest.starts(with: "//".utf8) {
        end = rest.firstIndex(of: 0x0A)
      } else if rest.starts(with: "/*".utf8) {
        end = rest.dropFirst(2).firstRange(of: Array("*/".utf8))?.upperBound
      } else {
        return
      }
      comments.append(index..<(end ?? bytes.count))
      index = end ?? bytes.count
    }
  }
}
