import Files

/// A tool that a runtime has. It never changes, and is handed around a lot.
public final class KnownTool: Sendable {
  /// Its name, as the runtime spells it.
  public let name: String
  /// What it lets an agent do; empty of one that only keeps lists or talks to the session.
  public let abilities: [Reach.Ability]
  /// The same in plain words, for example `run any shell command`.
  public let allows: String
  /// What it is for, in words that the tools of several runtimes share.
  let meanings: [String]
  /// What became of it, and what to do; nil of one that is as it was.
  let fate: Fate?
  /// Whether the runtime has it no more, with any model or with newer ones.
  let isGone: Bool
  /// Whether it is there with older models.
  let staysOnOlderModels: Bool
  /// Whether subagents never get it, whatever their files say.
  public let isWithheld: Bool
  /// Whether every item has it, listed or not.
  let isAlways: Bool
  /// How it is known.
  let evidence: [Evidence]
  /// What is named in parentheses behind it: agents that it may start, for example.
  let names: Reference.Kind?
  /// What that does, as the end of a sentence; nil if it does what it does to other tools.
  let patternMeaning: String?
  /// What it is limited to by that, as the end of a sentence in which `{pattern}` stands for it; nil where the runtime
  /// as a whole says what such a pattern does.
  let patternLimit: String?

  /// What became of a tool, and what to do.
  struct Fate: Sendable {
    let what: String
    let help: String
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

/// What a runtime takes in the files of its agents. It never changes, and stands behind a reference since it is large,
/// and asked at every step.
public final class Runtime: Sendable {
  /// Its key in the runtimes file, with its name.
  public let dialect: Dialect
  /// The kind of the files that ``facts`` are about.
  public let kind: ItemKind
  /// What is known of it.
  public let facts: Facts
  private let fields: [String: FieldFact]
  private let fieldsByMeaning: [String: String]
  private let toolPlaces: [String: Int]
  private let toolsByMeaning: [String: Int]
  private let givers: [Reach.Ability: Set<String>]
  /// The fields that change what an agent can do.
  let reachFields: [FieldFact]
  /// The fields whose words are names, each with what they name.
  let namingFields: [String: Reference.Kind]
  /// The fields that deny tools one by one, each with the value that does so.
  private let denyingFields: [String: String]

  /// A runtime that nothing is known of.
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

  /// What is known of a runtime. All of it is data, see `Resources/runtimes.yml`.
  public struct Facts: Sendable {
    /// The name that people use; empty where it is the key.
    var title = ""
    /// The kind of the files that these facts are about.
    var kind = ItemKind.agent
    /// What it takes in the files of other kinds.
    var kinds: [ItemKind: Facts] = [:]
    /// Where its files are, the one first to which a new one goes.
    var places: [Place] = []
    /// How its files are recognized in a neutral place.
    var marks = Marks()
    /// Whether files in neutral places are taken for its own where nothing shows another.
    var isUsual = false
    /// Whether its files are judged by these facts; otherwise they are read as if they were in a neutral place.
    var isJudged = true
    /// Whether its hidden folders are entered where a source holds them.
    var isSearched = true
    /// How the file of a new agent is written; nil where it follows from the fields.
    var form: AgentForm?
    /// Whether it is an open format that several programs read; then messages say why, not what a program does.
    var isOpenFormat = false
    /// Whether agents are carried over to it.
    var isPortable = true
    /// What gives an item its name.
    var namedBy = NamedRule.field
    /// What an item without a name goes by.
    public internal(set) var unnamed = UnnamedRule.file
    /// What is between the folders and the file in a name that is a path.
    var pathMark = "/"
    /// The field that holds the prompt of an item in TOML or JSON, or nil.
    var promptField: String?
    /// What a prompt begins with that is the path of a file with the prompt, or nil.
    var promptLink: String?
    /// The marks by which a prompt runs commands when it starts, or nil.
    var runs: PromptRuns?
    /// Whether it loads only one of several agents that share a name in one place.
    public internal(set) var loadsOneOfAName = false
    /// Why every agent has every tool, whatever its file lists; nil where the file decides.
    var givesEveryTool: String?
    /// When the facts were looked at, and the version that they hold for.
    public internal(set) var asOf = ""
    /// Up to which version it was looked at; empty where nobody says.
    public internal(set) var versions = ""
    /// The evidence, by the names that facts refer to.
    var sources: [String: Evidence] = [:]
    /// The fields that it reads, in the order in which it documents them.
    var fields: [FieldFact] = []
    /// Other sets of fields that it accepts instead.
    var variants: [FieldVariant] = []
    /// What a value makes of a file that the runtime does not accept.
    var wrongValue = Effect.unknown
    /// What a field without a value makes of a file; nil where it is as good as none.
    var emptyValue: Effect?
    /// What a field makes of a file that the runtime does not know.
    var unknownField = Effect(outcome: .loads)
    /// What a tool makes of a file that the runtime does not know.
    var unknownTool = Effect(outcome: .partial)
    /// What it makes of a file of whose tools none exists.
    var noToolResolves = Effect.unknown
    /// What something in brackets behind a tool does, where it does not limit the tool; nil where it does.
    var specifiers: Effect?
    /// What it makes of files in other circumstances.
    var loading: [Circumstance: Effect] = [:]
    /// The names that a file may have in the runtime's folder, what is wrong with others, and what becomes of them.
    var fileName: FileNameRule?
    /// Whether it loads the agents of plugins whatever else is wrong with them.
    var loadsPluginsAnyway = false
    /// Whether the broken agent of a plugin has every tool, whatever it names.
    var opensBrokenPluginAgents = false
    /// How it is known what becomes of the agents of plugins.
    var pluginEvidence: [Evidence] = []
    /// What it takes for a model; nil where that is not written down.
    var models: ModelRule?
    /// The longest prompt that it takes, in characters.
    var longestPrompt: Int?
    /// From how many tokens of all agents' descriptions on it warns, or nil.
    var descriptionsLimit: Int?
    /// The agents that it brings.
    var builtInAgents: Set<String> = []
    /// The MCP servers that are there without being configured.
    var builtInServers: Set<String> = []
    /// How tools are stated.
    var toolShape = ToolShape.text
    /// The runtime whose tools these are, until they are listed for this one itself.
    var toolLender: String?
    /// Whether every tool is listed, so that others are mistakes.
    var knowsTools = false
    /// Other names of tools.
    var toolNames: [String: String] = [:]
    /// Names of tools that are not listed one by one: those of MCP servers, and signs for all tools.
    var toolPatterns: [ToolPattern] = []
    /// Whether capitals matter in the names of tools.
    var tellsCase = true
    /// Whether `group/tool` names a tool.
    var groupsTools = false
    /// The tools, in the order in which they are listed.
    var tools: [KnownTool] = []
  }

