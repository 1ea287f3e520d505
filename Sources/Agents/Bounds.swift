/// How long and how many the words may be that a catalog sorts by and shows in lists. What goes beyond is shown whole among the other fields of an
/// agent's page.
enum Bounds {
  /// How many characters a name, a model, a category, a tag or the name of a tool keeps.
  static let wordLength = 200
  /// How many tags, and how many tools, an agent keeps.
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

  /// Whether a value is cut somewhere.
  static func isCut(_ value: FieldValue) -> Bool {
    if value.line.utf8.count <= wordLength { return false }
    let words = value.words
    return words.count > wordCount || words.contains { $0.utf8.count > wordLength && $0.count > wordLength }
  }
}
