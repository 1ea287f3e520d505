import GFM

/// What a description says, taken apart: one sentence to know an agent by, when to use it, and conversations that show it.
public struct Description: Sendable {
  /// The whole text, `\n` and its like decoded.
  public let text: String
  /// The first sentence; empty where there is no text.
  public let summary: String
  /// What follows the first sentence, less the examples, as Markdown.
  public let whenToUse: String
  /// The conversations.
  public let examples: [Example]
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

  /// Takes a description apart. No word of it is lost: what is no example stays in ``summary`` and ``whenToUse``.
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
    whenToUse = short == first ? rest : prose
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

/// Finds where sentences end.
enum Sentences {
  /// The first sentence of a text, and the rest.
  ///
  /// A sentence ends at a full stop, question or exclamation mark with white space behind it, unless that is part of an abbreviation, or at
  /// an empty line; a colon at the end of a line ends it too, for what follows is a list.
  static func first(of text: String) -> (sentence: String, rest: String) {
    let all = text.trimmed
    var index = all.startIndex
    while let place = all.utf8[index...].firstIndex(where: mayEnd) {
      index = place
      let character = all[index]
      var end = all.index(after: index)
      let next = end < all.endIndex ? all[end] : nil
      var ends = false
      switch character {
      case "。", "！", "？": ends = true
      case ".", "!", "?", "…":
        ends = next?.isWhitespace ?? true
        if ends, character == ".", next != "\n", isAbbreviation(all[..<index]) { ends = false }
        // A sentence in quotation marks or brackets ends behind them.
        if !ends, let next, "\"'”’)*_".contains(next) {
          let behind = all.index(after: end)
          if behind == all.endIndex || all[behind].isWhitespace {
            end = behind
            ends = true
          }
        }
      case "\n": ends = next == "\n" || next.map { "-*•".contains($0) } ?? false
      default: break
      }
      if ends { return (oneLine(all[..<end]), all[end...].trimmed) }
      index = end
    }
    return (oneLine(all[...]), "")
  }

  /// Whether a byte may be the first of a sign that ends a sentence; those of all others are passed by.
  private static func mayEnd(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\n"), 0xE2, 0xE3, 0xEF: true
    default: false
    }
  }

  private static func oneLine(_ text: Substring) -> String {
    text.trimmed.split(whereSeparator: \.isNewline).map(\.trimmed).joined(separator: " ")
  }

  private static let abbreviations: Set<String> = [
    "e.g", "i.e", "eg", "ie", "vs", "cf", "approx", "incl", "mr", "mrs", "ms", "dr", "st", "no", "fig", "resp", "al",
  ]

  private static func isAbbreviation(_ before: Substring) -> Bool {
    let start = before.lastIndex { $0.isWhitespace || $0 == "(" }.map { before.index(after: $0) } ?? before.startIndex
    let word = before[start...].lowercased()
    if abbreviations.contains(word) { return true }
    return word.count == 1 && word.first?.isLetter == true && before.last?.isUppercase == true
  }
}