  /// How tools are stated.
  enum ToolShape: String, Sendable, CaseIterable {
    /// As text parted by commas, or a list.
    case text
    /// As a list.
    case list
    /// As a map of names, each on or off.
    case map
    /// The runtime does not read them.
    case none
  }

  /// What gives an item its name.
  enum NamedRule: String, Sendable, CaseIterable {
    /// A field `name`, where the file has one.
    case field
    /// The file, whatever its fields say.
    case file
  }

  /// What an item without a name goes by.
  public enum UnnamedRule: String, Sendable, CaseIterable {
    /// The name of its file.
    case file
    /// The folder of its file: files of one name, each in a folder of its own.
    case folder
    /// The path of its file in the runtime's folder.
    case path
  }

  /// What a runtime takes for the name of a file in its folder.
  struct FileNameRule: Sendable {
    /// The folder that it goes for; nil for all.
    let folder: String?
    let schema: ValueSchema
    /// How much another name matters, where the effect does not say.
    let severity: Finding.Severity?
    let effect: Effect
  }

  /// Names of tools that look alike.
  struct ToolPattern: Sendable {
    let schema: ValueSchema
    /// What they let an agent do.
    let allows: String
    let evidence: [Evidence]
  }

  /// What a runtime takes for a model.
  struct ModelRule: Sendable {
    var names: [String] = []
    var endings: [String] = []
    var beginning: [String] = []
    var holding: [String] = []
    /// Whether all models are listed, so that others are mistakes.
    var isComplete = false
    /// Models that were there once, with what to write instead.
    var retired: [String: String] = [:]
    /// What another model makes of the file.
    var wrong = Effect(outcome: .unknown)

    /// What to write in the place of a retired model; nil of one that is not. A retired name may go on with `[1m]`.
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
      // `openrouter/anthropic/claude-…` is how other runtimes name a model; a full identifier has no slash.
      return holding.contains { model.contains($0) && ($0.contains("/") || !model.contains("/")) }
    }
  }

  /// The tool that is meant by a name, or nil where there is none.
  public func tool(_ name: String) -> KnownTool? {
    if let place = toolPlaces[canonical(name)] { return facts.tools[place] }
    // Copilot groups its tools: `edit/editFiles`, `search/codebase`; the group says enough.
    guard facts.groupsTools, let slash = name.firstIndex(of: "/") else { return nil }
    let member = toolPlaces[canonical(String(name[name.index(after: slash)...]))]
    return (member ?? toolPlaces[canonical(String(name[..<slash]))]).map { facts.tools[$0] }
  }

