import Files
import GFM
import Likenesses

/// An agent as defined by its file.
///
/// A class, because it is large and passed around often. It is immutable.
public final class Agent: Sendable {
  /// The source file.
  public let source: SourceFile
  /// The kind of item: agent, skill, command or instruction.
  public let kind: ItemKind
  /// The file format.
  public let format: ItemFormat
  /// How the runtime reads this format.
  let traits: DataTraits
  /// The runtime that the file was written for.
  public let dialect: Dialect
  /// The name as written, or the name of the file or folder if the file states none.
  public let name: String
  /// Whether the file itself states the name.
  public let statesName: Bool
  /// The parsed description.
  public let description: Description
  /// The model as written, or nil.
  public let model: String?
  /// The tools as listed in the file.
  public let tools: ToolSet
  /// The permission mode as written; nil if missing, or if the runtime ignores the field.
  public let permissionMode: String?
  /// The color as written, or nil.
  public let color: String?
  /// The category as written, or nil.
  public let category: String?
  /// The tags as written.
  public let tags: [String]
  /// The field that holds the prompt of a TOML, JSON or YAML item; nil in Markdown, where the body is the prompt.
  public let promptField: String?
  /// All fields in file order, including the ones above, but without the prompt field.
  public let fields: [Field]
  /// The frontmatter comments, in file order.
  public let comments: [FrontmatterComment]
  /// The byte range of the prompt in the file.
  public let promptRange: Range<Int>
  /// Whether the text was repaired, so that the prompt differs from the file's bytes by more than line endings.
  public let isRepaired: Bool
  /// The headings of the prompt.
  public let outline: [Document.Heading]
  /// The relative link targets in the prompt and the description, without duplicates.
  public let relativeLinks: [String]
  /// The commands, as written, that run automatically when the prompt starts.
  public let promptCommands: [String]
  /// The size of the prompt.
  public let promptMeasure: TextMeasure
  /// The size of the description.
  public let descriptionMeasure: TextMeasure
  /// A compact sketch of the prompt, used to find similar prompts.
  public let sketch: Sketch
  /// The weighted words of the item, used to find related items.
  public let terms: Terms
  /// The identifiers of the rules that the file turns off.
  public let ignoredRules: [String]
  /// The verdict on how the runtime loads the file.
  public let loading: LoadVerdict
  /// The agents and skills that the file references, without duplicates.
  public let references: [Reference]
  /// The findings in file order, followed by the findings in the other files of a skill.
  public let findings: [Finding]
  /// The other files of a skill; nil if this is no skill, or if only its own file was read.
  public let bundle: SkillBundle?

  /// All parts of an agent except its source file and the results of checking it.
  struct Parts: Sendable {
    let kind: ItemKind
    let format: ItemFormat
    let traits: DataTraits
    /// Whether the runtime installs the agent as part of a plugin.
    let isOfPlugin: Bool
    let dialect: Dialect
    let name: String
    let statesName: Bool
    let description: Description
    let model: String?
    let tools: ToolSet
    let permissionMode: String?
    let color: String?
    let category: String?
    let tags: [String]
    let promptField: String?
    var fields: [Field]
    let comments: [FrontmatterComment]
    let promptRange: Range<Int>
    let isRepaired: Bool
    let outline: [Document.Heading]
    let relativeLinks: [String]
    let promptCommands: [String]
    let promptMeasure: TextMeasure
    let descriptionMeasure: TextMeasure
    let sketch: Sketch
    let terms: Terms
    let ignoredRules: [String]
  }

