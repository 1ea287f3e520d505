/// The fence of a code block: so many backticks or tildes.
struct CodeFence {
  let length: Int
  let sign: UInt8

  /// Whether a line of the block begins with what looks like a fence of the same length. Behind an info string it closes nothing; its author
  /// meant a block inside the block.
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
