import Text

/// Reads the fields of a JSON file (RFC 8259) in one pass, with their places.
struct JSONFields {
  private let bytes: [UInt8]
  private let isRelaxed: Bool
  /// The keys of the top level whose members are noted.
  private let holders: Set<String>
  private var members: [DataMember] = []
  private var index = 0
  private var count = 0
  private var scan = DataScan()
  private var fields: [StrictYAML.Parsed] = []
  private var line = (number: 1, counted: 0)

  /// The fields in the order of the text, each with the line of its key.
  ///
  /// - Parameter isRelaxed: whether `//` and `/* */` are comments, and a comma may be behind the last member, as in
  ///   files that people write by hand.
  static func fields(of text: String, isRelaxed: Bool = false) throws(StrictYAML.Refusal) -> [StrictYAML.Parsed] {
    let read = read(Array(text.utf8), isRelaxed: isRelaxed)
    if let refusal = read.refusal { throw refusal }
    return read.fields
  }

  /// The fields, their places, and why the file is not JSON; up to that point everything is read.
  static func read(
    _ bytes: [UInt8], isRelaxed: Bool = false
  ) -> (fields: [StrictYAML.Parsed], scan: DataScan, refusal: StrictYAML.Refusal?) {
    var reader = JSONFields(bytes: bytes, isRelaxed: isRelaxed)
    do throws(StrictYAML.Refusal) {
      try reader.readFile()
      return (reader.fields, reader.scan, nil)
    } catch {
      return (reader.fields, reader.scan, error)
    }
  }

  /// The members of lists and maps of the top level, in the order of the text, and why the file is not JSON.
  static func members(
    of holders: Set<String>, in bytes: [UInt8], isRelaxed: Bool
  ) -> (members: [DataMember], keys: [String], refusal: StrictYAML.Refusal?) {
    var reader = JSONFields(bytes: bytes, isRelaxed: isRelaxed, holders: holders)
    do throws(StrictYAML.Refusal) {
      try reader.readFile()
      return (reader.members, reader.fields.map(\.key), nil)
    } catch {
      return ([], reader.fields.map(\.key), error)
    }
  }

