/// Parses the `<example>` blocks of a description in their various layouts: on one line, as a list, or across lines.
///
/// Swift compiles a regex each time its literal is evaluated, so the parser stores them and serves a whole description.
struct ExampleParser {
  private let opening = /(?i)<example\b([^>]*)>/
  private let commentaryBlock =
    /(?is)<(?:commentary|rationale|explanation)>(.*?)(?:<\/(?:commentary|rationale|explanation)>|$)/
  private let turnTag = /(?i)<(\/?)([a-z]+(?:[_-][a-z]+)?)>/
  private let label = /(?i)(^|[\s>*_\-])(context|user|assistant|human|commentary)[*_]*:[*_]*[ \t]*/
  private let action = /<((?:[Uu]ses?|[Cc]alls?|[Ii]nvokes?|[Ll]aunch(?:es)?|[Ff]unction call)\b[^<>]*)>/
  private let bareLabel = /(?i)[ \t]*(?:\n[ \t]*)?[*#_]*\b(?:usage )?examples?(?: usage)?:?[*_]*:[*_]*\s*$/

  /// Returns the conversations in a text, and the prose around them.
  func parts(of text: String) -> (prose: String, examples: [Description.Example]) {
    var prose = ""
    var examples: [Description.Example] = []
    var rest = text[...]
    var closings = Closings(text)
    while let open = rest.firstMatch(of: opening) {
      let inner = rest[open.range.upperBound...]
      let close = closings.next(from: inner.startIndex)
      let next = inner.firstMatch(of: opening)?.range
      let end = close.flatMap { close in next.map { $0.lowerBound < close.lowerBound } ?? false ? nil : close }
      let block = inner[..<(end?.lowerBound ?? next?.lowerBound ?? inner.endIndex)]
      if let example = example(String(block), attributes: open.output.1.trimmed) {
        prose += withoutLabel(rest[..<open.range.lowerBound])
        // The text before and after an example must not become one word.
        if let last = prose.last, !last.isNewline { prose += "\n" }
        examples.append(example)
      } else {
        prose += rest[..<(end?.upperBound ?? block.endIndex)]
      }
      rest = rest[(end?.upperBound ?? block.endIndex)...]
    }
    return ((prose + Self.withoutBullet(rest)).trimmed, examples)
  }

  /// Finds each `</example>`, searching each part of the text only once.
  private struct Closings {
    private let text: String
    private var found: Range<String.Index>?
    private var isDone = false

    init(_ text: String) { self.text = text }

    /// Returns the first closing tag at or after an index. Indices must not decrease between calls.
    mutating func next(from start: String.Index) -> Range<String.Index>? {
      if let found, found.lowerBound >= start { return found }
      if isDone { return nil }
      found = text[start...].firstMatch(of: /(?i)<\/example>/)?.range
      isDone = found == nil
      return found
    }
  }

  /// Returns the prose before an example, without the example's bullet and a bare “Examples:” label.
  private func withoutLabel(_ text: Substring) -> String {
    var bare = Self.withoutBullet(text)
    // A label is short, so only the end of the text needs searching.
    let tail = bare.index(bare.endIndex, offsetBy: -60, limitedBy: bare.startIndex) ?? bare.startIndex
    if let match = bare[tail...].firstMatch(of: bareLabel) { bare.removeSubrange(match.range) }
    return bare.isEmpty ? bare : bare + "\n"
  }

  /// Returns a text without a lone bullet or number on its last line.
  private static func withoutBullet(_ text: Substring) -> String {
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
    var rest = text
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    guard let mark = rest.popLast() else { return String(text) }
    switch mark {
    case "-", "*", "•": break
    case ".", ")":
      guard rest.last?.isWholeNumber == true else { return String(text) }
      while let last = rest.last, last.isWholeNumber { rest.removeLast() }
    default: return String(text)
    }
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    guard let last = rest.last else { return "" }
    guard last.isNewline else { return String(text) }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest.isEmpty ? "" : rest + "\n"
  }

  /// Parses the conversation of a block; nil if it has no turns by the user or the model. Attributes of the tag become
  /// part of the context, because the model reads them too.
  private func example(_ block: String, attributes: String) -> Description.Example? {
    var commentary: [String] = []
    var text = ""
    var rest = block[...]
    while let match = rest.firstMatch(of: commentaryBlock) {
      commentary.append(String(match.output.1).trimmed)
      text += rest[..<match.range.lowerBound] + "\n"
      rest = rest[match.range.upperBound...]
    }
    text += rest
    let labels = labels(in: text)
    guard labels.contains(where: { $0.name == .user || $0.name == .assistant }) else { return nil }
    var context = [attributes, text[..<(labels.first?.range.lowerBound ?? text.endIndex)].cleaned]
    var turns: [Description.Turn] = []
    for (index, label) in labels.enumerated() {
      let end = index + 1 < labels.count ? labels[index + 1].range.lowerBound : text.endIndex
      // Text after a closing tag belongs to the same part.
      let parts = label.closing.map { [text[label.range.upperBound..<$0.lowerBound], text[$0.upperBound..<end]] }
      for said in parts ?? [text[label.range.upperBound..<end]] {
        switch label.name {
        case .context: context.append(said.cleaned)
        case .commentary: commentary.append(said.cleaned)
        case .user: turns += spoken(said, by: .user)
        case .assistant: turns += spoken(said, by: .assistant)
        }
      }
    }
    return Description.Example(
      context: context.filter { !$0.isEmpty }.joined(separator: " "), turns: turns,
      commentary: commentary.filter { !$0.isEmpty }.joined(separator: "\n\n"))
  }

  private enum Name { case context, user, assistant, commentary }

  /// The beginning of a part of a conversation.
  private struct Label {
    let name: Name
    /// The range of the label or opening tag.
    let range: Range<String.Index>
    /// The range of the closing tag, if the part is in tags.
    var closing: Range<String.Index>?
  }

  /// Returns the labels of a block: at the start of a line, before a quotation mark, or after the end of a sentence or
  /// quotation; and tags such as `<user_request>`.
  private func labels(in text: String) -> [Label] {
    let tags = tags(in: text)
    let words = text.matches(of: label).compactMap { match -> Label? in
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
      return Label(name: name, range: start..<match.range.upperBound)
    }
    guard !tags.isEmpty else { return words }
    // The content of a tag is one turn, whatever labels it contains.
    var rest = tags[...]
    let free = words.filter { word in
      while let tag = rest.first, let closing = tag.closing, closing.upperBound <= word.range.lowerBound {
        rest.removeFirst()
      }
      return rest.first.map { word.range.lowerBound < $0.range.lowerBound } ?? true
    }
    return (tags + free).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Returns the tags that contain a part of the conversation. They must be closed and not nested.
  private func tags(in text: String) -> [Label] {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return [] }
    var tags: [Label] = []
    var open: (name: Substring, label: Label)?
    for match in text.matches(of: turnTag) {
      let name = match.output.2
      guard let part = Self.part(of: name.lowercased()) else { continue }
      if match.output.1.isEmpty {
        if open == nil { open = (name, Label(name: part, range: match.range)) }
      } else if let found = open, found.name.lowercased() == name.lowercased() {
        tags.append(Label(name: found.label.name, range: found.label.range, closing: match.range))
        open = nil
      }
    }
    return tags
  }

  /// Returns the part of the conversation in a tag such as `<user_request>`.
  private static func part(of tag: String) -> Name? {
    switch tag.replacing("-", with: "_") {
    case "user", "human", "query", "request", "user_request", "user_query", "user_input", "user_message", "user_prompt",
      "human_message":
      .user
    case "assistant", "response", "assistant_response", "assistant_message", "assistant_action", "agent_response",
      "model_response", "expected_response":
      .assistant
    case "context", "scenario", "situation": .context
    default: nil
    }
  }

  /// Returns the turns of one side, and actions between them such as `<uses Task tool …>`.
  private func spoken(_ text: Substring, by role: Description.Turn.Role) -> [Description.Turn] {
    var turns: [Description.Turn] = []
    func say(_ part: Substring) {
      let said = part.cleaned.unquoted.trimmed
      if !said.isEmpty { turns.append(.init(role: role, text: said)) }
    }
    var rest = text
    while let action = rest.firstMatch(of: action) {
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
    let lines = split(separator: "\n", omittingEmptySubsequences: false).map(\.trimmed)
    let isBulleted = lines.count > 1 && ["-", "*", "•"].contains(lines.last)
    return (isBulleted ? lines.dropLast() : lines[...]).joined(separator: "\n").trimmed
  }
}
