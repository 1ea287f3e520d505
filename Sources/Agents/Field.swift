import Files

/// A field of a frontmatter, in the order and with the key that its author wrote.
public struct Field: Sendable, Hashable {
  /// The key as written.
  public let key: String
  /// The value.
  public let value: FieldValue
  /// The bytes of the key in the file.
  public let range: Range<Int>
  /// Where the key begins, as people count.
  public let location: SourceLocation

  /// Makes a field.
  public init(key: String, value: FieldValue, range: Range<Int>, location: SourceLocation) {
    self.key = key
    self.value = value
    self.range = range
    self.location = location
  }
}

extension [Field] {
  /// The value of a field, by the first of several keys that has one that is not empty.
  func value(_ keys: [String]) -> FieldValue? {
    for key in keys {
      if let field = first(where: { $0.key == key && !$0.value.isEmpty }) { return field.value }
    }
    return nil
  }
}

/// What a field holds. Scalars keep their spelling, so that `1.0` stays `1.0`.
public indirect enum FieldValue: Sendable, Hashable {
  /// Nothing, or `null` or `~`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, as written.
  case number(String)
  /// Text.
  case text(String)
  /// A list.
  case list([FieldValue])
  /// A map, in the order of its keys.
  case map([Entry])

  /// A key of a map with its value.
  public struct Entry: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: FieldValue

    /// Makes an entry.
    public init(key: String, value: FieldValue) {
      self.key = key
      self.value = value
    }
  }

  /// The text of a scalar; nil of a list, a map and nothing.
  public var scalar: String? {
    switch self {
    case .text(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null, .list, .map: nil
    }
  }

  /// Whether there is nothing: null, blank text, an empty list or map.
  public var isEmpty: Bool {
    switch self {
    case .null: true
    // Most texts begin with a letter, and Unicode need not be asked about those.
    case .text(let text): text.utf8.first.map { $0 <= 0x20 || $0 >= 0x80 } ?? true && text.allSatisfy(\.isWhitespace)
    case .list(let items): items.isEmpty
    case .map(let entries): entries.isEmpty
    case .bool, .number: false
    }
  }

  /// Whether a list or a map holds lists or maps, or this is a map: then a line of words does not show it whole.
  var isNested: Bool {
    switch self {
    case .map: true
    case .list(let items): items.contains { $0.scalar == nil && $0 != .null }
    default: false
    }
  }

  /// The value as one line of text, lists parted by commas, maps as `key: value`.
  public var line: String {
    switch self {
    case .null: ""
    case .bool, .number, .text: scalar ?? ""
    case .list(let items): items.map(\.line).joined(separator: ", ")
    case .map(let entries): entries.map { "\($0.key): \($0.value.line)" }.joined(separator: "; ")
    }
  }

  /// The words of a list, or of text parted by commas or line feeds, trimmed, none empty.
  public var words: [String] {
    switch self {
    case .list(let items):
      items.flatMap { item in item.scalar.map { [$0.trimmed] } ?? [item.line] }.filter { !$0.isEmpty }
    case .map(let entries): entries.map { "\($0.key): \($0.value.line)" }
    case .null: []
    case .bool, .number, .text:
      ToolSet.split(ToolSet.withoutBrackets(scalar ?? "")).map { $0.trimmed.unquoted }.filter { !$0.isEmpty }
    }
  }
}

extension StringProtocol {
  /// The text without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while let byte = rest.utf8.first, byte <= 0x20 || byte >= 0x80, let first = rest.first, first.isWhitespace {
      rest = rest.dropFirst()
    }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }

  /// The text without a pair of straight or curly quotation marks around it.
  var unquoted: String {
    guard count >= 2, let first, let last, let pair = ["\"": "\"", "'": "'", "“": "”", "‘": "’"][first] as Character?,
      last == pair
    else { return String(self) }
    let inner = dropFirst().dropLast()
    return inner.contains(first) && first == pair && !Self.isSpeech(inner, mark: first) ? String(self) : String(inner)
  }

  /// The text without a pair of straight quotation marks around it.
  var straightUnquoted: String { "\"'".contains(first ?? " ") ? unquoted : String(self) }

  /// Whether every `mark` inside a text is an apostrophe or an escaped sign, so that the outer pair belongs together.
  private static func isSpeech(_ inner: SubSequence, mark: Character) -> Bool {
    var previous: Character = " "
    var rest = inner
    while let character = rest.popFirst() {
      if character == mark, previous != "\\", !(previous.isLetter && (rest.first?.isLetter ?? true)) { return false }
      previous = character
    }
    return true
  }
}
