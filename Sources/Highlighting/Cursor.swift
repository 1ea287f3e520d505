/// A position in code that only moves forward, and emits tokens.
struct Cursor {
  let text: UnsafeBufferPointer<UInt8>
  private(set) var place = 0
  private let emit: (Token) -> Void

  init(_ text: UnsafeBufferPointer<UInt8>, emit: @escaping (Token) -> Void) {
    self.text = text
    self.emit = emit
  }

  var isAtEnd: Bool { place >= text.count }

  /// Returns the byte at a distance from the position; 0 outside the text.
  func byte(_ distance: Int = 0) -> UInt8 {
    let index = place + distance
    return index >= 0 && index < text.count ? text[index] : 0
  }

  mutating func skip(_ count: Int = 1) { place = min(place + count, text.count) }
  mutating func skip(while holds: (UInt8) -> Bool) { while place < text.count, holds(text[place]) { place += 1 } }
  mutating func skipLine() { skip { $0 != 0x0A } }
  mutating func skipBlanks() { skip { $0 == 0x20 || $0 == 0x09 } }

  /// Returns whether these bytes are at the position.
  func stands(_ bytes: [UInt8]) -> Bool {
    guard place + bytes.count <= text.count else { return false }
    for (offset, byte) in bytes.enumerated() where text[place + offset] != byte { return false }
    return true
  }

  /// Moves to the next occurrence of these bytes, or to the end.
  mutating func skip(until bytes: [UInt8]) { while !isAtEnd, !stands(bytes) { place += 1 } }
  /// Moves after the next occurrence of these bytes, or to the end.
  mutating func skip(behind bytes: [UInt8]) {
    skip(until: bytes)
    skip(bytes.count)
  }

  /// Moves after the end of a string literal. A single-line string also ends at the end of its line.
  mutating func skip(behindQuote close: [UInt8], escape: UInt8?, runsOverLines: Bool) {
    while !isAtEnd {
      if stands(close) {
        skip(close.count)
        return
      }
      if !runsOverLines && byte() == 0x0A { return }
      skip(byte() == escape ? 2 : 1)
    }
  }

  /// Emits a token from `start` to the position.
  func mark(_ kind: Token.Kind, from start: Int) {
    if start < place { emit(Token(kind: kind, range: start..<place)) }
  }

  /// Whether the position is the first nonblank one in its line.
  var isFirstInLine: Bool {
    var index = place - 1
    while index >= 0, text[index] == 0x20 || text[index] == 0x09 { index -= 1 }
    return index < 0 || text[index] == 0x0A
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A || self >= 0x80 }
  var isWordStart: Bool { isLetter || self == UInt8(ascii: "_") }
  var isWord: Bool { isWordStart || isDigit }
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
