/// A comment, or a link definition or footnote that nothing uses: rendered Markdown does not show its text.
struct HiddenText {
  let bytes: [UInt8]
  /// Where words and pipes begin.
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

  /// Some of its bytes in one line.
  func line(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension FindingList {
  /// Checks a hidden text.
  ///
  /// - Parameters:
  ///   - text: what it says.
  ///   - start: the line of the text on which it begins, or the block that holds it.
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

  /// Where the first line of some bytes is in the text, and all of them where they are as they were read.
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
