import Files

/// A frontmatter field, with its key as written and its location.
public struct Field: Sendable, Hashable {
  /// The key as written.
  public let key: String
  /// The value.
  public let value: FieldValue
  /// The byte range of the key in the file.
  public let range: Range<Int>
  /// The location of the start of the key, as line and column.
  public let location: SourceLocation

  /// Creates a field.
  public init(key: String, value: FieldValue, range: Range<Int>, location: SourceLocation) {
    self.key = key
    self.value = value
    self.range = range
    self.location = location
  }
}

extension [Field] {
  /// Returns the first non-empty value among the fields with the given keys, tried in order.
  func value(_ keys: [String]) -> FieldValue? {
    for key in keys {
      if let field = first(where: { $0.key == key && !$0.value.isEmpty }) { return field.value }
    }
    return nil
  }
}

/// A field value. Scalars keep their spelling, so `1.0` stays `1.0`.
public indirect enum FieldValue: Sendable, Hashable {
  /// No value, `null` or `~`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, as written.
  case number(String)
  /// Text.
  case text(String)
  /// A list.
  case list([FieldValue])
  /// A map, in file order.
  case map([Entry])

  /// A key-value pair of a map.
  public struct Entry: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: FieldValue

    /// Creates an entry.
    public init(key: String, value: FieldValue) {
      self.key = key
      self.value = value
    }
  }

  /// The text of a scalar; nil for a list, a map or null.
  public var scalar: String? {
    switch self {
    case .text(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    case .null, .list, .map: nil
    }
  }

  /// Whether the value is null, blank text, an empty list or an empty map.
  public var isEmpty: Bool {
    switch self {
    case .null: true
    // Most texts begin with an ASCII letter, which needs no Unicode lookup.
    case .text(let text): text.utf8.first.map { $0 <= 0x20 || $0 >= 0x80 } ?? true && text.allSatisfy(\.isWhitespace)
    case .list(let items): items.isEmpty
    case .map(let entries): entries.isEmpty
    case .bool, .number: false
    }
  }

  /// Whether the value is a map, or a list that contains lists or maps. ``words`` cannot show such a value completely.
  var isNested: Bool {
    switch self {
    case .map: true
    case .list(let items): items.contains { $0.scalar == nil && $0 != .null }
    default: false
    }
  }

  /// The value as one line of text: list items separated by commas, map entries as `key: value` separated by
  /// semicolons.
  public var line: String {
    switch self {
    case .null: ""
    case .bool, .number, .text: scalar ?? ""
    case .list(let items): items.map(\.line).joined(separator: ", ")
    case .map(let entries): entries.map { "\($0.key): \($0.value.line)" }.joined(separator: "; ")
    }
  }

  /// The trimmed, non-empty words of a list, or of text separated by commas or line feeds.
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
  /// The text without leading and trailing whitespace.
  var trimmed: String {
    var rest = self[...]
    while let byte = rest.utf8.first, byte <= 0x20 || byte >= 0x80, let first = rest.first, first.isWhitespace {
      rest = rest.dropFirst()
    }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }

  /// The text without a surrounding pair of straight or curly quotation marks.
  var unquoted: String {
    guard count >= 2, let first, let last, let pair = ["\"": "\"", "'": "'", "“": "”", "‘": "’"][first] as Character?,
      last == pair
    else { return String(self) }
    let inner = dropFirst().dropLast()
    return inner.contains(first) && first == pair && !Self.isSpeech(inner, mark: first) ? String(self) : String(inner)
  }

  /// The text without a surrounding pair of straight quotation marks.
  var straightUnquoted: String { "\"'".contains(first ?? " ") ? unquoted : String(self) }

  /// Returns whether each `mark` in the text is an apostrophe or escaped, so that the outer pair belongs together.
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
