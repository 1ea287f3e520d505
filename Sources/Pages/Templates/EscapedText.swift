import Mustache

/// The only escaping that templates use: `&`, `<`, `>`, `"` and `'`, byte by byte.
///
/// The engine's own works on characters, so that a quotation mark with a combining mark behind it passes unescaped and ends an attribute.
struct EscapedText: MustacheContentType {
  /// The name under which it is registered, and with which each template begins.
  static let name = "ROSTER"

  func escapeText(_ text: String) -> String { Self.escape(text) }

  static func escape(_ text: String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      guard utf8.contains(where: isSpecial) else { return nil as String? }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(utf8.count + 32)
      for byte in utf8 {
        switch byte {
        case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
        case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
        default: bytes.append(byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    } ?? text
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}
