import GFM

/// The parts of a description: a one-sentence summary, when to use the agent, and example conversations.
public struct Description: Sendable {
  /// The full text, with escapes such as `\n` decoded.
  public let text: String
  /// The first sentence; empty if there is no text.
  public let summary: String
  /// The text after the first sentence, without the examples, as Markdown.
  ///
  /// If the summary was shortened, this is the whole text without the examples.
  public let whenToUse: String
  /// The example conversations.
  public let examples: [Example]
  /// A label such as “Specifically:” that is followed only by examples or by nothing; empty if there is none.
  public let strayLabel: String
  /// Whether line breaks were written as the two characters `\n`.
  public let wasEscaped: Bool

  /// A conversation that shows when to call the agent.
  public struct Example: Sendable, Hashable {
    /// The situation, or empty.
    public let context: String
    /// The turns, in order.
    public let turns: [Turn]
    /// The reason for calling the agent, or empty.
    public let commentary: String
  }

  /// One turn of a conversation.
  public struct Turn: Sendable, Hashable {
    /// The speaker.
    public enum Role: String, Sendable {
      /// The user.
      case user
      /// The model.
      case assistant
      /// An action, such as `uses Task tool to …`.
      case action
    }

    /// The speaker.
    public let role: Role
    /// The text, without quotation marks.
    public let text: String
  }

  /// Parses a description. Text outside of examples is kept in ``summary``, ``whenToUse`` and ``strayLabel``.
  public init(_ raw: String) {
    let decoded = Escapes.decode(raw)
    wasEscaped = decoded != nil
    text = decoded ?? raw
    var prose = text
    if text.utf8.contains(UInt8(ascii: "<")), text.utf8.count <= Bounds.descriptionSize {
      let parts = ExampleParser().parts(of: text)
      examples = parts.examples
      prose = parts.prose
    } else {
      examples = []
    }
    let (first, rest) = Sentences.first(of: prose)
    let short = Bounds.cut(first, to: Bounds.summaryLength)
    summary = short
    // A shortened summary is repeated in full in `whenToUse`.
    (whenToUse, strayLabel) = Labels.separated(short == first ? rest : prose)
  }
}

/// Decodes line breaks and quotation marks that were escaped once too often.
enum Escapes {
  /// Returns the text with `\n`, `\t` and `\"` decoded, or nil if it contains no `\n` that means a line break.
  static func decode(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "\\")), text.contains("\\n") else { return nil }
    var result: [UInt8] = []
    var found = false
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = bytes.first else {
        result.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "n") where !isPath(result, bytes.dropFirst()):
        result.append(0x0A)
        found = true
      case UInt8(ascii: "r") where bytes.dropFirst().starts(with: "\\n".utf8): break
      case UInt8(ascii: "t") where !isPath(result, bytes.dropFirst()): result.append(0x09)
      case UInt8(ascii: "\""): result.append(next)
      default:
        result.append(byte)
        continue
      }
      bytes = bytes.dropFirst()
    }
    return found ? String(decoding: result, as: UTF8.self) : nil
  }

  /// Returns whether a backslash is part of a path such as `C:\new`.
  private static func isPath(_ before: [UInt8], _ after: ArraySlice<UInt8>) -> Bool {
    guard let last = before.last, let next = after.first, isLetter(next), next | 0x20 == next else { return false }
    return last == UInt8(ascii: ":") && before.count > 1 && isLetter(before[before.count - 2])
      && (before.count == 2 || !isLetter(before[before.count - 3]))
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
}
