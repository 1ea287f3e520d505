/// The fence of a code block: so many backticks or tildes.
struct CodeFence {
  let length: Int
  let sign: UInt8
  /// The line of the source, from 1.
  var line = 0
  /// How far the fence is indented.
  var indent = 0
  /// Whether nothing follows the fence on its line. Only such a fence can close a block.
  var isBare = true
  /// Whether the lines around it are those around the end of a block: text above, and a blank line below.
  var looksClosing = false
  /// Whether text follows on the next line, as it does at the beginning of a block.
  var looksOpening = false
  /// Whether the line is part of an HTML block, where a fence has no effect.
  var isInMarkup = false

  init(length: Int, sign: UInt8) {
    self.length = length
    self.sign = sign
  }

  /// Reads a line that may be a fence, in a quotation or a list as well; nil where it is none.
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

  /// Whether another fence is long enough to close this one's block, and not indented so far that it is code.
  func reaches(_ other: CodeFence) -> Bool {
    other.sign == sign && other.length >= length && other.indent < indent + 4
  }

  /// Whether a line of the block begins with what looks like a fence of the same length. Behind an info string it
  /// closes nothing; its author meant a block inside the block.
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

  /// Whether a line closes the block, whatever stands in front of it as the mark of a quotation.
  func isClosed(by line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let mark = line.drop { $0 == 0x20 || $0 == UInt8(ascii: ">") || $0 == 0x09 }
    return isFence(mark) && mark.drop { $0 == sign }.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
  }

  private func isFence(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool { line.prefix { $0 == sign }.count >= length }
}
