import Files

/// What an item is for, whatever runtime reads it and however it is written.
public enum ItemKind: String, Sendable, CaseIterable, Comparable, Storable, Encodable {
  /// An agent; a mode is one.
  case agent
  /// A skill: a folder with a file that describes it.
  case skill
  /// A command or a prompt that people start.
  case command
  /// An instruction or a rule that a session follows.
  case instruction

  /// The word for one of them.
  public var noun: String { rawValue }
  /// The word for several.
  public var plural: String { rawValue + "s" }
  /// Agents first, as a catalog lists them.
  public static func < (left: ItemKind, right: ItemKind) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The word for one or several, with the number.
  public func counted(_ count: Int) -> String { "\(count) \(count == 1 ? noun : plural)" }
}

/// How an item is written.
public enum ItemFormat: String, Sendable, CaseIterable, Storable, Encodable {
  /// Markdown, mostly with frontmatter.
  case markdown
  /// TOML.
  case toml
  /// JSON.
  case json
  /// YAML.
  case yaml

  /// Whether a file is fields and nothing else, so that its prompt is the value of a field.
  public var isData: Bool { self != .markdown }

  /// What the names of files in it end with, behind the dot.
  public var fileEnding: String {
    switch self {
    case .markdown: "md"
    case .toml, .json, .yaml: rawValue
    }
  }

  /// The media type of files in it: https://www.iana.org/assignments/media-types.
  public var mediaType: String {
    switch self {
    case .markdown: "text/markdown"
    case .toml: "application/toml"
    case .json: "application/json"
    case .yaml: "application/yaml"
    }
  }

  /// The format of files whose name ends as that of a path does; Markdown if nothing else is known.
  public init(ofName path: String) {
    self =
      switch path.split(separator: ".").last?.lowercased() {
      case "toml": .toml
      case "json": .json
      case "yaml", "yml": .yaml
      default: .markdown
      }
  }
}
