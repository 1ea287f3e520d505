/// The fence of a code block: a run of backticks or tildes.
struct CodeFence {
  let length: Int
  let sign: UInt8
  /// The source line, from 1.
  var line = 0
  /// The indentation in bytes, including quote and list markers.
  var indent = 0
  /// Whether the rest of the line is blank. Only such a fence can close a block.
  var isBare = true
  /// Whether the surrounding lines suggest the end of a block: text above, and a blank line below.
  var looksClosing = false
  /// Whether text follows on the next line, as at the start of a block.
  var looksOpening = false
  /// Whether the line is part of an HTML block, where a fence has no effect.
  var isInMarkup = false

  init(length: Int, sign: UInt8) {
    self.length = length
    self.sign = sign
  }

  /// Reads a line that may be a fence, including one in a quote or a list. Returns nil for any other line.
  init?(line: Slice<UnsafeBufferPointer<UInt8>>, number: Int, isInMarkup: Bool) {
    var rest = line.drop { " \t>".utf8.contains($0) }
    // A block may start on the line of its list item.
    if let first = rest.first, "-*+0123456789".utf8.contains(first) {
      let item = rest.drop { "-*+0123456789.)".utf8.contains($0) }
      if item.first == 0x20 { rest = item.drop { $0 == 0x20 } }
    }
    guard let sign = rest.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return nil }
    let length = rest.prefix { $0 == sign }.count
    let info = rest.dropFirst(length)
    guard length >= 3, sign == UInt8(ascii: "~") || !info.contains(sign) else { return nil }
    self.length = length
    self.sign = sign
    self.line = number
    indent = line.distance(from: line.startIndex, to: rest.startIndex)
    isBare = info.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    self.isInMarkup = isInMarkup
  }

  /// Returns whether another fence can close this fence's block: long enough, and not indented so far that it is code.
  func reaches(_ other: CodeFence) -> Bool {
    other.sign == sign && other.length >= length && other.indent < indent + 4
  }

  /// Returns whether a line of the block's code begins like a fence of at least the same length.
  ///
  /// With an info string, such a line closes nothing; the author meant a nested block.
  func stands(in code: UnsafeBufferPointer<UInt8>) -> Bool {
    var isLineStart = true
    for index in code.indices {
      if isLineStart {
        let line = code[index...].drop { $0 == 0x20 }
        if line.startIndex - index < 4, isFence(line) { return true }
      }
      isLineStart = code[index] == 0x0A
    }
    return false
  }

  /// Returns whether a line closes the block. Quote markers at the start of the line are ignored.
  func isClosed(by line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let mark = line.drop { $0 == 0x20 || $0 == UInt8(ascii: ">") || $0 == 0x09 }
    return isFence(mark) && mark.drop { $0 == sign }.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
  }

  private func isFence(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool { line.prefix { $0 == sign }.count >= length }
}
