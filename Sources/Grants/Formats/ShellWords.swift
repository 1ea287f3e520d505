/// Shell-like splitting of arguments, without operators and expansions.
enum ShellWords {
  /// Returns the words of a line.
  static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line.prefix(20_000) {
      if isEscaped {
        // In quotation marks, a backslash only escapes these.
        word = (word ?? "") + (quote == nil || "\"\\$`".contains(character) ? "" : "\\") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let whole = word { words.append(whole) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let whole = word { words.append(whole) }
    return words
  }
}
