import GFM

/// What a description says, taken apart: one sentence to know an agent by, when to use it, and conversations that show
/// it.
public struct Description: Sendable {
  /// The whole text, `\n` and its like decoded.
  public let text: String
  /// The first sentence; empty where there is no text.
  public let summary: String
  /// What follows the first sentence, less the examples, as Markdown.
  public let whenToUse: String
  /// The conversations.
  public let examples: [Example]
  /// A label such as “Specifically:” with nothing behind it but examples, or with nothing at all; empty where there is
  /// none.
  public let strayLabel: String
  /// Whether the two characters `\n` stood for line breaks.
  public let wasEscaped: Bool

  /// A conversation that shows when an agent is called.
  public struct Example: Sendable, Hashable {
    /// The situation, or empty.
    public let context: String
    /// Who says what, in order.
    public let turns: [Turn]
    /// Why the agent is called here, or empty.
    public let commentary: String
  }

  /// What one side says or does.
  public struct Turn: Sendable, Hashable {
    /// Whose turn it is.
    public enum Role: String, Sendable {
      /// The person.
      case user
      /// The model.
      case assistant
      /// Something that is done, such as `uses Task tool to …`.
      case action
    }

    /// Whose turn it is.
    public let role: Role
    /// What is said, without quotation marks.
    public let text: String
  }

  /// Takes a description apart. No word of it is lost: what is no example stays in ``summary``, ``whenToUse`` and
  /// ``strayLabel``.
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
    // What is cut off the summary is not lost: it is said again, whole.
    (whenToUse, strayLabel) = Labels.separated(short == first ? rest : prose)
  }
}

/// Line breaks and quotation marks that were escaped once too often.
enum Escapes {
  /// The text with `\n`, `\t` and `\"` decoded, or nil where no `\n` stands for a line break.
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

  /// Whether a backslash stands in a path such as `C:\new` or `src\notes\x`.
  private static func isPath(_ before: [UInt8], _ after: ArraySlice<UInt8>) -> Bool {
    guard let last = before.last, let next = after.first, isLetter(next), next | 0x20 == next else { return false }
    return last == UInt8(ascii: ":") && before.count > 1 && isLetter(before[before.count - 2])
      && (before.count == 2 || !isLetter(before[before.count - 3]))
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
}
