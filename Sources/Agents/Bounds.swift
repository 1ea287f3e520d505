/// Limits for the values that a catalog lists and sorts by.
///
/// Values beyond a limit are shown in full among the other fields of the agent page. Tool lists have no limit: an
/// agent's permissions must never be hidden.
enum Bounds {
  /// The maximum length of a name, model, category or tag, in characters.
  static let wordLength = 200
  /// The maximum number of tags of an agent.
  static let wordCount = 200
  /// The maximum length of a summary, in characters.
  static let summaryLength = 600
  /// The maximum size of a description that is searched for examples, in bytes.
  static let descriptionSize = 64 << 10

  /// Returns a word, shortened to ``wordLength``.
  static func word(_ text: String) -> String { cut(text, to: wordLength) }

  /// Returns a text, shortened to a number of characters, with an ellipsis.
  static func cut(_ text: String, to length: Int) -> String {
    text.utf8.count > length && text.count > length ? text.prefix(length) + "…" : text
  }

  /// Returns at most ``wordCount`` words, each shortened to ``wordLength``.
  static func words(_ words: [String]) -> [String] { words.prefix(wordCount).map(word) }

  /// Returns whether ``word(_:)`` shortens a text.
  static func cutsWord(_ text: String) -> Bool { cut(text, to: wordLength) != text }

  /// Returns whether ``words(_:)`` shortens or drops words.
  static func cutsWords(_ words: [String]) -> Bool { words.count > wordCount || words.contains(where: cutsWord) }
}
