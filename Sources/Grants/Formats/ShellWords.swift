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

  /// Returns the items of a list separated by commas. Commas in parentheses do not separate items.
  static func list(_ text: String) -> [String] {
    var items: [String] = [""]
    var depth = 0
    for character in text.prefix(20_000) {
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      if character == ",", depth == 0 {
        items.append("")
      } else if character != " " || !(items.last ?? "").isEmpty {
        items[items.count - 1].append(character)
      }
    }
    return items.filter { !$0.isEmpty }
  }
}
