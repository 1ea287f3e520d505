/// Reads the `<example>` blocks of a description, in whatever shape they come: on one line, as a list, across lines.
enum ExampleParser {
  /// The conversations of a text, and the prose around them.
  static func parts(of text: String) -> (prose: String, examples: [Description.Example]) {
    var prose = ""
    var examples: [Description.Example] = []
    var rest = text[...]
    while let open = rest.firstMatch(of: /(?i)<example\b[^>]*>/) {
      let inner = rest[open.range.upperBound...]
      let close = inner.firstMatch(of: /(?i)<\/example>/)?.range
      let next = inner.firstMatch(of: /(?i)<example\b[^>]*>/)?.range
      let end = close.flatMap { close in next.map { $0.lowerBound < close.lowerBound } ?? false ? nil : close }
      let block = inner[..<(end?.lowerBound ?? next?.lowerBound ?? inner.endIndex)]
      if let example = example(String(block)) {
        prose += withoutLabel(rest[..<open.range.lowerBound])
        examples.append(example)
      } else {
        prose += rest[..<(end?.upperBound ?? block.endIndex)]
      }
      rest = rest[(end?.upperBound ?? block.endIndex)...]
    }
    return ((prose + withoutBullet(rest)).trimmed, examples)
  }

  /// Prose in front of an example, less the bullet that the example hangs on and a bare “Examples:”.
  private static func withoutLabel(_ text: Substring) -> String {
    let bare = withoutBullet(text).replacing(
      /(?i)[ \t]*(?:\n[ \t]*)?(?:[*#_]*)\b(?:usage )?examples?(?: usage)?:?[*_]*:[*_]*\s*$/, with: "")
    return bare.isEmpty ? bare : bare + "\n"
  }

  private static func withoutBullet(_ text: Substring) -> String {
    String(text).replacing(/\s*\n[ \t]*(?:[-*•]|\d+[.)])[ \t]*$/, with: "\n")
      .replacing(/^\s*(?:[-*•]|\d+[.)])\s*$/, with: "")
  }

  /// The conversation of a block, or nil where nobody speaks.
  private static func example(_ block: String) -> Description.Example? {
    var commentary: [String] = []
    var text = block
    while let match = text.firstMatch(of: /(?is)<commentary>(.*?)(?:<\/commentary>|$)/) {
      commentary.append(String(match.output.1).trimmed)
      text.replaceSubrange(match.range, with: "\n")
    }
    let labels = labels(in: text)
    guard labels.contains(where: { $0.name == .user || $0.name == .assistant }) else { return nil }
    var context = [text[..<(labels.first?.range.lowerBound ?? text.endIndex)].cleaned]
    var turns: [Description.Turn] = []
    for (index, label) in labels.enumerated() {
      let end = index + 1 < labels.count ? labels[index + 1].range.lowerBound : text.endIndex
      let said = text[label.range.upperBound..<end]
      switch label.name {
      case .context: context.append(said.cleaned)
      case .commentary: commentary.append(said.cleaned)
      case .user: turns += spoken(said, by: .user)
      case .assistant: turns += spoken(said, by: .assistant)
      }
    }
    return Description.Example(
      context: context.filter { !$0.isEmpty }.joined(separator: " "), turns: turns,
      commentary: commentary.filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  private enum Name { case context, user, assistant, commentary }

  /// The labels of a block: at the start of a line, in front of a quotation mark, or behind the end of a sentence or a quotation.
  private static func labels(in text: String) -> [(name: Name, range: Range<String.Index>)] {
    text.matches(of: /(?i)(^|[\s>*_\-])(context|user|assistant|human|commentary)[*_]*:[*_]*[ \t]*/).compactMap {
      match in
      let start = match.output.2.startIndex
      let before = text[..<match.range.lowerBound].last { !$0.isWhitespace && !"-*_".contains($0) }
      let lineStart = text[..<start].last { $0 == "\n" || !($0.isWhitespace || "-*_•".contains($0)) }
      let opensQuote = text[match.range.upperBound...].first.map { "\"'“‘".contains($0) } ?? false
      let isAtLineStart = lineStart == nil || lineStart == "\n"
      let endsSentence = before.map { ".!?\"'”’>".contains($0) } ?? true
      guard isAtLineStart || opensQuote || endsSentence else { return nil }
      let name: Name =
        switch match.output.2.lowercased() {
        case "context": .context
        case "assistant": .assistant
        case "commentary": .commentary
        default: .user
        }
      return (name, start..<match.range.upperBound)
    }
  }

  /// What one side says, and what is done in between: `<uses Task tool …>`.
  private static func spoken(_ text: Substring, by role: Description.Turn.Role) -> [Description.Turn] {
    var turns: [Description.Turn] = []
    func say(_ part: Substring) {
      let said = part.cleaned.unquoted.trimmed
      if !said.isEmpty { turns.append(.init(role: role, text: said)) }
    }
    var rest = text
    while let action = rest.firstMatch(
      of: /<((?:[Uu]ses?|[Cc]alls?|[Ii]nvokes?|[Ll]aunch(?:es)?|[Ff]unction call)\b[^<>]*)>/)
    {
      say(rest[..<action.range.lowerBound])
      turns.append(.init(role: .action, text: String(action.output.1).trimmed))
      rest = rest[action.range.upperBound...]
    }
    say(rest)
    return turns
  }
}

extension Substring {
  /// The text with each line trimmed, and without the bullet of the next item at its end.
  fileprivate var cleaned: String {
    split(separator: "\n", omittingEmptySubsequences: false).map(\.trimmed).joined(separator: "\n")
      .replacing(/\n[-*•]$/, with: "").trimmed
  }
}
