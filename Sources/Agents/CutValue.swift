import Text

/// Finds prose that YAML cuts off: at ` #`, or a first word that it takes for a type (`!word`) or a name (`&word`).
enum CutValue {
  /// The fields that contain prose.
  private static let proseKeys: Set<String> = [
    "description", "whentouse", "when_to_use", "summary", "title", "name", "displayname", "display-name",
    "display_name", "argument-hint", "purpose", "role", "goal", "prompt", "initialprompt", "developer_instructions",
    "instructions", "custominstructions", "roledefinition", "compatibility", "message", "vibe",
  ]

  /// Returns whether a field contains prose.
  static func isProse(_ key: String) -> Bool { proseKeys.contains(key.lowercased()) }

  /// Returns whether a comment was meant as part of the value before it.
  ///
  /// `#12`, `#tag` and `##` are prose, because comments have a space after `#`. With that space it is a comment, unless
  /// the value would end in the middle of a phrase: `C # and F #`. After two spaces, as formatters write them, it is
  /// always a comment.
  static func isCut(_ comment: FrontmatterSyntax.Comment, in text: [UInt8]) -> Bool {
    guard isProse(comment.key), let value = comment.value else { return false }
    let blanks = comment.range.lowerBound - value.upperBound
    guard blanks == 1 || value.isEmpty else { return false }
    let behind = text[comment.range].dropFirst()
    // A lone `#` makes no sense as a comment.
    guard let first = behind.first else { return !value.isEmpty }
    if first != 0x20, first != 0x09 { return first != UInt8(ascii: "!") }
    return !value.isEmpty && (endsOpen(value, in: text) || isLanguage(value, comment.key, in: text))
  }

  /// A first word of a value that is not part of it.
  struct Mark {
    let key: String
    let range: Range<Int>
    /// Whether YAML takes it for the type of the value; otherwise, for its name.
    let isType: Bool
  }

  /// Returns the first words of prose that YAML takes for a type or a name (YAML 1.2.2, 6.9). `!!str` is meant as a type.
  ///
  /// - Parameters:
  ///   - text: The text of the file.
  ///   - fields: The range of the frontmatter's fields.
  static func marks(in text: [UInt8], _ fields: Range<Int>) -> [Mark] {
    var marks: [Mark] = []
    for line in text[fields].lines {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
        let start = line[(colon + 1)...].firstIndex(where: { $0 != UInt8(ascii: " ") }), start > colon + 1,
        text[start] == UInt8(ascii: "!") || text[start] == UInt8(ascii: "&"),
        !line[start...].starts(with: "!!".utf8)
      else { continue }
      let key = String(decoding: line[..<colon], as: UTF8.self)
      guard isProse(key) else { continue }
      let end = line[start...].firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
      marks.append(Mark(key: key, range: start..<end, isType: text[start] == UInt8(ascii: "!")))
    }
    return marks
  }

  /// Returns whether a description begins with a language whose name contains `#`.
  private static func isLanguage(_ value: Range<Int>, _ key: String, in text: [UInt8]) -> Bool {
    key == "description" && value.count == 1 && "CFJ".utf8.contains(text[value.lowerBound])
  }

  /// The words that cannot end a phrase.
  private static let openWords: Set<String> = [
    "a", "an", "the", "and", "or", "of", "for", "to", "in", "with", "by", "from", "as", "at", "vs", "is", "are", "than",
    "into", "issue", "issues", "ticket", "tickets", "pr", "c", "f", "j", "q",
  ]

  /// Returns whether a value ends in the middle of a phrase.
  private static func endsOpen(_ value: Range<Int>, in text: [UInt8]) -> Bool {
    guard let last = text[value].last else { return false }
    if [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: "/")].contains(last) {
      return true
    }
    let words = String(decoding: text[value], as: UTF8.self).split(separator: " ")
    return words.count > 1 && words.last.map { openWords.contains($0.lowercased()) } ?? false
  }
}
