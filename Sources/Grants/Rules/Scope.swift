/// What a permission rule is about: a tool, and what is in brackets behind its name.
struct Scope: Sendable, Hashable {
  enum Shape: Sendable, Hashable {
    /// Every use of the tool.
    case all
    /// Exactly this text.
    case exact(String)
    /// These words at the beginning.
    case words(String)
    /// This text at the beginning, also in the middle of a word.
    case text(String)
    /// A pattern with stars.
    case pattern(String)
    /// A regular expression.
    case expression(String)
    /// A path, or a pattern of paths.
    case path(String)
    /// An internet domain.
    case domain(String)
  }

  /// The tool, possibly with stars.
  let tool: String
  let shape: Shape

  static let everything = Scope(tool: "*", shape: .all)

  /// Whether this rule is about everything that another is about.
  func covers(_ other: Scope) -> Bool {
    guard tool == other.tool || Wildcards.match(tool, other.tool) else { return false }
    return Self.covers(shape, other.shape)
  }

  private static func covers(_ shape: Shape, _ other: Shape) -> Bool {
    if shape == other { return true }
    switch shape {
    case .all: return true
    case .exact, .expression: return false
    case .path(let path): return other.path.map { covers(path: path, $0) } ?? false
    case .domain(let domain):
      guard case .domain(let inner) = other else { return false }
      return domain.hasPrefix("*.") && inner.hasSuffix(domain.dropFirst())
    case .words(let words):
      return other.samples.map { $0.allSatisfy { $0 == words || $0.hasPrefix(words + " ") } } ?? false
    case .text(let text): return other.samples.map { $0.allSatisfy { $0.hasPrefix(text) } } ?? false
    case .pattern(let pattern): return other.samples.map { $0.allSatisfy { Wildcards.match(pattern, $0) } } ?? false
    }
  }

  /// Whether a pattern of paths, as gitignore has them, covers another. In doubt it does not.
  private static func covers(path: String, _ other: String) -> Bool {
    if ["//**", "**", "*"].contains(path) { return path == "//**" || !other.hasPrefix("//") && !other.hasPrefix("~") }
    if path.hasPrefix("//**/") {
      let ending = path.dropFirst(5)
      return !ending.contains("*") && (other == ending || other.hasSuffix("/" + ending))
    }
    guard path.hasSuffix("/**") else { return false }
    return other.hasPrefix(path.dropLast(2))
  }

  /// The text in brackets.
  var text: String {
    switch shape {
    case .all: ""
    case .exact(let text), .words(let text), .text(let text), .pattern(let text), .expression(let text),
      .path(let text), .domain(let text):
      text
    }
  }
}

extension Scope.Shape {
  fileprivate var path: String? { if case .path(let path) = self { path } else { nil } }

  /// Texts that stand for all that a rule for commands is about.
  fileprivate var samples: [String]? {
    let other = "\u{1}"
    return switch self {
    case .exact(let text): [text]
    case .words(let words): [words, words + " " + other]
    case .text(let text): [text + other, text + " " + other]
    case .pattern(let pattern):
      [pattern.replacing("*", with: other), pattern.replacing("*", with: other + " " + other)]
    case .all, .expression, .path, .domain: nil
    }
  }
}

/// Patterns in which `*` stands for any text.
enum Wildcards {
  /// How many steps are taken at most; a pattern that needs more is only like itself.
  private static let limit = 2000

  /// Whether a text fits a pattern, by the greedy method that never goes back further than the last star.
  static func match(_ pattern: String, _ text: String) -> Bool {
    if !pattern.utf8.contains(UInt8(ascii: "*")) { return pattern == text }
    let (pattern, text) = (Array(pattern.utf8), Array(text.utf8))
    var (place, at, steps) = (0, 0, 0)
    var star: (place: Int, at: Int)?
    while at < text.count {
      steps += 1
      if steps > limit { return false }
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place + 1, at)
        place += 1
      } else if place < pattern.count, pattern[place] == text[at] {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.place, last.at + 1)
        (place, at) = (last.place, last.at + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
