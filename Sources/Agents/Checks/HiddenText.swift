/// A comment, unused link definition or unused footnote, whose text rendered Markdown does not show.
struct HiddenText {
  let bytes: [UInt8]
  /// The offsets of the beginnings of words, and of pipes.
  let starts: [Int]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var starts: [Int] = []
    var isInside = false
    for (index, byte) in bytes.enumerated() {
      let isLetter = (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
      if isLetter && !isInside || byte == UInt8(ascii: "|") { starts.append(index) }
      isInside = isLetter
    }
    self.starts = starts
  }

  /// Returns a range of the bytes as one line.
  func line(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension FindingList {
  /// Checks a hidden text.
  ///
  /// - Parameters:
  ///   - text: The hidden text.
  ///   - start: The range of the line on which it begins, or of the block that contains it.
  mutating func checkHidden(_ text: String, in start: Range<Int>) {
    let hidden = HiddenText(text)
    let range = self.range(of: hidden.bytes, from: max(start.lowerBound, context.hidden.last?.upperBound ?? 0)) ?? start
    context.hidden.append(range)
    for rule in RuleRegistry.hiddenText {
      guard let problem = rule.problem(in: hidden) else { continue }
      add(rule.rule, problem, fileRange: self.text.fileRange(range))
      return
    }
  }

  /// Returns the range of the first match of the bytes in the text: all bytes if they match exactly, else their first
  /// line.
  private func range(of bytes: [UInt8], from start: Int) -> Range<Int>? {
    let line = bytes.prefix { $0 != 0x0A }
    guard let first = line.first else { return nil }
    var rest = text.utf8[start...].prefix(4096)
    while let index = rest.firstIndex(of: first) {
      if text.utf8[index...].starts(with: line) {
        let isWhole = text.utf8[index...].starts(with: bytes)
        return index..<index + (isWhole ? bytes.count : line.count)
      }
      rest = rest[(index + 1)...]
    }
    return nil
  }
}
