/// Mathematics in Markdown, as `\(…\)`, `\[…\]`, `$$…$$` and `$\…$`.
///
/// Markdown knows none of it: it takes the backslash in `\(` for an escape, and `_` for emphasis. So that readers see
/// what the author wrote, such a formula is escaped before it is parsed. Code and HTML stay as they are.
struct Mathematics {
  private let text: UnsafeBufferPointer<UInt8>
  private var result: [UInt8] = []
  private var fence: CodeFence?
  /// Where formulas and code that began on an earlier line end.
  private var skipped = 0
  private var isInMarkup = false
  private var isBehindBlank = true
  private var isInIndentedCode = false
  /// For each kind of marks, up to where there is no end of a formula.
  private var searched = [Int](repeating: 0, count: Marks.allCases.count)

  /// How far the end of a formula or of code may be from its beginning, in bytes.
  private static let limit = 2000

  /// A text in which formulas are escaped; nil if it has none.
  static func escaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard mayHold(text) else { return nil }
    var mathematics = Mathematics(text: text)
    mathematics.read()
    return mathematics.result.count == text.count ? nil : mathematics.result
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private static func mayHold(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in text {
      switch (previous, byte) {
      case (UInt8(ascii: "\\"), UInt8(ascii: "(")), (UInt8(ascii: "\\"), UInt8(ascii: "[")),
        (UInt8(ascii: "$"), UInt8(ascii: "$")), (UInt8(ascii: "$"), UInt8(ascii: "\\")):
        return true
      default: previous = byte
      }
    }
    return false
  }

  private mutating func read() {
    result.reserveCapacity(text.count + 256)
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
      if skipped < end {
        if isPlain(text[start..<end]) {
          readInline(max(start, skipped)..<end)
        } else {
          result += text[start..<end]
        }
      }
      start = end
    }
  }

  /// Whether formulas can be in a line: it is no code and no HTML.
  private mutating func isPlain(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    if let open = fence {
      if open.isClosed(by: line) { fence = nil }
      return false
    }
    if line.startIndex < skipped { return true }
    let words = line.drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = words.first, first != 0x0A else {
      (isBehindBlank, isInMarkup) = (true, false)
      return false
    }
    defer { isBehindBlank = false }
    isInIndentedCode = (isBehindBlank || isInIndentedCode) && Self.isIndented(line)
    if isBehindBlank, first == UInt8(ascii: "<") { isInMarkup = true }
    if isInIndentedCode || isInMarkup { return false }
    fence = CodeFence(line: line, number: 0, isInMarkup: false)
    return fence == nil
  }

  private static func isIndented(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    line.first == 0x09 || line.prefix(4).count == 4 && line.prefix(4).allSatisfy { $0 == 0x20 }
  }

  private mutating func readInline(_ line: Range<Int>) {
    var index = line.lowerBound
    while index < line.upperBound {
      switch text[index] {
      case UInt8(ascii: "`"):
        let length = text[index...].prefix { $0 == UInt8(ascii: "`") }.count
        let end = endOfCode(behind: index + length, length: length) ?? index + length
        result += text[index..<end]
        index = end
      case UInt8(ascii: "\\"), UInt8(ascii: "$"):
        if let end = endOfFormula(at: index) {
          for byte in text[index..<end] {
            if byte.isMarkdownPunctuation { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
          }
          index = end
        } else {
          let end = min(index + (text[index] == UInt8(ascii: "\\") ? 2 : 1), line.upperBound)
          result += text[index..<end]
          index = end
        }
      default:
        result.append(text[index])
        index += 1
      }
    }
    skipped = index
  }

  /// The place behind the code that begins with so many backticks.
  private func endOfCode(behind start: Int, length: Int) -> Int? {
    var index = start
    while let next = place(from: index, where: { $0 == UInt8(ascii: "`") }) {
      let found = text[next...].prefix { $0 == UInt8(ascii: "`") }.count
      if found == length { return next + found }
      index = next + found
    }
    return nil
  }

  /// The first byte of a kind in the same paragraph.
  private func place(from start: Int, where isMeant: (UInt8) -> Bool) -> Int? {
    var previous: UInt8 = 0
    for index in start..<min(text.count, start + Self.limit) {
      if isMeant(text[index]) { return index }
      if text[index] == 0x0A, previous == 0x0A { return nil }
      previous = text[index]
    }
    return nil
  }

  /// What a formula is between.
  private enum Marks: Int, CaseIterable {
    case parentheses, brackets, dollars, dollar

    var end: [UInt8] {
      switch self {
      case .parentheses: Array("\\)".utf8)
      case .brackets: Array("\\]".utf8)
      case .dollars: Array("$$".utf8)
      case .dollar: Array("$".utf8)
      }
    }
  }

  private static let ends = Marks.allCases.map(\.end)

  /// The place behind the formula that begins at a backslash or a dollar sign.
  private mutating func endOfFormula(at start: Int) -> Int? {
    guard start + 2 < text.count else { return nil }
    let marks: Marks
    switch (text[start], text[start + 1]) {
    case (UInt8(ascii: "\\"), UInt8(ascii: "(")): marks = .parentheses
    case (UInt8(ascii: "\\"), UInt8(ascii: "[")): marks = .brackets
    case (UInt8(ascii: "$"), UInt8(ascii: "$")): marks = .dollars
    case (UInt8(ascii: "$"), UInt8(ascii: "\\")): marks = .dollar
    default: return nil
    }
    let end = Self.ends[marks.rawValue]
    let begin = start + (marks == .dollar ? 1 : 2)
    // Where an earlier search found no end, there is none for this one either.
    let first = max(begin, searched[marks.rawValue])
    for index in first..<max(first, min(text.count, start + Self.limit)) {
      searched[marks.rawValue] = index
      let (byte, previous) = (text[index], index > begin ? text[index - 1] : 0)
      // A formula holds no code, and goes on over no blank line and into no quotation.
      if byte == UInt8(ascii: "`") || previous == 0x0A && (byte == 0x0A || byte == UInt8(ascii: ">")) { return nil }
      if marks == .dollar, byte == 0x0A { return nil }
      let behind = index + end.count
      if behind <= text.count, text[index..<behind].elementsEqual(end) {
        return Self.isFormula(text[begin..<index]) ? behind : nil
      }
    }
    return nil
  }

  /// Whether what is between the marks looks like a formula. An escaped bracket around words is none.
  private static func isFormula(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    if content.count == 1 { return content.allSatisfy { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A } }
    var previous: UInt8 = 0
    for byte in content {
      if "^_=+".utf8.contains(byte) { return true }
      if previous == UInt8(ascii: "\\"), (0x61...0x7A).contains(byte | 0x20) { return true }
      previous = byte
    }
    return false
  }
}

extension UInt8 {
  /// Whether a backslash in front of the byte escapes it in Markdown: the punctuation of ASCII.
  fileprivate var isMarkdownPunctuation: Bool {
    switch self {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
