/// A sentence about a settings file. What comes from the file is kept apart from the words around it.
///
/// Quoted parts hold the text of the file as it is, hidden characters included. Label those before you show them.
public struct Sentence: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringInterpolation {
  /// A piece of a sentence.
  public enum Part: Sendable, Hashable {
    /// Words of this program.
    case words(String)
    /// Text of the file, or code.
    case quoted(String)
  }

  /// The pieces in order.
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

  /// Whether there are no words.
  var isEmpty: Bool { parts.isEmpty }

  /// Makes a sentence of fixed words.
  public init(stringLiteral value: String) { add(.words(value)) }

  /// Makes a sentence of pieces.
  public init(stringInterpolation: Interpolation) {
    for part in stringInterpolation.parts { add(part) }
  }

  /// Collects the pieces of a sentence.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Begins a sentence.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds fixed words.
    public mutating func appendLiteral(_ literal: String) { parts.append(.words(literal)) }

    /// Adds another sentence.
    public mutating func appendInterpolation(_ sentence: Sentence) { parts += sentence.parts }

    /// Adds words of this program.
    public mutating func appendInterpolation(words: String) { parts.append(.words(words)) }

    /// Adds text of the file.
    public mutating func appendInterpolation(quoted: String) { parts.append(.quoted(quoted)) }
  }

  /// Fills in a text of the facts: `{name}` becomes the value of that name, and what is in backticks is quoted.
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

  /// The sentence with a capital letter at its beginning.
  var capitalized: Sentence {
    guard case .words(let text)? = parts.first else { return self }
    return Sentence(parts: [.words(text.prefix(1).uppercased() + text.dropFirst())] + parts.dropFirst())
  }

  /// Sentences in a row: `a, b and c`.
  static func list(_ items: [Sentence]) -> Sentence {
    var parts: [Part] = []
    for (index, item) in items.enumerated() {
      if index > 0 { parts.append(.words(index == items.count - 1 ? " and " : ", ")) }
      parts += item.parts
    }
    return Sentence(parts: parts)
  }

  /// Words of the file in a row, no more than a reader takes in.
  static func quoted(_ words: [String]) -> Sentence {
    let shown = words.prefix(6).map { Sentence(parts: [.quoted($0)]) }
    return words.count > shown.count ? list(shown + ["\(words: String(words.count - shown.count)) more"]) : list(shown)
  }
}