  init(
    _ parts: Parts, source: SourceFile, loading: LoadVerdict = LoadVerdict([], by: .none, isOfPlugin: false),
    references: [Reference] = [], findings: [Finding] = [], bundle: SkillBundle? = nil
  ) {
    self.source = source
    kind = parts.kind
    format = parts.format
    traits = parts.traits
    isOfPlugin = parts.isOfPlugin
    dialect = parts.dialect
    name = parts.name
    statesName = parts.statesName
    description = parts.description
    model = parts.model
    tools = parts.tools
    permissionMode = parts.permissionMode
    color = parts.color
    category = parts.category
    tags = parts.tags
    promptField = parts.promptField
    fields = parts.fields
    comments = parts.comments
    promptRange = parts.promptRange
    isRepaired = parts.isRepaired
    outline = parts.outline
    relativeLinks = parts.relativeLinks
    promptCommands = parts.promptCommands
    promptMeasure = parts.promptMeasure
    descriptionMeasure = parts.descriptionMeasure
    sketch = parts.sketch
    terms = parts.terms
    ignoredRules = parts.ignoredRules
    self.loading = loading
    self.references = references
    self.findings = findings
    self.bundle = bundle
  }

  /// Whether the runtime installs the agent as part of a plugin.
  let isOfPlugin: Bool

  private var parts: Parts {
    Parts(
      kind: kind, format: format, traits: traits, isOfPlugin: isOfPlugin, dialect: dialect, name: name,
      statesName: statesName,
      description: description, model: model, tools: tools, permissionMode: permissionMode, color: color,
      category: category, tags: tags, promptField: promptField, fields: fields,
      comments: comments, promptRange: promptRange, isRepaired: isRepaired, outline: outline,
      relativeLinks: relativeLinks, promptCommands: promptCommands, promptMeasure: promptMeasure,
      descriptionMeasure: descriptionMeasure,
      sketch: sketch, terms: terms,
      ignoredRules: ignoredRules)
  }

  /// Returns whether a byte offset of the file is inside the prompt.
  ///
  /// In Markdown, the prompt extends to the end of the file. In other formats, fields may follow the prompt.
  public func isPrompt(at offset: Int) -> Bool {
    offset >= promptRange.lowerBound && (format == .markdown || offset < promptRange.upperBound)
  }

  /// The byte offset at which the fields end.
  ///
  /// In Markdown, they end where the prompt begins. In other formats, fields may follow the prompt, so there is no
  /// limit.
  public var endOfFields: Int { format == .markdown ? promptRange.lowerBound : .max }

  /// Returns the bytes of the file before and after the prompt.
  public func bytesAroundPrompt(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let start = min(promptRange.lowerBound, bytes.count)
    return [bytes[..<start], bytes[max(start, min(promptRange.upperBound, bytes.count))...]]
  }

