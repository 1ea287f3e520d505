import Text

/// Finds the top-level fields of a TOML file (https://toml.io/en/v1.0.0), its comments and its escapes. Invalid syntax
/// is skipped to the end of the line.
struct TOMLScan {
  private let bytes: [UInt8]
  private var index = 0
  private var scan = DataScan()
  private var keys: Set<String> = []

  private static let (lineFeed, backslash) = (UInt8(0x0A), UInt8(ascii: "\\"))

  static func scan(_ bytes: [UInt8]) -> DataScan {
    var reader = TOMLScan(bytes: bytes)
    reader.read()
    return reader.scan
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func read() {
    var isInTable = false
    while let byte {
      switch byte {
      case 0x20, 0x09, Self.lineFeed: index += 1
      case UInt8(ascii: "#"): skipComment()
      case UInt8(ascii: "["):
        isInTable = true
        while self.byte == UInt8(ascii: "[") || isBlank { index += 1 }
        if let (key, range) = key(), keys.insert(key).inserted {
          scan.entries.append(.init(key: key, keyRange: range))
        }
        skipLine()
      default:
        guard let (key, range) = key() else {
          skipLine()
          continue
        }
        var entry = DataText.Entry(key: key, keyRange: range)
        var isDotted = false
        while isBlank || self.byte == UInt8(ascii: ".") {
          if self.byte == UInt8(ascii: ".") { isDotted = true }
          index += 1
          if isDotted { _ = self.key() }
        }
        guard self.byte == UInt8(ascii: "=") else {
          skipLine()
          continue
        }
        index += 1
        while isBlank { index += 1 }
        let text = value()
        if !isInTable, keys.insert(key).inserted || !isDotted {
          entry.textRange = isDotted ? nil : text
          scan.entries.append(entry)
        }
        skipLine()
      }
    }
  }

  private var isBlank: Bool { byte == 0x20 || byte == 0x09 }

  private mutating func skipComment() {
    let start = index
    while let byte, byte != Self.lineFeed { index += 1 }
    scan.comments.append(start..<index)
  }

  /// Skips to the end of the line, and records a comment on the way.
  private mutating func skipLine() {
    while let byte, byte != Self.lineFeed {
      if byte == UInt8(ascii: "#") { return skipComment() }
      index += 1
    }
  }

  /// Reads one part of a key. Returns it without quotation marks, and its range.
  private mutating func key() -> (String, Range<Int>)? {
    let start = index
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      guard let text = string() else { return nil }
      // Escapes in keys are rare. They stay in the text and are decoded here.
      var key: [UInt8] = []
      var place = text.lowerBound
      while place < text.upperBound {
        if bytes[start] == UInt8(ascii: "\""), bytes[place] == Self.backslash,
          let escape = StringEscape.read(bytes, at: place, isTOML: true)
        {
          key += escape.meaning
          place = escape.range.upperBound
        } else {
          key.append(bytes[place])
          place += 1
        }
      }
      return (String(decoding: key, as: UTF8.self), start..<index)
    }
    while let byte,
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    {
      index += 1
    }
    return start == index ? nil : (String(decoding: bytes[start..<index], as: UTF8.self), start..<index)
  }

  /// Moves past a value. Returns the range of its text, or nil for other types.
  private mutating func value() -> Range<Int>? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return string()
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      var depth = 0
      while let byte {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = string()
        case UInt8(ascii: "#"): skipComment()
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          depth += 1
          index += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          depth -= 1
          index += 1
          if depth == 0 { return nil }
        default: index += 1
        }
      }
      return nil
    default: return nil
    }
  }

  /// Moves past a string and records its escapes. Returns the range of its content.
  private mutating func string() -> Range<Int>? {
    guard let mark = byte else { return nil }
    let isBasic = mark == UInt8(ascii: "\"")
    if bytes[index...].prefix(3).elementsEqual([mark, mark, mark]) { return longString(mark, isBasic) }
    index += 1
    let start = index
    while let byte, byte != Self.lineFeed {
      if byte == mark {
        index += 1
        return start..<index - 1
      }
      if isBasic, byte == Self.backslash { readEscape() } else { index += 1 }
    }
    return start..<index
  }

  private mutating func longString(_ mark: UInt8, _ isBasic: Bool) -> Range<Int> {
    index += 3
    if byte == Self.lineFeed { index += 1 }
    let start = index
    while let byte {
      if byte == mark, bytes[index...].prefix(3).elementsEqual([mark, mark, mark]) {
        // Up to two quotation marks may precede the three that close the string.
        var end = index
        while end < index + 2, end + 3 < bytes.count, bytes[end + 3] == mark { end += 1 }
        index = end + 3
        return start..<end
      }
      if isBasic, byte == Self.backslash { readEscape(isLong: true) } else { index += 1 }
    }
    return start..<index
  }

  /// Moves past an escape and records its meaning.
  private mutating func readEscape(isLong: Bool = false) {
    if let escape = StringEscape.read(bytes, at: index, isTOML: true) {
      scan.escapes.append(escape)
      index = escape.range.upperBound
      return
    }
    let start = index
    index += 1
    guard isLong else {
      if let byte, byte != Self.lineFeed { index += 1 }
      return
    }
    // A backslash at the end of a line removes the line break and the following whitespace.
    while isBlank { index += 1 }
    guard byte == Self.lineFeed else {
      index = min(start + 2, bytes.count)
      return
    }
    while isBlank || byte == Self.lineFeed { index += 1 }
    scan.escapes.append(.init(range: start..<index, meaning: []))
  }
}
