/// Values in typographic quotation marks, which YAML treats as text.
enum CurlyQuotes {
  /// A pair of quotation marks around a text, as byte ranges.
  struct Pair {
    let whole: Range<Int>
    let inner: Range<Int>
  }

  /// The fields that hold comma-separated names. Each name may be quoted.
  private static let listKeys: Set<String> = [
    "tools", "disallowedTools", "allowed-tools", "disallowed-tools", "skills", "tags", "keywords", "mcpServers",
  ]

  /// Returns whether a curly quotation mark begins at an index: U+2018 to U+201F.
  static func begin(at index: Int, in bytes: ArraySlice<UInt8>) -> Bool {
    index + 2 < bytes.endIndex && bytes[index] == 0xE2 && bytes[index + 1] == 0x80
      && (0x98...0x9F).contains(bytes[index + 2])
  }

  /// Returns the quotation marks of a value: one pair around all of it, or one around each name of a list.
  static func pairs(around range: Range<Int>, of key: String, in text: [UInt8]) -> [Pair] {
    if let pair = pair(around: range, in: text) { return [pair] }
    guard listKeys.contains(key) else { return [] }
    var pairs: [Pair] = []
    for part in text[range].split(separator: UInt8(ascii: ",")) {
      var part = part
      while part.first == 0x20 { part.removeFirst() }
      while part.last == 0x20 { part.removeLast() }
      guard let pair = pair(around: part.startIndex..<part.endIndex, in: text) else { return [] }
      pairs.append(pair)
    }
    return pairs
  }

  /// Returns the pair around a range of a text, or nil if its marks do not match.
  private static func pair(around range: Range<Int>, in text: [UInt8]) -> Pair? {
    guard range.count >= 6, begin(at: range.lowerBound, in: text[range]),
      begin(at: range.upperBound - 3, in: text[range])
    else { return nil }
    let (first, last) = (text[range.lowerBound + 2], text[range.upperBound - 1])
    // U+2018 to U+201B are single marks, U+201C to U+201F are double marks.
    guard (first < 0x9C) == (last < 0x9C), first != 0x99 else { return nil }
    let inner = range.lowerBound + 3..<range.upperBound - 3
    var index = inner.lowerBound
    while index < inner.upperBound {
      if begin(at: index, in: text[inner]), (text[index + 2] < 0x9C) == (first < 0x9C) {
        // A single mark between letters is an apostrophe.
        let isApostrophe =
          text[index + 2] == 0x99 && isLetter(text[index - 1]) && index + 3 < inner.upperBound
          && isLetter(text[index + 3])
        guard isApostrophe else { return nil }
      }
      index += 1
    }
    return Pair(whole: range, inner: inner)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
