import Files

/// The purpose of an item, independent of its runtime and format.
public enum ItemKind: String, Sendable, CaseIterable, Comparable, Storable, Encodable {
  /// An agent or a mode.
  case agent
  /// A skill: a folder with a file that describes it.
  case skill
  /// A command or prompt that users start.
  case command
  /// An instruction or rule for a session.
  case instruction

  /// The singular noun.
  public var noun: String { rawValue }
  /// The plural noun.
  public var plural: String { rawValue + "s" }
  /// Sorts kinds in catalog order, agents first.
  public static func < (left: ItemKind, right: ItemKind) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Returns a count with the matching noun, such as `1 agent` or `2 agents`.
  public func counted(_ count: Int) -> String { "\(count) \(count == 1 ? noun : plural)" }
}

/// The format of an item's file.
public enum ItemFormat: String, Sendable, CaseIterable, Storable, Encodable {
  /// Markdown, usually with frontmatter.
  case markdown
  /// TOML.
  case toml
  /// JSON.
  case json
  /// YAML.
  case yaml

  /// Whether a file consists of fields only, so that its prompt is the value of a field.
  public var isData: Bool { self != .markdown }

  /// The filename extension, without the dot.
  public var fileEnding: String {
    switch self {
    case .markdown: "md"
    case .toml, .json, .yaml: rawValue
    }
  }

  /// The media type: https://www.iana.org/assignments/media-types.
  public var mediaType: String {
    switch self {
    case .markdown: "text/markdown"
    case .toml: "application/toml"
    case .json: "application/json"
    case .yaml: "application/yaml"
    }
  }

  /// Creates the format that matches the extension of a path; Markdown if it is unknown.
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
