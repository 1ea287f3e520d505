/// The position in the HTML of a template, which determines how values are escaped.
struct MarkupPosition {
  private enum State {
    case content
    /// In a tag, outside quotation marks.
    case tag
    /// In an attribute value, up to this quotation mark.
    case value(UInt8)
    /// In an element that contains only text, up to its closing tag.
    case text(element: [UInt8])
  }

  private var state = State.content
  /// The name of the open tag, in lower case.
  private var tag: [UInt8] = []
  private var isNamed = false
  /// The bytes since the last `<` in an element that contains only text.
  private var closing: [UInt8]?

  /// Whether markup is allowed here.
  var takesMarkup: Bool {
    if case .content = state { true } else { false }
  }

  /// The elements that contain only text: https://html.spec.whatwg.org/multipage/syntax.html#elements-2
  private static let textElements = ["title", "textarea", "script", "style"].map { Array($0.utf8) }

  /// Advances past literal text of a template.
  mutating func advance(past literal: [UInt8]) {
    for byte in literal { advance(past: byte) }
  }

  private mutating func advance(past byte: UInt8) {
    switch state {
    case .content:
      guard byte == UInt8(ascii: "<") else { return }
      (state, tag, isNamed) = (.tag, [], false)
    case .tag: advanceInTag(past: byte)
    case .value(let quote): if byte == quote { state = .tag }
    case .text(let element):
      if byte == UInt8(ascii: "<") {
        closing = []
      } else if let read = closing {
        let read = read + [byte | 0x20]
        let wanted = [UInt8(ascii: "/")] + element
        closing = wanted.starts(with: read) ? read : nil
        if read == wanted { (state, tag, isNamed, closing) = (.tag, [], true, nil) }
      }
    }
  }

  private mutating func advanceInTag(past byte: UInt8) {
    switch byte {
    case UInt8(ascii: ">"): state = Self.textElements.contains(tag) ? .text(element: tag) : .content
    case UInt8(ascii: "\""), UInt8(ascii: "'"): state = .value(byte)
    case 0x20, 0x09...0x0D: isNamed = true
    default: if !isNamed { tag.append(byte | 0x20) }
    }
  }
}
