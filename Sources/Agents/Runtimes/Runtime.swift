import Files

/// A tool of a runtime. Immutable; a class, because it is passed around often.
public final class KnownTool: Sendable {
  /// The name in the runtime's spelling.
  public let name: String
  /// The abilities that the tool gives; empty for a tool that only keeps lists or talks to the session.
  public let abilities: [Reach.Ability]
  /// What the tool lets an agent do, as a phrase for messages: `run any shell command`.
  public let allows: String
  /// The purposes of the tool, as words shared by the tools of several runtimes.
  let meanings: [String]
  /// What happened to a renamed or removed tool, and what to do; nil for a current tool.
  let fate: Fate?
  /// Whether the runtime no longer has the tool, with all models or with newer models only.
  let isGone: Bool
  /// Whether the tool still exists with older models.
  let staysOnOlderModels: Bool
  /// Whether subagents never get the tool, whatever their files list.
  public let isWithheld: Bool
  /// Whether every item has the tool, even if its file does not list it.
  let isAlways: Bool
  /// The evidence for these facts.
  let evidence: [Evidence]
  /// The kind of items named in parentheses after the tool: agents that it may start, for example.
  let names: Reference.Kind?
  /// The effect of the text in parentheses, as the end of a sentence; nil if it is the same as for other tools.
  let patternMeaning: String?
  /// The limit set by the text in parentheses, as the end of a sentence with the placeholder `{pattern}`; nil if the
  /// runtime's general ``Facts/specifiers`` apply.
  let patternLimit: String?

  /// What happened to a renamed or removed tool, and what to do.
  struct Fate: Sendable {
    let what: String
    let help: String

    /// The tool to write instead, if that is what to do: `Write Glob.`
    var replacement: String? {
      guard help.hasPrefix("Write ") else { return nil }
      return String(help.dropFirst("Write ".count).prefix { $0 != "." })
    }
  }

  init(
    name: String, abilities: [Reach.Ability], allows: String, meanings: [String], fate: Fate?, isGone: Bool,
    staysOnOlderModels: Bool = false, isWithheld: Bool, isAlways: Bool = false, evidence: [Evidence] = [],
    names: Reference.Kind? = nil, patternMeaning: String? = nil, patternLimit: String? = nil
  ) {
    self.name = name
    self.abilities = abilities
    self.allows = allows
    self.meanings = meanings
    self.fate = fate
    self.isGone = isGone
    self.staysOnOlderModels = staysOnOlderModels
    self.isWithheld = isWithheld
    self.isAlways = isAlways
    self.evidence = evidence
    self.names = names
    self.patternMeaning = patternMeaning
    self.patternLimit = patternLimit
  }
}

/// A runtime and the facts about how it reads files of one kind.
///
/// Immutable; a class, because it is large and used at every step.
public final class Runtime: Sendable {
  /// The key and the title of the runtime.
  public let dialect: Dialect
  /// The kind of files that ``facts`` describes.
  public let kind: ItemKind
  /// The facts about the runtime.
  public let facts: Facts
  private let fields: [String: FieldFact]
  private let fieldsByMeaning: [String: String]
  private let toolPlaces: [String: Int]
  private let toolsByMeaning: [String: Int]
  private let givers: [Reach.Ability: Set<String>]
  /// The fields that change an agent's abilities.
  let reachFields: [FieldFact]
  /// The fields that contain names, with the kind of item that they name.
  let namingFields: [String: Reference.Kind]
  /// The fields that deny individual tools, with the value that denies one.
  private let denyingFields: [String: String]

  /// A runtime without any facts.
  static let none = Runtime(Facts(), key: "")

