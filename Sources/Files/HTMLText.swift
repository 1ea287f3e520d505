/// Text as HTML shows it: the one place where markup is taken out of text.
public enum HTMLText {
  /// Appends text with `&`, `<`, `>` and `"` escaped, and with characters that HTML forbids made visible.
  ///
  /// It works on bytes. A quotation mark with a combining mark behind it is one character, and would pass if characters were looked at.
  /// Control characters become their pictures (U+2400 to U+2421), the other forbidden ones U+FFFD:
  /// https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - escapesApostrophes: whether `'` is escaped too, for attributes in single quotation marks.
  public static func append(
    _ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], escapesApostrophes: Bool = false
  ) {
    var start = 0
    var index = 0
    func copy(to end: Int) {
      if end > start { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end])) }
    }
    while index < text.count {
      let byte = text[index]
      guard isSpecial[Int(byte)], let (replacement, length) = replacement(of: text, at: index, escapesApostrophes)
      else {
        index += 1
        continue
      }
      copy(to: index)
      bytes.append(contentsOf: replacement)
      index += length
      start = index
    }
    copy(to: text.count)
  }

  /// A text with everything escaped, quotation marks of both kinds included.
  public static func escaped(_ text: String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      guard utf8.contains(where: { isSpecial[Int($0)] }) else { return nil as String? }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(utf8.count + 32)
      append(utf8, to: &bytes, escapesApostrophes: true)
      return String(decoding: bytes, as: UTF8.self)
    } ?? text
  }

  /// Appends a text with everything escaped, quotation marks of both kinds included.
  public static func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0, to: &bytes, escapesApostrophes: true) }
  }

  /// The bytes that may have to be replaced, alone or with those behind them.
  private static let isSpecial: [Bool] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x09, 0x0A, 0x0C, 0x0D: false
    case 0..<0x20, 0x7F, 0xC2, 0xEF: true
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }

  private static func replacement(
    of text: UnsafeBufferPointer<UInt8>, at index: Int, _ escapesApostrophes: Bool
  ) -> (replacement: [UInt8], length: Int)? {
    switch text[index] {
    case UInt8(ascii: "&"): return (ampersand, 1)
    case UInt8(ascii: "<"): return (less, 1)
    case UInt8(ascii: ">"): return (greater, 1)
    case UInt8(ascii: "\""): return (quote, 1)
    case UInt8(ascii: "'"): return escapesApostrophes ? (apostrophe, 1) : nil
    case 0x7F: return ([0xE2, 0x90, 0xA1], 1)
    case 0..<0x20: return ([0xE2, 0x90, 0x80 | text[index]], 1)
    case 0xC2 where index + 1 < text.count && text[index + 1] < 0xA0: return (unknown, 2)
    case 0xEF where index + 2 < text.count:
      let (second, third) = (text[index + 1], text[index + 2])
      let isNoncharacter = second == 0xBF && third >= 0xBE || second == 0xB7 && (0x90...0xAF).contains(third)
      return isNoncharacter ? (unknown, 3) : nil
    default: return nil
    }
  }

  private static let ampersand = Array("&amp;".utf8)
  private static let less = Array("&lt;".utf8)
  private static let greater = Array("&gt;".utf8)
  private static let quote = Array("&quot;".utf8)
  private static let apostrophe = Array("&#39;".utf8)
  private static let unknown: [UInt8] = [0xEF, 0xBF, 0xBD]
}
