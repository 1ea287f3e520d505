/// Distinguishes comments from prose that YAML cuts off at ` #`.
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