  init(_ facts: Facts, key: String, kind: ItemKind? = nil) {
    self.facts = facts
    self.kind = kind ?? facts.kind
    dialect = Dialect(key: key, title: facts.title)
    toolPlaces = Dictionary(facts.tools.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    let all = facts.fields + facts.variants.flatMap(\.fields)
    fields = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    fieldsByMeaning = all.reduce(into: [:]) { fields, field in
      if let meaning = field.meaning, fields[meaning] == nil { fields[meaning] = field.key }
    }
    toolsByMeaning = facts.tools.enumerated().filter { !$1.isGone }.reduce(into: [:]) { places, tool in
      for meaning in tool.element.meanings where places[meaning] == nil { places[meaning] = tool.offset }
    }
    reachFields = facts.fields.filter { $0.reach != nil }
    namingFields = fields.compactMapValues(\.names)
    denyingFields = fields.compactMapValues(\.denial)
    givers = facts.tools.filter { !$0.isGone }.reduce(into: [:]) { givers, tool in
      for ability in tool.abilities { givers[ability, default: []].insert(tool.name) }
    }
  }

  /// The facts about a runtime. All of them are data: see `Resources/runtimes.yml`.
  public struct Facts: Sendable {
    /// The display name; empty if it equals the key.
    var title = ""
    /// The kind of files that these facts describe.
    var kind = ItemKind.agent
    /// The facts about files of other kinds.
    var kinds: [ItemKind: Facts] = [:]
    /// The places of its files. New files go to the first one.
    var places: [Place] = []
    /// The fields that identify its files in a neutral place, a path that no runtime claims.
    var marks = Marks()
    /// Whether files in neutral places belong to this runtime if no fields identify another one.
    var isUsual = false
    /// Whether its files are checked against these facts. If not, they are read like files in a neutral place.
    var isJudged = true
    /// Whether its hidden folders are scanned when a source contains them.
    var isSearched = true
    /// The form of a new agent's file; nil to derive it from the fields.
    var form: AgentForm?
    /// Whether this is an open format read by several programs. Messages then give the reason, not a program's
    /// behavior.
    var isOpenFormat = false
    /// Whether agents can be ported to this runtime.
    var isPortable = true
    /// The source of an item's name.
    var namedBy = NamedRule.field
    /// The substitute for a missing name.
    public internal(set) var unnamed = UnnamedRule.file
    /// The separator between folders and file in a name that is a path.
    var pathMark = "/"
    /// The field that holds the prompt of a TOML, JSON or YAML item, or nil.
    var promptField: String?
    /// The prefix of a prompt that is the path of a file with the actual prompt, or nil. After a `*`, the required
    /// ending.
    var promptLink: String?
    /// The marks in a configuration for which it fills in the texts of files, or nil.
    var inclusions: InclusionRule?
    /// The table of a configuration that declares its items, or nil.
    var declarations: DeclarationRule?
    /// The folders with a project's own tools, or nil.
    var customTools: CustomToolRule?
    /// The marks that run commands when a prompt starts, or nil.
    var runs: PromptRuns?
    /// Whether it loads only one of several agents with the same name in one place.
    public internal(set) var loadsOneOfAName = false
    /// Why every agent has every tool, whatever its file lists; nil if the file decides.
    var givesEveryTool: String?
    /// The date of these facts.
    public internal(set) var asOf = ""
    /// The versions that these facts were checked against; empty if not stated.
    public internal(set) var versions = ""
    /// The evidence, by the names that the facts refer to.
    var sources: [String: Evidence] = [:]
    /// The fields that it reads, in the order of its documentation.
    var fields: [FieldFact] = []
    /// Alternative sets of fields.
    var variants: [FieldVariant] = []
    /// The effect of a value that the runtime does not accept.
    var wrongValue = Effect.unknown
    /// The effect of a field without a value; nil if it is treated like a missing field.
    var emptyValue: Effect?
    /// The effect of an unknown field.
    var unknownField = Effect(outcome: .loads)
    /// The effect of an unknown tool.
    var unknownTool = Effect(outcome: .partial)
    /// The effect of a tool list in which no tool exists.
    var noToolResolves = Effect.unknown
    /// The effect of text in parentheses after a tool if it does not limit the tool; nil if it does.
    var specifiers: Effect?
    /// The effects of other circumstances.
    var loading: [Circumstance: Effect] = [:]
    /// The file names accepted in the runtime's folder, the problem with other names, and their effect.
    var fileName: FileNameRule?
    /// Whether it loads plugin agents despite other problems.
    var loadsPluginsAnyway = false
    /// Whether a broken plugin agent gets every tool, whatever it lists.
    var opensBrokenPluginAgents = false
    /// The evidence for the behavior of plugin agents.
    var pluginEvidence: [Evidence] = []
    /// The accepted models; nil if not documented.
    var models: ModelRule?
    /// The maximum length of a prompt, in characters.
    var longestPrompt: Int?
    /// The total number of tokens in all agents' descriptions above which it warns, or nil.
    var descriptionsLimit: Int?
    /// The built-in agents.
    var builtInAgents: Set<String> = []
    /// The MCP servers that are available without configuration.
    var builtInServers: Set<String> = []
    /// The form of the tool list.
    var toolShape = ToolShape.text
    /// The runtime whose tools apply until this runtime lists its own.
    var toolLender: String?
    /// Whether the list of tools is complete, so that any other tool is a mistake.
    var knowsTools = false
    /// Alternative names of tools, mapped to the names in ``tools``.
    var toolNames: [String: String] = [:]
    /// Patterns for tools that are not listed individually: MCP tools and wildcards.
    var toolPatterns: [ToolPattern] = []
    /// Whether tool names are case-sensitive.
    var tellsCase = true
    /// Whether `group/tool` names a tool.
    var groupsTools = false
    /// The tools, in list order.
    var tools: [KnownTool] = []
  }

  /// The form of a tool list.
  enum ToolShape: String, Sendable, CaseIterable {
    /// Text separated by commas, or a list.
    case text
    /// A list.
    case list
    /// A map of names that are switched on or off.
    case map
    /// The runtime does not read tools.
    case none
  }

  /// The source of an item's name.
  enum NamedRule: String, Sendable, CaseIterable {
    /// The `name` field, if the file has one.
    case field
    /// The file name. A `name` field is ignored.
    case file
  }

  /// The substitute for a missing name.
  public enum UnnamedRule: String, Sendable, CaseIterable {
    /// The name of the file.
    case file
    /// The name of the folder, for files that share one name and each have their own folder.
    case folder
    /// The path of the file within the runtime's folder.
    case path
  }

  /// The rule for file names in a runtime's folder.
  struct FileNameRule: Sendable {
    /// The folder that the rule applies to; nil for all folders.
    let folder: String?
    let schema: ValueSchema
    /// The severity of a violation if the effect does not determine it.
    let severity: Finding.Severity?
    let effect: Effect
  }

  /// A pattern for tool names.
  struct ToolPattern: Sendable {
    let schema: ValueSchema
    /// What the tools let an agent do.
    let allows: String
    let evidence: [Evidence]
  }

  /// The models that a runtime accepts.
  struct ModelRule: Sendable {
    var names: [String] = []
    var endings: [String] = []
    var beginning: [String] = []
    var holding: [String] = []
    /// Whether the list is complete, so that any other model is a mistake.
    var isComplete = false
    /// Retired models, mapped to their replacements.
    var retired: [String: String] = [:]
    /// The effect of an unknown model.
    var wrong = Effect(outcome: .unknown)

    /// Returns the replacement of a retired model, or nil if it is not retired. A suffix such as `[1m]` is allowed.
    func successor(of model: String) -> String? {
      retired.filter { name, _ in
        guard model.hasPrefix(name) else { return false }
        let next = model.dropFirst(name.count).first
        return !(next?.isLetter ?? false) && !(next?.isNumber ?? false)
      }.max { $0.key.count < $1.key.count }?.value
    }

    func takes(_ model: String) -> Bool {
      var alias = model
      for ending in endings where model.hasSuffix(ending) { alias = String(model.dropLast(ending.count)) }
      if names.contains(alias) || beginning.contains(where: { model.hasPrefix($0) }) { return true }
      // Names such as `openrouter/anthropic/claude-…` belong to other runtimes; full identifiers have no slash.
      return holding.contains { model.contains($0) && ($0.contains("/") || !model.contains("/")) }
    }
  }

  /// Returns the tool with a name or alternative name, or nil if there is none.
  public func tool(_ name: String) -> KnownTool? {
    if let place = toolPlaces[canonical(name)] { return facts.tools[place] }
    // Copilot groups its tools: `edit/editFiles`, `search/codebase`. An unknown member falls back to its group.
    guard facts.groupsTools, let slash = name.firstIndex(of: "/") else { return nil }
    let member = toolPlaces[canonical(String(name[name.index(after: slash)...]))]
    return (member ?? toolPlaces[canonical(String(name[..<slash]))]).map { facts.tools[$0] }
  }

  /// Returns the tool listed under exactly this name, even if the name is now an alternative name of another tool.
  func listedTool(_ name: String) -> KnownTool? { toolPlaces[name].map { facts.tools[$0] } }

  /// Returns whether the runtime has a built-in agent with this name.
  public func brings(agent name: String) -> Bool { facts.builtInAgents.contains(name) }

  /// Returns whether a name is that of an MCP tool or a wildcard, in the notation of this runtime.
  func isServerTool(_ name: String) -> Bool {
    if facts.toolPatterns.isEmpty { return Runtimes.isFromServer(name) }
    return facts.toolPatterns.contains { $0.schema.problems(with: .text(name)).isEmpty }
  }

  /// Returns the current name of a tool.
  public func canonical(_ name: String) -> String {
    let folded = facts.tellsCase ? name : name.lowercased()
    return facts.toolNames[folded] ?? folded
  }

  /// Returns the names of the tools that give an ability.
  func names(giving ability: Reach.Ability) -> Set<String> { givers[ability] ?? [] }

  /// The names of the tools that a file may list, sorted.
  var usableTools: [String] { facts.tools.filter { !$0.isGone && !$0.isWithheld }.map(\.name).sorted() }

  /// Whether an agent's file can limit the agent's abilities.
  var canLimit: Bool { facts.givesEveryTool == nil || !limits.isEmpty }

  /// The fields that remove abilities.
  var limits: [FieldFact] { reachFields.filter { $0.reach?.isLimit ?? false } }

  /// The key of the field that lists an agent's tools.
  public var toolsKey: String { field(meaning: "tools") ?? field(meaning: "approved") ?? "tools" }

  /// Whether the listed tools are only approved in advance; the agent has other tools too.
  public var approvesTools: Bool { field(meaning: "tools") == nil && field(meaning: "approved") != nil }

  /// Whether a tool list limits items of this kind. It does not if every item has all tools, nor for instructions.
  var limitsTools: Bool { facts.givesEveryTool == nil && kind != .instruction }

  /// Returns whether a field allows, approves or denies tools.
  func statesTools(in key: String) -> Bool {
    guard let fact = field(key) else { return false }
    return ["tools", "approved", "denied"].contains(fact.meaning) || fact.denial != nil
  }

  /// Returns the tools denied individually, as in a map of permissions; nil if no field does so.
  func denials(in fields: [Field]) -> FieldValue? {
    if denyingFields.isEmpty { return nil }
    for field in fields {
      guard let denial = denyingFields[field.key], case .map(let entries) = field.value, !entries.isEmpty else {
        continue
      }
      return .list(entries.filter { $0.value == .text(denial) }.map { .text($0.key) })
    }
    return nil
  }

  /// Returns the tool with a shared purpose.
  func tool(meaning: String) -> KnownTool? { toolsByMeaning[meaning].map { facts.tools[$0] } }

  /// Returns whether the runtime reads a field.
  public func reads(_ field: String) -> Bool { fields[field] != nil }

  /// Returns the facts about a field, or nil if the runtime does not know it.
  func field(_ key: String) -> FieldFact? { fields[key] }

  /// Returns whether the runtime acts on a field of an agent. Some fields are ignored in plugin agents.
  func heeds(_ field: String, ofPlugin isOfPlugin: Bool) -> Bool {
    reads(field) && !(isOfPlugin && fields[field]?.isIgnoredInPlugins ?? false)
  }

  /// Returns the key of the field with a shared meaning.
  func field(meaning: String) -> String? { fieldsByMeaning[meaning] }

  /// Returns the agent's field with a shared meaning if it has a value and the runtime acts on it, and its index.
  func honored(_ meaning: String, in agent: Agent) -> (index: Int, field: Field)? {
    agent.fields.enumerated().first { _, field in
      guard let fact = fields[field.key], fact.meaning == meaning, !field.value.isEmpty else { return false }
      return !(agent.isOfPlugin && fact.isIgnoredInPlugins)
    }.map { ($0.offset, $0.element) }
  }

  /// Returns the field that is meant by a common misspelling, or nil.
  func field(spelled key: String) -> String? { fields.values.first { $0.spellings.contains(key) }?.key }

  /// Returns the fields that apply to a file: the fields of the first matching variant, or the regular fields.
  func fieldSet(for values: [Field]) -> [FieldFact] {
    facts.variants.first { $0.isMeant(by: values) }?.fields ?? facts.fields
  }

  /// Returns the effect of a circumstance.
  func effect(of circumstance: Circumstance) -> Effect {
    if let effect = facts.loading[circumstance] { return effect }
    return circumstance == .yamlWithoutColon ? effect(of: .yamlOther) : .unknown
  }

  /// Returns the consequence of a missing or misspelled field, as a clause.
  func consequence(of missing: String) -> String { fields[missing]?.consequence ?? "the runtime ignores it" }
}