  private init(bytes: [UInt8], isRelaxed: Bool, holders: Set<String> = []) {
    self.bytes = bytes
    self.isRelaxed = isRelaxed
    self.holders = holders
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private func refusal(_ problem: String, at place: Int? = nil, isExcess: Bool = false) -> StrictYAML.Refusal {
    var end = min(place ?? index, bytes.count)
    // Behind the last character there is nothing to point at.
    if end == bytes.count { end = bytes.lastIndex { $0 > 0x20 } ?? 0 }
    let start = bytes[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return StrictYAML.Refusal(
      problem: problem, line: bytes[..<start].count { $0 == 0x0A } + 1,
      column: String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.count + 1, isExcess: isExcess)
  }

  // MARK: Values

  private mutating func readFile() throws(StrictYAML.Refusal) {
    skipBlanks()
    guard byte == UInt8(ascii: "{") else {
      throw refusal(byte == nil ? "the file is empty" : "the file must be an object in braces")
    }
    try readObject(depth: 1) { (reader, key, keyRange) throws(StrictYAML.Refusal) in
      let line = reader.lineNumber(of: keyRange.lowerBound)
      reader.scan.entries.append(.init(key: key, keyRange: keyRange))
      let (value, text) =
        reader.holders.contains(key) ? (try reader.readHolder(key), nil) : try reader.readValue(depth: 2)
      reader.scan.entries[reader.scan.entries.count - 1].textRange = text
      reader.fields.append(.init(key: key, value: value, line: line))
    }
    skipBlanks()
    if byte != nil { throw refusal("there is text after the closing brace") }
  }

  /// Reads a list or a map of items, and notes where each one is.
  private mutating func readHolder(_ holder: String) throws(StrictYAML.Refusal) -> FieldValue {
    func note(_ reader: inout JSONFields, _ key: String?) throws(StrictYAML.Refusal) -> FieldValue {
      let start = reader.index
      let value = try reader.readValue(depth: 3).0
      reader.members.append(DataMember(holder: holder, key: key, value: value, range: start..<reader.index))
      return value
    }
    switch byte {
    case UInt8(ascii: "{"):
      var entries: [FieldValue.Entry] = []
      try readObject(depth: 2) { (reader, key, _) throws(StrictYAML.Refusal) in
        entries.append(.init(key: key, value: try note(&reader, key)))
      }
      return .map(entries)
    case UInt8(ascii: "["): return .list(try readList { (reader) throws(StrictYAML.Refusal) in try note(&reader, nil) })
    default: return try readValue(depth: 2).0
    }
  }

  private mutating func lineNumber(of place: Int) -> Int {
    line.number += bytes[line.counted..<place].count { $0 == 0x0A }
    line.counted = place
    return line.number
  }

  private typealias Member = (inout JSONFields, String, Range<Int>) throws(StrictYAML.Refusal) -> Void

  /// Reads an object whose brace is here. `member` reads the value behind a key.
  private mutating func readObject(depth: Int, _ member: Member) throws(StrictYAML.Refusal) {
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
        throw refusal("a key in quotation marks is missing")
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

  /// Reads a value. Returns it, and the place of its text where it is one.
  private mutating func readValue(depth: Int) throws(StrictYAML.Refusal) -> (FieldValue, Range<Int>?) {
    count += 1
    guard count <= StrictYAML.valueLimit, depth <= StrictYAML.depthLimit else {
      throw refusal(
        count > StrictYAML.valueLimit ? "more than \(StrictYAML.valueLimit) values" : "brackets that nest too deep",
        isExcess: true)
    }
    switch byte {
    case UInt8(ascii: "\""):
      let range = try readString()
      return (.text(text(range)), range)
    case UInt8(ascii: "{"):
      var entries: [FieldValue.Entry] = []
      try readObject(depth: depth) { (reader, key, _) throws(StrictYAML.Refusal) in
        entries.append(.init(key: key, value: try reader.readValue(depth: depth + 1).0))
      }
      return (.map(entries), nil)
    case UInt8(ascii: "["):
      return (
        .list(try readList { (reader) throws(StrictYAML.Refusal) in try reader.readValue(depth: depth + 1).0 }), nil
      )
    default: return (try readWord(), nil)
    }
  }

  private mutating func readList(
    _ item: (inout JSONFields) throws(StrictYAML.Refusal) -> FieldValue
  ) throws(StrictYAML.Refusal) -> [FieldValue] {
    var items: [FieldValue] = []
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
      items.append(try item(&self))
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
  private mutating func readWord() throws(StrictYAML.Refusal) -> FieldValue {
    let start = index
    while let byte, 0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || "+-.".utf8.contains(byte) { index += 1 }
    switch String(decoding: bytes[start..<index], as: UTF8.self) {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "": throw refusal(byte == nil ? "the file ends where a value is missing" : "a value is missing")
    case let word:
      guard word.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil else {
        throw refusal("“\(Bounds.word(word))” is no value; texts need double quotation marks", at: start)
      }
      return .number(word)
    }
  }

  // MARK: Strings

  /// Goes behind a string, and notes its escapes. Returns the place of what is in it.
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
        scan.escapes.append(escape)
        index = escape.range.upperBound
      case 0x0A: throw refusal("a line break in a text; write \\n, and close the text with a quotation mark")
      case 0..<0x20: throw refusal("a control character in a text; write a tab as \\t")
      default: index += 1
      }
    }
    throw refusal("the text is never closed by a quotation mark", at: opening)
  }

  /// The text of a place, escapes decoded.
  private func text(_ range: Range<Int>) -> String {
    var text: [UInt8] = []
    var done = range.lowerBound
    let own = scan.escapes.reversed().prefix { $0.range.lowerBound >= range.lowerBound }
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
      scan.comments.append(index..<(end ?? bytes.count))
      index = end ?? bytes.count
    }
  }
}
