/// A sentence about a settings file. Text from the file is separate from the program's own words.
///
/// Quoted parts contain the text of the file unchanged, including hidden characters. Label those before display.
public struct Sentence: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringInterpolation {
  /// A part of a sentence.
  public enum Part: Sendable, Hashable {
    /// The program's own words.
    case words(String)
    /// Text from the file, or code.
    case quoted(String)
  }

  /// The parts in order.
  public private(set) var parts: [Part] = []

  /// The sentence as plain text, with quoted parts in backticks.
  public var description: String {
    parts.map {
      switch $0 {
      case .words(let text): text
      case .quoted(let text): "`\(text)`"
      }
    }.joined()
  }

  /// The sentence as plain text, with quoted parts in quotation marks.
  public var text: String {
    parts.map { part in
      switch part {
      case .words(let text): text
      case .quoted(let text): "“\(text)”"
      }
    }.joined()
  }

  /// Whether the sentence is empty.
  var isEmpty: Bool { parts.isEmpty }

  /// Creates a sentence of fixed words.
  public init(stringLiteral value: String) { add(.words(value)) }

  /// Creates a sentence from an interpolated literal.
  public init(stringInterpolation: Interpolation) {
    for part in stringInterpolation.parts { add(part) }
  }

  /// The parts of a sentence under construction.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Creates an empty interpolation.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends fixed words.
    public mutating func appendLiteral(_ literal: String) { parts.append(.words(literal)) }

    /// Appends another sentence.
    public mutating func appendInterpolation(_ sentence: Sentence) { parts += sentence.parts }

    /// Appends the program's own words.
    public mutating func appendInterpolation(words: String) { parts.append(.words(words)) }

    /// Appends text from the file.
    public mutating func appendInterpolation(quoted: String) { parts.append(.quoted(quoted)) }
  }

  /// Fills in a template: `{name}` is replaced by a quoted value, and text in backticks is quoted.
  init(template: String, _ values: [String: String] = [:]) {
    var words = ""
    var rest = template[...]
    while let mark = rest.firstIndex(where: { $0 == "{" || $0 == "`" }) {
      let closing: Character = rest[mark] == "{" ? "}" : "`"
      let start = rest.index(after: mark)
      guard let end = rest[start...].firstIndex(of: closing) else { break }
      words += rest[..<mark]
      let inner = String(rest[start..<end])
      add(.words(words))
      words = ""
      add(.quoted(closing == "}" ? values[inner] ?? inner : inner))
      rest = rest[rest.index(after: end)...]
    }
    add(.words(words + rest))
  }

  private init(parts: [Part]) { for part in parts { add(part) } }

  private mutating func add(_ part: Part) {
    if case .words(let text) = part {
      if text.isEmpty { return }
      if case .words(let last)? = parts.last {
        parts[parts.count - 1] = .words(last + text)
        return
      }
    }
    parts.append(part)
  }

  /// The sentence with an initial capital letter.
  var capitalized: Sentence {
    guard case .words(let text)? = parts.first else { return self }
    return Sentence(parts: [.words(text.prefix(1).uppercased() + text.dropFirst())] + parts.dropFirst())
  }

  /// Returns the sentence with long quoted texts truncated.
  ///
  /// If two texts have a common prefix, the part where they differ is kept. Otherwise the beginning and the end are
  /// kept.
  ///
  /// - Parameter length: The maximum number of characters in a quoted text.
  public func cut(to length: Int) -> Sentence {
    let texts = parts.compactMap { part in if case .quoted(let text) = part { Array(text) } else { nil } }
    guard texts.contains(where: { $0.count > length }) else { return self }
    var number = -1
    return Sentence(
      parts: parts.map { part in
        guard case .quoted(let text) = part else { return part }
        number += 1
        let own = texts[number]
        if own.count <= length { return part }
        let shared = texts.enumerated().filter { $0.offset != number }.map {
          zip(own, $0.element).prefix { $0 == $1 }.count
        }
        guard let common = shared.max(), common > 0 else {
          return .quoted("\(String(own.prefix(length * 2 / 3))) … \(String(own.suffix(length / 3)))")
        }
        // Keep a few characters before the difference as context.
        let start = min(max(0, common - length / 4), own.count - length)
        let kept = String(own[start..<start + length])
        return .quoted((start > 0 ? "…" : "") + kept + (start + length < text.count ? "…" : ""))
      })
  }

  /// Returns sentences joined as a list: `a, b and c`.
  ///
  /// - Parameter conjunction: The word before the last item.
  public static func list(_ items: [Sentence], before conjunction: String = "and") -> Sentence {
    var parts: [Part] = []
    for (index, item) in items.enumerated() {
      if index > 0 { parts.append(.words(index == items.count - 1 ? " \(conjunction) " : ", ")) }
      parts += item.parts
    }
    return Sentence(parts: parts)
  }

  /// The first quoted text; nil if there is none.
  public var firstQuoted: String? {
    for case .quoted(let text) in parts { return text }
    return nil
  }

  /// The sentence without its first quoted text. Of a tool of an MCP server, the name of the server is kept.
  public var pattern: Sentence {
    guard let place = parts.firstIndex(where: { if case .quoted = $0 { true } else { false } }),
      case .quoted(let text) = parts[place]
    else { return self }
    let name = text.hasPrefix("mcp__") ? text.dropFirst(5) : ""
    let server = name.firstRange(of: "__").map { String(name[..<$0.lowerBound]) } ?? ""
    return Sentence(parts: Array(parts[..<place]) + [.quoted(server)] + Array(parts[(place + 1)...]))
  }

  /// Returns quoted words joined as a list.
  ///
  /// - Parameter limit: The maximum number of words. The others are counted.
  public static func quoted(_ words: [String], limit: Int = 6) -> Sentence {
    let shown = words.prefix(limit).map { Sentence(parts: [.quoted($0)]) }
    return words.count > shown.count ? list(shown + ["\(words: String(words.count - shown.count)) more"]) : list(shown)
  }
}
