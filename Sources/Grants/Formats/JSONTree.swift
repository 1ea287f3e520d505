/// Reads a JSON file (RFC 8259) into a tree, with the lines of all values.
struct JSONTree {
  private let bytes: [UInt8]
  /// Whether comments and commas before a closing bracket are allowed.
  private let isLenient: Bool
  private var index = 0
  private var line = 1
  private var count = 0

  /// The tree of a file.
  ///
  /// - Parameter isLenient: whether comments and commas before a closing bracket are allowed.
  static func read(_ bytes: [UInt8], isLenient: Bool) throws(SettingsProblem) -> SettingsNode {
    var reader = JSONTree(bytes: bytes, isLenient: isLenient)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
    try reader.skipBlanks()
    let node = try reader.value(depth: 1)
    try reader.skipBlanks()
    if reader.byte != nil { throw reader.problem("there is text behind the value") }
    return node
  }

  private init(bytes: [UInt8], isLenient: Bool) {
    self.bytes = bytes
    self.isLenient = isLenient
  }

  private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// A problem here; at the end of the file, behind the last character that counts.
  private func problem(_ message: String) -> SettingsProblem {
    let blanks = byte == nil ? bytes.reversed().prefix { $0 <= 0x20 }.count { $0 == 0x0A } : 0
    return SettingsProblem(message: message, line: max(1, line - blanks))
  }

  private mutating func value(depth: Int) throws(SettingsProblem) -> SettingsNode {
    count += 1
    guard count <= SettingsNode.valueLimit, depth <= SettingsNode.depthLimit else { throw problem("it is too large") }
    let start = line
    switch byte {
    case UInt8(ascii: "\""): return SettingsNode(.text(try string()), line: start)
    case UInt8(ascii: "{"):
      var members: [SettingsNode.Member] = []
      try list(until: UInt8(ascii: "}")) { (reader) throws(SettingsProblem) in
        guard reader.byte == UInt8(ascii: "\"") else { throw reader.problem("a key in quotation marks is missing") }
        let line = reader.line
        let key = try reader.string()
        try reader.skipBlanks()
        guard reader.byte == UInt8(ascii: ":") else { throw reader.problem("a colon is missing") }
        reader.index += 1
        try reader.skipBlanks()
        members.append(.init(key: key, line: line, node: try reader.value(depth: depth + 1)))
      }
      return SettingsNode(.map(members), line: members.first?.line ?? start)
    case UInt8(ascii: "["):
      var items: [SettingsNode] = []
      try list(until: UInt8(ascii: "]")) { (reader) throws(SettingsProblem) in
        items.append(try reader.value(depth: depth + 1))
      }
      return SettingsNode(.list(items), line: start)
    default: return try word()
    }
  }

  /// Reads what is between brackets, parted by commas.
  private mutating func list(
    until closing: UInt8, _ item: (inout JSONTree) throws(SettingsProblem) -> Void
  ) throws(SettingsProblem) {
    index += 1
    try skipBlanks()
    while byte != closing {
      try item(&self)
      try skipBlanks()
      if byte == closing { break }
      guard byte == UInt8(ascii: ",") else { throw problem("a comma or a closing bracket is missing") }
      index += 1
      try skipBlanks()
      if byte == closing, !isLenient { throw problem("there is a comma before a closing bracket") }
    }
    index += 1
  }

  /// Reads a number, `true`, `false` or `null`.
  private mutating func word() throws(SettingsProblem) -> SettingsNode {
    let start = index
    while let byte, 0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || "+-.".utf8.contains(byte) { index += 1 }
    switch String(decoding: bytes[start..<index], as: UTF8.self) {
    case "true": return SettingsNode(.flag(true), line: line)
    case "false": return SettingsNode(.flag(false), line: line)
    case "null": return SettingsNode(.null, line: line)
    case "": throw problem("a value is missing")
    case let word:
      guard index - start < 400, Double(word) != nil, word.utf8.last != UInt8(ascii: ".") else {
        throw problem("a value is neither a text in quotation marks nor a number")
      }
      return SettingsNode(.number(word), line: line)
    }
  }

  private mutating func string() throws(SettingsProblem) -> String {
    index += 1
    var text: [UInt8] = []
    while let byte {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<0x20: throw problem("there is a control character in a text")
      default: text.append(byte)
      }
    }
    throw problem("a text is never closed")
  }

  /// Decodes an escape; its backslash is already read.
  private mutating func escape() throws(SettingsProblem) -> [UInt8] {
    guard let letter = byte else { throw problem("a text is never closed") }
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var unit = try hexadecimal()
      if 0xD800..<0xDC00 ~= unit, bytes[index...].starts(with: "\\u".utf8) {
        index += 2
        let low = try hexadecimal()
        unit = 0xDC00..<0xE000 ~= low ? 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
      }
      return Array(String(Unicode.Scalar(unit) ?? "\u{FFFD}").utf8)
    default: throw problem("there is an unknown escape in a text")
    }
  }

  private mutating func hexadecimal() throws(SettingsProblem) -> UInt32 {
    let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt32(digits, radix: 16) else {
      throw problem("there is an unknown escape in a text")
    }
    index += 4
    return unit
  }

  private mutating func skipBlanks() throws(SettingsProblem) {
    while let byte {
      if byte == 0x0A { line += 1 }
      if [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
        index += 1
        continue
      }
      guard byte == UInt8(ascii: "/") else { return }
      guard isLenient else { throw problem("there is a comment") }
      let rest = bytes[index...]
      if rest.starts(with: "//".utf8) {
        index = rest.firstIndex(of: 0x0A) ?? bytes.count
      } else if rest.starts(with: "/*".utf8) {
        let end = rest.dropFirst(2).firstRange(of: Array("*/".utf8))?.upperBound ?? bytes.count
        line += bytes[index..<end].count { $0 == 0x0A }
        index = end
      } else {
        throw problem("a value is missing")
      }
    }
  }
}
