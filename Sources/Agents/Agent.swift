import Files
import GFM

/// An agent, as its file defines it.
public struct Agent: Sendable {
  /// The file, byte for byte.
  public let source: SourceFile
  /// The runtime that it was written for.
  public let dialect: Dialect
  /// The name as written, or taken from the file or folder where none is.
  public let name: String
  /// Whether the file states the name.
  public let statesName: Bool
  /// What the description says.
  public let description: Description
  /// What follows the summary of the description, rendered.
  public let whenToUse: Document
  /// The model as written, or nil.
  public let model: String?
  /// The tools as stated.
  public let tools: ToolSet
  /// The permission mode as written, or nil.
  public let permissionMode: String?
  /// The colour as written, or nil.
  public let color: String?
  /// The category as written, or nil.
  public let category: String?
  /// The tags as written.
  public let tags: [String]
  /// Every field in the order of the file, those above included.
  public let fields: [Field]
  /// The prompt, rendered.
  public let body: Document
  /// The prompt as text, line feeds between its lines.
  public let prompt: ArraySlice<UInt8>
  /// The size of the prompt.
  public let promptMeasure: TextMeasure
  /// The size of the description.
  public let descriptionMeasure: TextMeasure
  /// What is wrong, in the order of the file.
  public let findings: [Finding]

  /// The value of a field, by the first of several keys that has one that is not empty.
  public func value(_ keys: String...) -> FieldValue? { fields.value(keys) }

  /// The fields that no other property shows whole: those of other keys, nested ones, and those whose key has stood there before.
  public var otherFields: [Field] {
    var seen: Set<String> = []
    return fields.filter { field in
      let isSecond = !field.value.isEmpty && !seen.insert(field.key).inserted
      return isSecond || field.value.isNested || !Self.shownKeys.contains(field.key)
    }
  }

  /// Keys whose whole value stands in a property of its own.
  static let shownKeys: Set<String> = [
    "name", "description", "model", "tools", "disallowedTools", "permissionMode", "color", "category", "tags",
  ]
}

/// A Markdown file without frontmatter: kept and shown beside the agents, but no agent.
public struct PlainDocument: Sendable {
  /// The file, byte for byte.
  public let source: SourceFile
  /// The first heading, or the name of the file.
  public let title: String
  /// The text, rendered.
  public let body: Document
  /// What is wrong with its bytes.
  public let findings: [Finding]
}

/// What a source file turned out to be.
public enum Reading: Sendable {
  /// An agent.
  case agent(Agent)
  /// A file without frontmatter.
  case document(PlainDocument)
}
