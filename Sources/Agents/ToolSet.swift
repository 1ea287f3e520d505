/// The tools that an agent's file allows and denies.
public struct ToolSet: Sendable, Hashable {
  /// How the file states its tools.
  public enum Statement: Int, Sendable, Hashable {
    /// No statement: the agent has the runtime's default tools.
    case inherited
    /// All tools, as `*`, `All tools` or similar.
    case all
    /// A list of allowed tools.
    case listed
    /// A map of tools that are switched on or off. Other tools keep the runtime's default.
    case switched
  }

  /// A tool as written: its name and the specifier in parentheses.
  public struct Tool: Sendable, Hashable {
    /// The name, for example `Bash` or `mcp__github__create_issue`.
    public let name: String
    /// The text in parentheses, for example `git:*`, or nil.
    public let specifier: String?

    /// Creates a tool from its parts.
    init(name: String, specifier: String?) {
      self.name = name
      self.specifier = specifier
    }

    /// Parses `Name` or `Name(specifier)`.
    public init(_ text: String) {
      // YAML treats curly quotation marks as part of the name.
      let trimmed = text.trimmed.straightUnquoted.trimmed
      if trimmed.last == ")", let open = trimmed.firstIndex(of: "("), open != trimmed.startIndex {
        name = trimmed[..<open].trimmed
        specifier = String(trimmed[trimmed.index(after: open)...].dropLast())
      } else {
        name = trimmed
        specifier = nil
      }
    }

    /// The tool as written.
    public var text: String { specifier.map { "\(name)(\($0))" } ?? name }
  }

  /// How the file states its tools.
  public let statement: Statement
  /// The tools allowed by name, in order, without duplicates.
  public let allowed: [Tool]
  /// The tools denied by name, in order, without duplicates.
  public let denied: [Tool]

  /// Creates a set from the fields that allow and deny tools.
  ///
  /// - Parameters:
  ///   - tools: The value of `tools` or an equivalent field; nil if the file has none.
  ///   - deniedValue: The value of `disallowedTools` or an equivalent field.
  public init(tools: FieldValue?, denied deniedValue: FieldValue?) {
    var allowed: [Tool] = []
    var denied = Self.tools(deniedValue ?? .null)
    switch tools {
    case nil, .null: statement = .inherited
    case .map(let entries):
      statement = .switched
      for entry in entries {
        if entry.value == .bool(false) || ["deny", "false", "off", "no"].contains(entry.value.scalar?.lowercased()) {
          denied.append(Tool(entry.key))
        } else {
          allowed.append(Tool(entry.key))
        }
      }
    case .some(let value):
      allowed = Self.tools(value)
      let meansAll = allowed.contains { ["*", "all", "all tools", "any"].contains($0.text.lowercased()) }
      statement = meansAll ? .all : value.isEmpty && value != .list([]) ? .inherited : .listed
    }
    self.allowed = Self.unique(allowed)
    self.denied = Self.unique(denied)
  }

  private static func tools(_ value: FieldValue) -> [Tool] {
    switch value {
    case .list(let items):
      items.flatMap { item in limited(item).map { [$0] } ?? item.scalar.map { [Tool($0)] } ?? tools(item) }
        .filter { !$0.name.isEmpty }
    case .map(let entries): entries.map { Tool($0.key) }
    case .null: []
    case .bool, .number, .text: tools(in: value.scalar ?? "")
    }
  }

  /// Returns a tool with a map of limits, such as `[edit, {fileRegex: …}]`; nil for any other value.
  private static func limited(_ value: FieldValue) -> Tool? {
    guard case .list(let parts) = value, parts.count == 2, let name = parts[0].scalar, case .map(let limits) = parts[1]
    else { return nil }
    let limit = limits.first { !$0.value.isEmpty && $0.key != "description" }
    return Tool(name: name.trimmed, specifier: limit?.value.line)
  }

  private static func tools(in text: String) -> [Tool] {
    let inner = withoutBrackets(text.trimmed)
    var parts = split(inner)
    // `Read Bash(git log:*)`: split at spaces only if all parts are tool names, so not a sentence or “All tools”.
    if parts.count == 1, inner.contains(" "), !inner.lowercased().hasPrefix("all") {
      let names = split(inner, at: " ").filter { !$0.isEmpty }
      if names.allSatisfy({ $0.wholeMatch(of: /(?s)(?:[A-Z]|mcp__)[A-Za-z0-9_*-]*(?:\(.*\))?/) != nil }) {
        parts = names
      }
    }
    return parts.map { part in
      let item = part.trimmed
      return Tool(item.hasPrefix("- ") ? String(item.dropFirst(2)) : item)
    }.filter { !$0.name.isEmpty }
  }

  static func withoutBrackets(_ text: String) -> String {
    text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
  }

  /// Returns the trimmed, non-empty items of a text that lists them with commas or line feeds. Brackets keep an item
  /// together.
  public static func items(of text: String) -> [String] { split(text).map(\.trimmed).filter { !$0.isEmpty } }

  /// Splits a text at commas (or another separator) and line feeds, except inside brackets.
  static func split(_ text: String, at separator: Character = ",") -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in text {
      switch character {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth = max(0, depth - 1)
      default: break
      }
      if (character == separator && depth == 0) || character == "\n" {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    return parts
  }

  private static func unique(_ tools: [Tool]) -> [Tool] {
    var seen: Set<Tool> = []
    return tools.filter { seen.insert($0).inserted }
  }
}
