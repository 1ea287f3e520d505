/// The sentence around a phrase, lowercase and without emphasis: the text before and after the phrase.
struct Sentence {
  let before: String
  let after: String
  /// The whole line, lowercase.
  let line: String
  /// Whether the phrase is quoted.
  let isQuoted: Bool

  /// The maximum number of bytes examined on either side.
  private static let reach = 300

  init(around phrase: Range<Int>, in text: [UInt8]) {
    let first = max(0, phrase.lowerBound - Self.reach)
    let last = min(text.count, phrase.upperBound + Self.reach)
    var start = phrase.lowerBound
    while start > first, !Self.endsSentence(text, at: start - 1, limit: phrase.lowerBound) { start -= 1 }
    var end = phrase.upperBound
    while end < last, !Self.endsSentence(text, at: end, limit: last) { end += 1 }
    before = Self.plain(text[start..<phrase.lowerBound]).drop { "-+#>|[]0123456789.) \t".contains($0) }.trimmed
    after = Self.plain(text[phrase.upperBound..<end]).trimmed
    let lineStart = text[first..<phrase.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? first
    let lineEnd = text[phrase.upperBound..<last].firstIndex(of: 0x0A) ?? last
    line = String(decoding: text[lineStart..<lineEnd], as: UTF8.self).lowercased()
    let ahead = String(decoding: text[lineStart..<phrase.lowerBound], as: UTF8.self)
    isQuoted = ahead.count { "\"`".contains($0) } % 2 == 1 || ["'", "“", "‘", "«"].contains(ahead.last)
  }

  /// The word before the phrase; empty at the beginning of the sentence.
  var wordBefore: Substring { before.split(separator: " ").last ?? "" }

  /// Returns whether the phrase begins a clause: it follows nothing, a punctuation mark or one of the given words.
  func beginsClause(after words: Set<Substring>) -> Bool {
    let word = wordBefore
    return word.isEmpty || words.contains(word) || word.last.map { ",;—–-(".contains($0) } == true
  }

  /// Returns whether the clause ends after the phrase, or continues with one of the given words.
  func endsClause(orGoesOnWith words: [String]) -> Bool {
    guard let next = after.first else { return true }
    return ".,;:!?)—–-\"”".contains(next) || words.contains { after.hasPrefix($0) }
  }

  /// Returns whether a sentence ends at an index: a full stop before whitespace, an empty line, or before a list item.
  private static func endsSentence(_ text: [UInt8], at index: Int, limit: Int) -> Bool {
    let next = index + 1 < text.count ? text[index + 1] : 0x0A
    switch text[index] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
      return next == 0x20 || next == 0x0A || next == UInt8(ascii: "*") || next == UInt8(ascii: "_")
    case 0x0A:
      let line = text[(index + 1)..<min(text.count, index + 12)].drop { $0 == 0x20 || $0 == 0x09 }
      return line.first.map { "\n-+*#|>0123456789<".utf8.contains($0) } ?? true
    default: return false
    }
  }

  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    let kept = bytes.filter { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "`") }
    return String(decoding: kept.map { $0 == 0x0A || $0 == 0x09 ? 0x20 : $0 }, as: UTF8.self).lowercased()
  }
}
