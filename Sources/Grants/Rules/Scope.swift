/// The scope of a permission rule: a tool, and the specifier in parentheses after its name.
struct Scope: Sendable, Hashable {
  enum Shape: Sendable, Hashable {
    /// Every use of the tool.
    case all
    /// This exact text.
    case exact(String)
    /// A text that begins with these words.
    case words(String)
    /// A text with this prefix, which may end within a word.
    case text(String)
    /// A pattern with `*`.
    case pattern(String)
    /// A regular expression.
    case expression(String)
    /// A path, or a pattern for paths.
    case path(String)
    /// An internet domain.
    case domain(String)
  }

  /// The tool, or a pattern with `*`.
  let tool: String
  let shape: Shape
  /// Sample texts that represent everything a rule for commands matches.
  private let samples: [[UInt8]]
  private let bytes: [UInt8]

  init(tool: String, shape: Shape) {
    self.tool = tool
    self.shape = shape
    samples = shape.samples.map { Array($0.utf8) }
    bytes = Array(shape.text.utf8)
  }

  static func == (left: Scope, right: Scope) -> Bool { left.tool == right.tool && left.shape == right.shape }

  func hash(into hasher: inout Hasher) {
    hasher.combine(tool)
    hasher.combine(shape)
  }

  static let everything = Scope(tool: "*", shape: .all)

  /// A key that is equal for the same scope, regardless of its form.
  var identity: String {
    let kind =
      switch shape {
      case .all: "all"
      case .exact: "exactly"
      case .words: "words"
      case .text: "text"
      case .pattern: "pattern"
      case .expression: "expression"
      case .path: "path"
      case .domain: "domain"
      }
    return text.isEmpty ? "\(tool) \(kind)" : "\(tool) \(kind) \(text)"
  }

  /// Returns whether this scope includes everything in another one.
  func covers(_ other: Scope) -> Bool {
    guard tool == other.tool || Wildcards.match(tool, other.tool) else { return false }
    if shape == other.shape { return true }
    switch shape {
    case .all: return true
    case .exact, .expression: return false
    case .path(let path): return other.shape.path.map { Self.covers(path: path, $0) } ?? false
    case .domain(let domain):
      guard case .domain(let inner) = other.shape else { return false }
      return domain.hasPrefix("*.") && inner.hasSuffix(domain.dropFirst())
    case .words:
      return other.isCovered { $0.starts(with: bytes) && ($0.count == bytes.count || $0[bytes.count] == 0x20) }
    case .text: return other.isCovered { $0.starts(with: bytes) }
    case .pattern: return other.isCovered { Wildcards.match(bytes, $0) }
    }
  }

  private func isCovered(by covers: ([UInt8]) -> Bool) -> Bool { !samples.isEmpty && samples.allSatisfy(covers) }

  /// Returns whether a gitignore-style path pattern covers another one. Returns false if that is uncertain.
  private static func covers(path: String, _ other: String) -> Bool {
    if ["//**", "**", "*"].contains(path) { return path == "//**" || !other.hasPrefix("//") && !other.hasPrefix("~") }
    if path.hasPrefix("//**/") {
      let ending = path.dropFirst(5)
      return !ending.contains("*") && (other == ending || other.hasSuffix("/" + ending))
    }
    guard path.hasSuffix("/**") else { return false }
    return other.hasPrefix(path.dropLast(2))
  }

  /// The specifier.
  var text: String { shape.text }
}

extension Scope.Shape {
  fileprivate var path: String? { if case .path(let path) = self { path } else { nil } }

  fileprivate var text: String {
    switch self {
    case .all: ""
    case .exact(let text), .words(let text), .text(let text), .pattern(let text), .expression(let text),
      .path(let text), .domain(let text):
      text
    }
  }

  /// Sample texts that represent everything a rule for commands matches; empty for other rules.
  fileprivate var samples: [String] {
    let other = "\u{1}"
    return switch self {
    case .exact(let text): [text]
    case .words(let words): [words, words + " " + other]
    case .text(let text): [text + other, text + " " + other]
    case .pattern(let pattern):
      [pattern.replacing("*", with: other), pattern.replacing("*", with: other + " " + other)]
    case .all, .expression, .path, .domain: []
    }
  }
}

/// Patterns in which `*` matches any text.
enum Wildcards {
  /// The maximum number of steps. A pattern that needs more does not match.
  private static let limit = 500

  /// Returns whether a text matches a pattern. The greedy algorithm never backtracks beyond the last `*`.
  static func match(_ pattern: String, _ text: String) -> Bool {
    pattern.utf8.contains(UInt8(ascii: "*")) ? match(Array(pattern.utf8), Array(text.utf8)) : pattern == text
  }

  /// Returns whether bytes match a pattern.
  static func match(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
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
