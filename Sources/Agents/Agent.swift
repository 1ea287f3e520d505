import Files
import GFM
import Likenesses

/// An agent, as its file defines it. It never changes, and stands behind a reference since it is large and handed
/// around a lot.
public final class Agent: Sendable {
  /// The file.
  public let source: SourceFile
  /// What it is for.
  public let kind: ItemKind
  /// How it is written.
  public let format: ItemFormat
  /// How its runtime reads that format.
  let traits: DataTraits
  /// The runtime that it was written for.
  public let dialect: Dialect
  /// The name as written, or taken from the file or folder where none is.
  public let name: String
  /// Whether the file states the name.
  public let statesName: Bool
  /// What the description says.
  public let description: Description
  /// The model as written, or nil.
  public let model: String?
  /// The tools as stated.
  public let tools: ToolSet
  /// The permission mode as written; nil where there is none, or where the runtime ignores the field.
  public let permissionMode: String?
  /// The colour as written, or nil.
  public let color: String?
  /// The category as written, or nil.
  public let category: String?
  /// The tags as written.
  public let tags: [String]
  /// The field that holds the prompt of an item in TOML or JSON; nil in Markdown, where the body is the prompt.
  public let promptField: String?
  /// Every field in the order of the file, those above included, without the field of the prompt.
  public let fields: [Field]
  /// The comments of the frontmatter, in the order of the file.
  public let comments: [FrontmatterComment]
  /// Where the prompt is, in bytes of the file.
  public let promptRange: Range<Int>
  /// Whether the text of the file was repaired, so that the prompt differs from its bytes by more than line ends.
  public let isRepaired: Bool
  /// The headings of the prompt.
  public let outline: [Document.Heading]
  /// Where links of the prompt and of the description lead that are relative to the file, each once.
  public let relativeLinks: [String]
  /// The commands that the prompt runs by itself when it starts, as written.
  public let promptCommands: [String]
  /// The size of the prompt.
  public let promptMeasure: TextMeasure
  /// The size of the description.
  public let descriptionMeasure: TextMeasure
  /// The prompt in a few bytes, by which others like it are found.
  public let sketch: Sketch
  /// What it is about, in words, by which others are found that are near it in topic.
  public let terms: Terms
  /// The rules that the file asks not to be told of, by their identifiers.
  public let ignoredRules: [String]
  /// What its runtime makes of the file.
  public let loading: LoadVerdict
  /// The agents and skills that it names, each once.
  public let references: [Reference]
  /// What is wrong, in the order of the file; then what is wrong in the other files of a skill.
  public let findings: [Finding]
  /// The other files of a skill; nil of what is no skill, and where only the skill's own file was read.
  public let bundle: SkillBundle?

  /// Everything but where the file stands and what is wrong with it.
  struct Parts: Sendable {
    let kind: ItemKind
    let format: ItemFormat
    let traits: DataTraits
    /// Whether its runtime installs it as a part of a plugin.
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

  /// Whether its runtime installs it as a part of a plugin.
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

  /// Whether a place in the bytes of the file is in the prompt. Fields may follow a prompt that is a field itself.
  public func isPrompt(at offset: Int) -> Bool {
    offset >= promptRange.lowerBound && (format == .markdown || offset < promptRange.upperBound)
  }

  /// Where the last field ends, in bytes of the file.
  public var endOfFields: Int { format == .markdown ? promptRange.lowerBound : .max }

  /// The bytes of the file in front of the prompt, and behind it.
  public func bytesAroundPrompt(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let start = min(promptRange.lowerBound, bytes.count)
    return [bytes[..<start], bytes[max(start, min(promptRange.upperBound, bytes.count))...]]
  }

