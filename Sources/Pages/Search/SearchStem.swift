/// Removes suffixes, so that `test`, `tests`, `tester` and `testing` have one stem, as do `translate`, `translator` and
/// `translation`. `words.js` has the same rules in the same order.
///
/// It removes more than `Words` of `Likenesses`, because people search for “review” when a name says `reviewer`. It is
/// based on Porter, "An algorithm for suffix stripping", 1980, with fewer steps.
struct SearchStem {
  /// The bytes of the word. Those after ``count`` are invalid.
  private var word: [UInt8]
  /// The length of the stem.
  private var count: Int

  /// Removes the suffixes of a lowercase word. Words with characters other than a to z are unchanged.
  static func cut(_ word: inout [UInt8]) {
    guard word.count > 3, word.allSatisfy({ (0x61...0x7A).contains($0) }) else { return }
    var stem = SearchStem(word: [], count: word.count)
    swap(&stem.word, &word)
    stem.cut()
    swap(&stem.word, &word)
    word.removeSubrange(stem.count...)
  }

  /// A suffix, its replacement, and the minimum length of the word.
  private struct Rule {
    let ending: [UInt8]
    let replacement: [UInt8]
    let least: Int

    init(_ ending: String, _ replacement: String, _ least: Int) {
      self.ending = Array(ending.utf8)
      self.replacement = Array(replacement.utf8)
      self.least = least
    }
  }

  /// The first matching rule applies, here and below.
  private static let plurals = [
    Rule("ies", "y", 5), Rule("sses", "ss", 6), Rule("xes", "x", 5), Rule("ches", "ch", 6), Rule("shes", "sh", 6),
    Rule("ss", "ss", 4), Rule("us", "us", 4), Rule("is", "is", 5), Rule("s", "", 4),
  ]
  private static let nouns = [
    Rule("ization", "iz", 9), Rule("isation", "iz", 9), Rule("entation", "ent", 10), Rule("uration", "ur", 9),
    Rule("ormation", "orm", 10), Rule("endation", "end", 10), Rule("ibility", "ibl", 9), Rule("ability", "abl", 9),
    Rule("tion", "t", 6), Rule("sion", "s", 6), Rule("ment", "", 9), Rule("ly", "", 6),
  ]
  /// Words that only look related to `customize` and `authenticate`.
  private static let exceptions = ["customer", "author"].map { Array($0.utf8) }

  private mutating func cut() {
    _ = apply(Self.plurals)
    if Self.exceptions.contains(where: { $0.count == count && ends($0) }) { return }
    var isVerb = false
    if !apply(Self.nouns) {
      if count >= 6, ends("ing"), hasVowel(count - 3) {
        count -= 3
        isVerb = true
        undouble()
      } else if count >= 6, ends("ed"), !ends("eed"), hasVowel(count - 2) {
        count -= 2
        isVerb = true
        undouble()
      }
      if count >= 6, ends("er") || ends("or"), hasVowel(count - 2) {
        count -= 2
        isVerb = true
        undouble()
      }
    }
    if count >= 4, ends("e") {
      count -= 1
      isVerb = true
    }
    // British spelling: `optimise`, `analyse`.
    if isVerb, count >= 5, ends("is") || ends("ys") { word[count - 1] = UInt8(ascii: "z") }
  }

  private mutating func apply(_ rules: [Rule]) -> Bool {
    guard let rule = rules.first(where: { count >= $0.least && ends($0.ending) }) else { return false }
    count -= rule.ending.count
    for byte in rule.replacement {
      word[count] = byte
      count += 1
    }
    return true
  }

  private func ends(_ ending: StaticString) -> Bool {
    ends(UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
  }

  private func ends(_ ending: some RandomAccessCollection<UInt8>) -> Bool {
    var place = count - ending.count
    guard place >= 0 else { return false }
    for byte in ending {
      if word[place] != byte { return false }
      place += 1
    }
    return true
  }

  /// Returns whether the first letters contain a vowel.
  private func hasVowel(_ length: Int) -> Bool {
    word[..<length].contains { Array("aeiouy".utf8).contains($0) }
  }

  /// Removes a doubled letter: `debugging` becomes `debug`. Double l, s and z usually belong to the word itself.
  private mutating func undouble() {
    guard count > 3, word[count - 1] == word[count - 2] else { return }
    if !Array("lsz".utf8).contains(word[count - 1]) { count -= 1 }
  }
}