  /// Returns a copy of the agent with another source file.
  public func placed(at source: SourceFile) -> Agent {
    Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// Returns a copy of the agent with other findings.
  public func with(_ findings: [Finding]) -> Agent {
    findings == self.findings
      ? self
      : Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// Returns a copy of the agent with another load verdict.
  func with(_ loading: LoadVerdict) -> Agent {
    Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// Returns a copy of the skill with the other files of its folder.
  func with(_ bundle: SkillBundle) -> Agent {
    Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// Returns the file that a finding is about: the item's own file, or another file of a skill.
  public func source(of finding: Finding) -> SourceFile {
    finding.file.flatMap(RelativePath.init).map { source.part($0) } ?? source
  }

  /// The size of the item's own file in bytes.
  public var size: Int { max(promptRange.upperBound, fields.last?.range.upperBound ?? 0) }

  /// The findings about the item's own file.
  public var ownFindings: [Finding] { bundle == nil ? findings : findings.filter { $0.file == nil } }

  /// Returns the first non-empty value among the fields with the given keys, tried in order.
  public func value(_ keys: String...) -> FieldValue? { fields.value(keys) }

  /// The owners stated in the file: the first non-empty field of `owner`, `owners`, `team`, `maintainer`,
  /// `maintainers`, `author` and `authors`. If there is none, the same keys in `metadata`.
  public var owners: [String] {
    let keys = ["owner", "owners", "team", "maintainer", "maintainers", "author", "authors"]
    var stated = fields.value(keys)
    if stated == nil, case .map(let entries) = value("metadata") {
      stated = keys.lazy.compactMap { key in entries.first { $0.key == key && !$0.value.isEmpty }?.value }.first
    }
    return switch stated {
    case nil: []
    case .map(let entries): entries.first { $0.key == "name" }?.value.scalar.map { [Bounds.word($0)] } ?? []
    case .some(let value): Bounds.words(value.words)
    }
  }

  /// The fields that no other property shows completely: those with other keys, nested values, repeated keys and values
  /// that were shortened.
  public var otherFields: [Field] {
    var seen: Set<String> = []
    return fields.filter { field in
      let isSecond = !field.value.isEmpty && !seen.insert(field.key).inserted
      if isSecond || field.value.isNested { return true }
      switch field.key {
      case "description", "tools", "disallowedTools": return false
      // An item of a list can take its name from another field.
      case "name" where source.item != nil && field.value.line != name: return true
      case "permissionMode" where permissionMode == nil: return true
      case "tags": return Bounds.cutsWords(field.value.words)
      case let key: return !Self.shownKeys.contains(key) || Bounds.cutsWord(field.value.line.trimmed)
      }
    }
  }

  /// Keys whose complete value is available as a property.
  static let shownKeys: Set<String> = [
    "name", "description", "model", "tools", "disallowedTools", "permissionMode", "color", "category", "tags",
  ]
}

extension SourceFile {
  /// Whether the path has an `agents` folder below `plugins/`. This recognizes plugin agents without a manifest.
  var isBelowPlugins: Bool {
    // Fast path: most paths contain neither folder.
    guard publishedPath.utf8.contains(UInt8(ascii: "p")), publishedPath.contains("plugins/") else { return false }
    let folders = publishedPath.split(separator: "/")
    return folders.firstIndex(of: "plugins").map { folders[$0...].contains("agents") } ?? false
  }
}

/// A file that is not an item: shown with the items of its folder, or because it contains items.
public struct PlainDocument: Sendable {
  /// The source file.
  public var source: SourceFile
  /// The first heading, or the file name.
  public let title: String
  /// The relative link targets in the text, without duplicates.
  public let relativeLinks: [String]
  /// The findings about the file.
  public let findings: [Finding]
  /// Information about the items in the file; nil unless the file is in a place for files with several items.
  public let held: Held?

  /// Information about the items in a file.
  public struct Held: Sendable {
    /// The number of items.
    public let count: Int
    /// The format of the file.
    public let format: ItemFormat
    /// The runtime that reads the items.
    public let dialect: Dialect
    /// The load verdict on the file as a whole.
    public let loading: LoadVerdict
  }

  init(source: SourceFile, title: String, relativeLinks: [String], findings: [Finding], held: Held? = nil) {
    self.source = source
    self.title = title
    self.relativeLinks = relativeLinks
    self.findings = findings
    self.held = held
  }

  /// Returns a copy of the document with other findings.
  public func with(_ findings: [Finding]) -> PlainDocument {
    PlainDocument(source: source, title: title, relativeLinks: relativeLinks, findings: findings, held: held)
  }
}

/// The result of reading one source file.
public struct Reading: Sendable {
  /// The facts about the file.
  public let facts: Facts
  /// The rendered text for the file's page.
  public let rendering: Rendering

  /// The facts about a file, small enough to keep for all files at once.
  public enum Facts: Sendable {
    /// An item.
    case agent(Agent)
    /// A file that is not an item.
    case document(PlainDocument)
  }
}

/// The Markdown of a file rendered as HTML.
///
/// It is about as large as the file, so don't keep it for many files at once.
public struct Rendering: Sendable {
  /// The prompt, or the text of a document.
  public let body: Markup
  /// The part of an agent's description after the summary.
  public let whenToUse: Markup

  /// The size in bytes.
  public var size: Int { body.size + whenToUse.size }
}