  /// The tool that is listed under just this name: one that has gone, though another has its name's meaning now.
  func listedTool(_ name: String) -> KnownTool? { toolPlaces[name].map { facts.tools[$0] } }

  /// Whether it brings an agent of a name.
  public func brings(agent name: String) -> Bool { facts.builtInAgents.contains(name) }

  /// Whether a name is that of an MCP server's tool, or stands for several tools, as this runtime writes them.
  func isServerTool(_ name: String) -> Bool {
    if facts.toolPatterns.isEmpty { return Runtimes.isFromServer(name) }
    return facts.toolPatterns.contains { $0.schema.problems(with: .text(name)).isEmpty }
  }

  /// The name that a tool goes by today.
  public func canonical(_ name: String) -> String {
    let folded = facts.tellsCase ? name : name.lowercased()
    return facts.toolNames[folded] ?? folded
  }

  /// The names of the tools that give an ability.
  func names(giving ability: Reach.Ability) -> Set<String> { givers[ability] ?? [] }

  /// The names of the tools that a file may ask for.
  var usableTools: [String] { facts.tools.filter { !$0.isGone && !$0.isWithheld }.map(\.name).sorted() }

  /// Whether the file of an agent can keep an ability from it.
  var canLimit: Bool { facts.givesEveryTool == nil || !limits.isEmpty }

  /// The fields that keep abilities from an agent.
  var limits: [FieldFact] { reachFields.filter { $0.reach?.isLimit ?? false } }

  /// The key of the field that names an agent's tools.
  public var toolsKey: String { field(meaning: "tools") ?? field(meaning: "approved") ?? "tools" }

  /// Whether the tools that a file names are approved in advance, rather than the only ones that it has.
  public var approvesTools: Bool { field(meaning: "tools") == nil && field(meaning: "approved") != nil }

  /// Whether its tools limit an item of this kind: not where every one has all tools, or gives none.
  var limitsTools: Bool { facts.givesEveryTool == nil && kind != .instruction }

  /// Whether a field says which tools an agent has, or has not.
  func statesTools(in key: String) -> Bool {
    guard let fact = field(key) else { return false }
    return ["tools", "approved", "denied"].contains(fact.meaning) || fact.denial != nil
  }

  /// The tools that fields deny one by one, as a map of permissions does; nil where no field does.
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

  /// The tool that stands for a meaning.
  func tool(meaning: String) -> KnownTool? { toolsByMeaning[meaning].map { facts.tools[$0] } }

  /// Whether it reads a field.
  public func reads(_ field: String) -> Bool { fields[field] != nil }

  /// What is known of a field, or nil where it has none of that name.
  func field(_ key: String) -> FieldFact? { fields[key] }

  /// Whether it acts on a field of an agent. Some fields are ignored in the agents of a plugin.
  func heeds(_ field: String, ofPlugin isOfPlugin: Bool) -> Bool {
    reads(field) && !(isOfPlugin && fields[field]?.isIgnoredInPlugins ?? false)
  }

  /// The field that it has for a meaning.
  func field(meaning: String) -> String? { fieldsByMeaning[meaning] }

  /// The field of an agent that has a meaning, where it states one and the runtime goes by it.
  func honored(_ meaning: String, in agent: Agent) -> (index: Int, field: Field)? {
    agent.fields.enumerated().first { _, field in
      guard let fact = fields[field.key], fact.meaning == meaning, !field.value.isEmpty else { return false }
      return !(agent.isOfPlugin && fact.isIgnoredInPlugins)
    }.map { ($0.offset, $0.element) }
  }

  /// The field that people mean who write another key, or nil.
  func field(spelled key: String) -> String? { fields.values.first { $0.spellings.contains(key) }?.key }

  /// The set of fields that goes for a file: that of a variant, where the file is of one.
  func fieldSet(for values: [Field]) -> [FieldFact] {
    facts.variants.first { $0.isMeant(by: values) }?.fields ?? facts.fields
  }

  /// What becomes of a file in a circumstance.
  func effect(of circumstance: Circumstance) -> Effect {
    if let effect = facts.loading[circumstance] { return effect }
    return circumstance == .yamlWithoutColon ? effect(of: .yamlOther) : .unknown
  }

  /// What follows where it does not see a field.
  func consequence(of missing: String) -> String { fields[missing]?.consequence ?? "the runtime ignores it" }
}
