/// How long and how many the words may be that a catalog sorts by and shows in lists. What goes beyond is shown whole
/// among the other fields of an agent's page. Tools are not cut: what an agent may do must not hide behind a bound.
enum Bounds {
  /// How many characters a name, a model, a category or a tag keeps.
  static let wordLength = 200
  /// How many tags an agent keeps.
  static let wordCount = 200
  /// How many characters a summary keeps.
  static let summaryLength = 600
  /// How long a description may be in bytes to be taken apart.
  static let descriptionSize = 64 << 10

  /// A word, cut if it is too long.
  static func word(_ text: String) -> String { cut(text, to: wordLength) }

  /// A text, cut if it is too long.
  static func cut(_ text: String, to length: Int) -> String {
    text.utf8.count > length && text.count > length ? text.prefix(length) + "…" : text
  }

  /// Words, each cut if it is too long, and no more than there may be.
  static func words(_ words: [String]) -> [String] { words.prefix(wordCount).map(word) }

  /// Whether a text is cut as one word.
  static func cutsWord(_ text: String) -> Bool { cut(text, to: wordLength) != text }

  /// Whether words are cut, or some left out.
  static func cutsWords(_ words: [String]) -> Bool { words.count > wordCount || words.contains(where: cutsWord) }
}
