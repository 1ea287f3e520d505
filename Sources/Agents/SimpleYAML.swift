/// A fast path for frontmatter so simple that all YAML parsers agree: `key: value` lines, lists of plain words, and
/// quoted text without escapes.
///
/// Most files have nothing else, and a full parser takes many times as long. For anything else it returns nil, and
/// ``StrictYAML`` parses the whole block. A test compares the results of both.
struct SimpleYAML {
  private let text: ArraySlice<UInt8>
  private var position: Int
  private var line = 0

  /// Returns the fields of a block, or nil if it needs a full parser.
  static func fields(of text: ArraySlice<UInt8>) -> [StrictYAML.Parsed]? {
    guard isPrintable(text) else { return nil }
    var reader = SimpleYAML(text)
    return reader.fields()
  }

  /// A limit beyond any hand-written file, because each new key is compared with all earlier ones.
  private static let fieldLimit = 100

  private init(_ text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex
  }

  private mutating func fields() -> [StrictYAML.Parsed]? {
    var fields: [StrictYAML.Parsed] = []
    while let next = nextLine() {
      if next.isEmpty || next.first == UInt8(ascii: "#") { continue }
      guard let colon = Self.endOfKey(next) else { return nil }
      let key = String(decoding: next[..<colon], as: UTF8.self)
      guard fields.count < Self.fieldLimit, !fields.contains(where: { $0.key == key }) else { return nil }
      let number = line
      let rest = Self.trimmed(next[(colon + 1)...])
      guard let value = rest.isEmpty ? list() : Self.value(rest) else { return nil }
      fields.append(StrictYAML.Parsed(key: key, value: value, line: number))
    }
    return fields
  }

  /// Returns the next line without trailing spaces, or nil at the end.
  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard position < text.endIndex else { return nil }
    let end = text[position...].firstIndex(of: 0x0A) ?? text.endIndex
    defer { position = min(end + 1, text.endIndex) }
    line += 1
    var last = end
    while last > position, text[last - 1] == 0x20 { last -= 1 }
    return text[position..<last]
  }

  /// Reads the value below a key without one: a list of plain words with equal indentation, or nothing.
  private mutating func list() -> FieldValue? {
    var items: [FieldValue] = []
    var indent: Int?
    while true {
      let before = (position, line)
      guard let next = nextLine() else { break }
      let content = next.drop { $0 == 0x20 }
      guard content.first == UInt8(ascii: "-"), content.dropFirst().first == 0x20 else {
        (position, line) = before
        // An indented line that is not an item needs a full parser.
        if next.first == 0x20 || next.isEmpty && !items.isEmpty { return nil }
        break
      }
      let own = content.startIndex - next.startIndex
      guard indent == nil || indent == own, let item = Self.value(Self.trimmed(content.dropFirst(2))) else {
        return nil
      }
      if case .list = item { return nil }
      indent = own
      items.append(item)
    }
    return items.isEmpty ? .null : .list(items)
  }

  /// Returns the end of a line's key: ASCII letters, digits, `_` and `-`, followed by a colon and a space or the end of
  /// the line.
  private static func endOfKey(_ line: ArraySlice<UInt8>) -> Int? {
    guard let first = line.first, isLetter(first) || first == UInt8(ascii: "_"),
      let colon = line.firstIndex(where: { !isWord($0) }), line[colon] == UInt8(ascii: ":"),
      colon - line.startIndex < 100
    else { return nil }
    return colon + 1 == line.endIndex || line[colon + 1] == 0x20 ? colon : nil
  }

  /// Parses a scalar, or a list of plain words in brackets, on one line.
  private static func value(_ text: ArraySlice<UInt8>) -> FieldValue? {
    guard let first = text.first, let last = text.last else { return nil }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let inner = text.dropFirst().dropLast()
      guard text.count > 1, last == first, !inner.contains(first), !inner.contains(UInt8(ascii: "\\")) else {
        return nil
      }
      return .text(String(decoding: inner, as: UTF8.self))
    case UInt8(ascii: "["):
      guard last == UInt8(ascii: "]") else { return nil }
      var items: [FieldValue] = []
      for item in text.dropFirst().dropLast().split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        let word = trimmed(item)
        guard let first = word.first, isLetter(first), word.allSatisfy({ isWord($0) || $0 == 0x20 || $0 == 0x2E })
        else {
          return nil
        }
        items.append(StrictYAML.plain(String(decoding: word, as: UTF8.self)))
      }
      return .list(items)
    default:
      guard isPlain(text, first) else { return nil }
      return StrictYAML.plain(String(decoding: text, as: UTF8.self))
    }
  }

  /// Returns whether a text is a plain scalar: it begins with no indicator, contains no `: ` or ` #`, and ends with no
  /// `:`.
  private static func isPlain(_ text: ArraySlice<UInt8>, _ first: UInt8) -> Bool {
    guard isLetter(first) || (0x30...0x39).contains(first) || first >= 0x80 || first == UInt8(ascii: "(") else {
      return false
    }
    var previous: UInt8 = 0
    for byte in text {
      if previous == UInt8(ascii: ":"), byte == 0x20 { return false }
      if previous == 0x20, byte == UInt8(ascii: "#") { return false }
      previous = byte
    }
    return previous != UInt8(ascii: ":")
  }

  /// Returns whether YAML takes every character literally: no tabs, no control characters, and no non-ASCII line breaks
  /// or byte order marks.
  private static func isPrintable(_ text: ArraySlice<UInt8>) -> Bool {
    // The last three bytes.
    var recent: UInt32 = 0
    for byte in text {
      if byte < 0x20, byte != 0x0A { return false }
      if byte == 0x7F { return false }
      recent = recent << 8 & 0xFF_FFFF | UInt32(byte)
      guard byte >= 0x80 else { continue }
      switch recent {
      // U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF.
      case 0xE2_80A8, 0xE2_80A9, 0xEF_BBBF, 0xEF_BFBE, 0xEF_BFBF: return false
      // U+0080 to U+009F.
      default: if recent >> 8 & 0xFF == 0xC2, byte < 0xA0 { return false }
      }
    }
    return true
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = text
    while rest.first == 0x20 { rest.removeFirst() }
    while rest.last == 0x20 { rest.removeLast() }
    return rest
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
