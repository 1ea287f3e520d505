/// Escapes math in Markdown: `\(…\)`, `\[…\]`, `$$…$$` and `$\…$`.
///
/// Markdown does not support math: it reads the backslash in `\(` as an escape and `_` as emphasis. Escaping formulas
/// before parsing shows them as written. Code and HTML are left unchanged.
struct Mathematics {
  private let text: UnsafeBufferPointer<UInt8>
  private var result: [UInt8] = []
  private var fence: CodeFence?
  /// The end of the last inline span read, which may be on a later line than its start.
  private var skipped = 0
  private var isInMarkup = false
  private var isBehindBlank = true
  private var isInIndentedCode = false
  /// For each delimiter kind, the offset up to which a search found no closing delimiter.
  private var searched = [Int](repeating: 0, count: Marks.allCases.count)

  /// The maximum length of a formula or code span, in bytes.
  private static let limit = 2000

  /// Returns the text with formulas escaped, or nil if there are none.
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

  /// Returns whether a line may contain formulas: it is neither code nor HTML.
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

  /// Returns the end of a code span opened by `length` backticks.
  private func endOfCode(behind start: Int, length: Int) -> Int? {
    var index = start
    while let next = place(from: index, where: { $0 == UInt8(ascii: "`") }) {
      let found = text[next...].prefix { $0 == UInt8(ascii: "`") }.count
      if found == length { return next + found }
      index = next + found
    }
    return nil
  }

  /// Returns the first matching byte in the same paragraph, within ``limit``.
  private func place(from start: Int, where isMeant: (UInt8) -> Bool) -> Int? {
    var previous: UInt8 = 0
    for index in start..<min(text.count, start + Self.limit) {
      if isMeant(text[index]) { return index }
      if text[index] == 0x0A, previous == 0x0A { return nil }
      previous = text[index]
    }
    return nil
  }

  /// The delimiters of a formula.
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

  /// Returns the end of the formula that begins at a backslash or a dollar sign.
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
    // If an earlier search found no closing delimiter, this one has none either.
    let first = max(begin, searched[marks.rawValue])
    for index in first..<max(first, min(text.count, start + Self.limit)) {
      searched[marks.rawValue] = index
      let (byte, previous) = (text[index], index > begin ? text[index - 1] : 0)
      // A formula contains no code, and does not continue across a blank line or into a quote.
      if byte == UInt8(ascii: "`") || previous == 0x0A && (byte == 0x0A || byte == UInt8(ascii: ">")) { return nil }
      if marks == .dollar, byte == 0x0A { return nil }
      let behind = index + end.count
      if behind <= text.count, text[index..<behind].elementsEqual(end) {
        return Self.isFormula(text[begin..<index]) ? behind : nil
      }
    }
    return nil
  }

  /// Returns whether the content looks like a formula, and not like an escaped bracket around words.
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
  /// Whether a backslash escapes the byte in Markdown: ASCII punctuation.
  fileprivate var isMarkdownPunctuation: Bool {
    switch self {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
