/// Shell-like splitting of a command line, without expansions.
enum ShellWords {
  /// Returns the words of a line.
  static func split(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line.prefix(20_000) {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if character == " " || character == "\t" || character.isNewline {
        if let whole = word { words.append(whole) }
        word = nil
      } else {
        word = word ?? ""
        word?.append(character)
      }
    }
    if let whole = word { words.append(whole) }
    return words
  }
}