  /// The same agent, its file standing elsewhere.
  public func placed(at source: SourceFile) -> Agent {
    Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// The same agent with other findings.
  public func with(_ findings: [Finding]) -> Agent {
    findings == self.findings
      ? self
      : Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// The same agent with another verdict.
  func with(_ loading: LoadVerdict) -> Agent {
    Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// The same skill with the other files of its folder.
  func with(_ bundle: SkillBundle) -> Agent {
    Agent(parts, source: source, loading: loading, references: references, findings: findings, bundle: bundle)
  }

  /// The file that a finding is about: the item's own, or another one of a skill.
  public func source(of finding: Finding) -> SourceFile {
    finding.file.flatMap(RelativePath.init).map { source.part($0) } ?? source
  }

  /// The number of bytes of the item's own file.
  public var size: Int { max(promptRange.upperBound, fields.last?.range.upperBound ?? 0) }

  /// The findings about the item's own file.
  public var ownFindings: [Finding] { bundle == nil ? findings : findings.filter { $0.file == nil } }

  /// The value of a field, by the first of several keys that has one that is not empty.
  public func value(_ keys: String...) -> FieldValue? { fields.value(keys) }

  /// Whom the file names as the agent's owners: its `owner`, `team`, `maintainer` or `author`, whichever is there first
  /// in this order; else the same in its `metadata`.
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

  /// The fields that no other property shows whole: those of other keys, nested ones, and those whose key has stood
  /// there before.
  public var otherFields: [Field] {
    var seen: Set<String> = []
    return fields.filter { field in
      let isSecond = !field.value.isEmpty && !seen.insert(field.key).inserted
      if isSecond || field.value.isNested { return true }
      switch field.key {
      case "description", "tools", "disallowedTools": return false
      // An item of a list goes by another field.
      case "name" where source.item != nil && field.value.line != name: return true
      case "permissionMode" where permissionMode == nil: return true
      case "tags": return Bounds.cutsWords(field.value.words)
      case let key: return !Self.shownKeys.contains(key) || Bounds.cutsWord(field.value.line.trimmed)
      }
    }
  }

  /// Keys whose whole value stands in a property of its own.
  static let shownKeys: Set<String> = [
    "name", "description", "model", "tools", "disallowedTools", "permissionMode", "color", "category", "tags",
  ]
}

extension SourceFile {
  /// Whether it is in the folder of a plugin whose manifest is not there.
  var isBelowPlugins: Bool {
    // Most paths hold neither.
    guard publishedPath.utf8.contains(UInt8(ascii: "p")), publishedPath.contains("plugins/") else { return false }
    let folders = publishedPath.split(separator: "/")
    return folders.firstIndex(of: "plugins").map { folders[$0...].contains("agents") } ?? false
  }
}

/// A file that is no item: shown beside the items of its folder, or because it holds items.
public struct PlainDocument: Sendable {
  /// The file.
  public var source: SourceFile
  /// The first heading, or the name of the file.
  public let title: String
  /// Where its links lead that are relative to the file, each once.
  public let relativeLinks: [String]
  /// What is wrong with its bytes.
  public let findings: [Finding]
  /// The items that it holds; nil of a file in whose place none are.
  public let held: Held?

  /// The items that a file holds.
  public struct Held: Sendable {
    /// How many there are.
    public let count: Int
    /// How the file is written.
    public let format: ItemFormat
    /// The runtime that reads them.
    public let dialect: Dialect
    /// What the runtime makes of the file as a whole.
    public let loading: LoadVerdict
  }

  init(source: SourceFile, title: String, relativeLinks: [String], findings: [Finding], held: Held? = nil) {
    self.source = source
    self.title = title
    self.relativeLinks = relativeLinks
    self.findings = findings
    self.held = held
  }

  /// The same document with other findings.
  public func with(_ findings: [Finding]) -> PlainDocument {
    PlainDocument(source: source, title: title, relativeLinks: relativeLinks, findings: findings, held: held)
  }
}

/// What a source file turned out to be.
public struct Reading: Sendable {
  /// What is known of it.
  public let facts: Facts
  /// What its page shows of it besides.
  public let rendering: Rendering

  /// What is known of a file: little enough to have it of all files at once.
  public enum Facts: Sendable {
    /// An agent.
    case agent(Agent)
    /// A file without frontmatter.
    case document(PlainDocument)
  }
}

/// The Markdown of a file as HTML. It is as large as the file, so that whoever reads many does not keep it.
public struct Rendering: Sendable {
  /// The prompt, or the text of a document.
  public let body: Markup
  /// What follows the summary of an agent's description.
  public let whenToUse: Markup

  /// How many bytes it takes.
  public var size: Int { body.size + whenToUse.size }
}
