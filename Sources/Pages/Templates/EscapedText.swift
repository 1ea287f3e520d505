import Files
import Mustache

/// The only escaping that templates use: ``HTMLText``, byte by byte.
///
/// The engine's own works on characters, so that a quotation mark with a combining mark behind it passes unescaped and ends an attribute.
struct EscapedText: MustacheContentType {
  /// The name under which it is registered, and with which each template begins.
  static let name = "ROSTER"

  func escapeText(_ text: String) -> String { HTMLText.escaped(text) }

  static func escape(_ text: String) -> String { HTMLText.escaped(text) }
}
