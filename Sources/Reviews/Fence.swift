/// The opening line of a fenced code block.
struct Fence {
  /// The language of the block.
  let language: CommandBlock.Language
  private let sign: Character
  private let length: Int
  private let indent: Int
  /// The number of block quotes that contain it.
  private let depth: Int

  /// Reads a line. Returns nil if it opens no code block.
  init?(_ line: String) {
    let (depth, text) = Self.withoutQuotes(line[...], limit: .max)
    let bare = text.drop { $0 == " " || $0 == "\t" }
    guard let sign = bare.first, sign == "`" || sign == "~" else { return nil }
    let length = bare.prefix { $0 == sign }.count
    let info = bare.dropFirst(length)
    guard length >= 3, sign == "~" || !info.contains("`") else { return nil }
    self.sign = sign
    self.length = length
    self.depth = depth
    indent = Self.width(text)
    language = CommandBlock.Language(info: info)
  }

  /// Returns the lines of the block, and the index of the first line after it.
  ///
  /// Authors forget to close blocks. So a block also ends where its block quote or list item ends, and at a fence that
  /// names a language.
  func block(in lines: [String], after opening: Int) -> (lines: [Substring], end: Int) {
    var block: [Substring] = []
    for place in (opening + 1)..<max(lines.count, opening + 1) {
      let (found, text) = Self.withoutQuotes(lines[place][...], limit: depth)
      if found < depth { return (block, place) }
      let bare = text.drop { $0 == " " || $0 == "\t" }
      let marks = bare.prefix { $0 == sign }.count
      if marks >= length {
        let info = bare.dropFirst(marks).drop { $0 == " " }
        if info.allSatisfy(\.isWhitespace) { return (block, place + 1) }
        if info.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }) { return (block, place) }
      }
      // The text of a list item is indented at most three columns less than a fence in it.
      if !bare.isEmpty, Self.width(text) < indent - 3 { return (block, place) }
      block.append(text)
    }
    return (block, lines.count)
  }

  /// Returns a line without the marks of block quotes, and their number.
  private static func withoutQuotes(_ line: Substring, limit: Int) -> (depth: Int, text: Substring) {
    var (depth, text) = (0, line)
    while depth < limit {
      let bare = text.drop { $0 == " " }
      guard bare.first == ">" else { break }
      text = bare.dropFirst()
      if text.first == " " { text = text.dropFirst() }
      depth += 1
    }
    return (depth, text)
  }

  /// Returns the number of columns before the first character.
  private static func width(_ text: Substring) -> Int {
    text.prefix { $0 == " " || $0 == "\t" }.reduce(0) { $0 + ($1 == "\t" ? 4 : 1) }
  }
}
