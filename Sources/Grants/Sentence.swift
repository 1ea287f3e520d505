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

  /// The sentence as text, with what comes from the file in quotation marks.
  public var text: String {
    parts.map { part in
      switch part {
      case .words(let text): text
      case .quoted(let text): "“\(text)”"
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

  /// The sentence with long quoted texts cut: of two, what differs is kept, of one, its beginning and its end.
  ///
  /// - Parameter length: how many characters of a text are kept.
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
        // A few characters before the difference say where it is.
        let start = min(max(0, common - length / 4), own.count - length)
        let kept = String(own[start..<start + length])
        return .quoted((start > 0 ? "…" : "") + kept + (start + length < text.count ? "…" : ""))
      })
  }

  /// Sentences in a row: `a, b and c`.
  ///
  /// - Parameter conjunction: the word before the last one.
  public static func list(_ items: [Sentence], before conjunction: String = "and") -> Sentence {
    var parts: [Part] = []
    for (index, item) in items.enumerated() {
      if index > 0 { parts.append(.words(index == items.count - 1 ? " \(conjunction) " : ", ")) }
      parts += item.parts
    }
    return Sentence(parts: parts)
  }

  /// Words of the file in a row, no more than a reader takes in.
  public static func quoted(_ words: [String]) -> Sentence {
    let shown = words.prefix(6).map { Sentence(parts: [.quoted($0)]) }
    return words.count > shown.count ? list(shown + ["\(words: String(words.count - shown.count)) more"]) : list(shown)
  }
}
