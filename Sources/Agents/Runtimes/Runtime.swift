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
  /// Whether the runtime has it no more.
  let isGone: Bool
  /// Whether subagents never get it, whatever their files say.
  public let isWithheld: Bool

  /// What became of a tool, and what to do.
  struct Fate: Sendable {
    let what: String
    let help: String
  }

  init(
    name: String, abilities: [Reach.Ability], allows: String, meanings: [String], fate: Fate?, isGone: Bool,
    isWithheld: Bool
  ) {
    self.name = name
    self.abilities = abilities
    self.allows = allows
    self.meanings = meanings
    self.fate = fate
    self.isGone = isGone
    self.isWithheld = isWithheld
  }
}

/// What a runtime takes in the files of its agents. It never changes, and stands behind a reference since it is large, and asked at every step.
public final class Runtime: Sendable {
  /// What is known of it.
  public let facts: Facts
  private let fieldNames: Set<String>
  private let fieldsByMeaning: [String: String]
  private let toolPlaces: [String: Int]
  private let toolsByMeaning: [String: Int]
  private let givers: [Reach.Ability: Set<String>]

  init(_ facts: Facts = Facts()) {
    self.facts = facts
    toolPlaces = Dictionary(facts.tools.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    fieldNames = Set(facts.fields)
    fieldsByMeaning = facts.fields.reduce(into: [:]) { fields, field in
      if let meaning = facts.meanings[field], fields[meaning] == nil { fields[meaning] = field }
    }
    toolsByMeaning = facts.tools.enumerated().filter { !$1.isGone }.reduce(into: [:]) { places, tool in
      for meaning in tool.element.meanings where places[meaning] == nil { places[meaning] = tool.offset }
    }
    givers = facts.tools.filter { !$0.isGone }.reduce(into: [:]) { givers, tool in
      for ability in tool.abilities { givers[ability, default: []].insert(tool.name) }
    }
  }

  /// What is known of a runtime. All of it is data, see `Resources/runtimes.yml`.
  public struct Facts: Sendable {
    /// When the facts were looked at, and the version that they hold for.
    public internal(set) var asOf = ""
    /// Where they come from.
    public internal(set) var source = ""
    /// The fields that it reads, in the order in which it documents them.
    var fields: [String] = []
    /// The fields without which it leaves a file out.
    var required: [String] = []
    /// What else makes it leave a file out.
    var skips: [Obstacle] = []
    /// What it takes for a name.
    var name = NameRule()
    /// The fields that it passes by in the agents of a plugin.
    var ignoredInPlugins: Set<String> = []
    /// Whether it takes the agents of plugins in spite of what else makes it leave a file out.
    var loadsPluginsAnyway = false
    /// What it takes for a model; nil where that is not written down.
    var models: ModelRule?
    /// What fields mean that another runtime calls otherwise.
    var meanings: [String: String] = [:]
    /// What people write for a field, and which is meant.
    var spellings: [String: String] = [:]
    /// What follows where it does not see a field.
    var consequences: [String: String] = [:]
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
    var toolLender: Dialect?
    /// Whether every tool is listed, so that others are mistakes.
    var knowsTools = false
    /// Other names of tools.
    var toolNames: [String: String] = [:]
    /// Whether capitals matter in the names of tools.
    var tellsCase = true
    /// Whether `group/tool` names a tool.
    var groupsTools = false
    /// The tools, in the order in which they are listed.
    var tools: [KnownTool] = []
  }

  /// What may keep a runtime from taking a file.
  enum Obstacle: String, Sendable, CaseIterable {
    /// The frontmatter is not at the first line, never closed, or no YAML.
    case frontmatter
    /// A name that it does not take.
    case name
    /// A key that stands there twice.
    case duplicates
    /// A field that it does not know.
    case fields
    /// A tool that it does not know.
    case tools
    /// Tools that are stated otherwise than it wants.
    case shape
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

  /// What a runtime takes for a name.
  struct NameRule: Sendable {
    var longest: Int?
    var notFirst: String?
    var notHolding: String?
    /// The characters that it is made of, as they are written in a regular expression: `a-z0-9_-`.
    var characters: String? { didSet { isCharacter = Self.table(characters ?? "") } }
    /// Whether each character of ASCII is one of them.
    fileprivate var isCharacter: [Bool] = []
    var hasSingleHyphens = false
    var isFolder = false
  }

  /// What a runtime takes for a model.
  struct ModelRule: Sendable {
    var names: [String] = []
    var endings: [String] = []
    var beginning: [String] = []
    var holding: [String] = []

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

  /// The name that a tool goes by today.
  public func canonical(_ name: String) -> String {
    let folded = facts.tellsCase ? name : name.lowercased()
    return facts.toolNames[folded] ?? folded
  }

  /// The names of the tools that give an ability.
  func names(giving ability: Reach.Ability) -> Set<String> { givers[ability] ?? [] }

  /// The names of the tools that a file may ask for.
  var usableTools: [String] { facts.tools.filter { !$0.isGone && !$0.isWithheld }.map(\.name).sorted() }

  /// The tool that stands for a meaning.
  func tool(meaning: String) -> KnownTool? { toolsByMeaning[meaning].map { facts.tools[$0] } }

  /// Whether it reads a field.
  public func reads(_ field: String) -> Bool { fieldNames.contains(field) }

  /// Whether it acts on a field of an agent. Some fields are ignored in the agents of a plugin.
  func heeds(_ field: String, ofPlugin isOfPlugin: Bool) -> Bool {
    reads(field) && !(isOfPlugin && facts.ignoredInPlugins.contains(field))
  }

  /// The field that it has for a meaning.
  func field(meaning: String) -> String? { fieldsByMeaning[meaning] }

  /// What follows where it does not see a field.
  func consequence(of missing: String) -> String { facts.consequences[missing] ?? "the runtime passes it by" }

}

extension Runtime.NameRule {
  /// What a name lacks, or nil where it is taken.
  ///
  /// - Parameter folder: the name of the folder that the file stands in.
  func problem(with name: String, folder: String?) -> String? {
    if let notFirst, name.hasPrefix(notFirst) { return "it begins with “\(notFirst)”" }
    if let notHolding, name.contains(notHolding) { return "it holds “\(notHolding)”" }
    if let longest, name.utf8.count > longest, name.count > longest { return "it has more than \(longest) characters" }
    if let characters, !name.utf8.allSatisfy({ $0 < 0x80 && isCharacter[Int($0)] }) {
      return "it is to be made of \(characters) only"
    }
    if hasSingleHyphens, name.hasPrefix("-") || name.hasSuffix("-") || name.contains("--") {
      return "its hyphens are to stand alone, and between other characters"
    }
    if isFolder, let folder, folder != name { return "its folder is called “\(folder)”" }
    return nil
  }

  /// Which characters of ASCII a set such as `a-z0-9_-` holds.
  fileprivate static func table(_ set: String) -> [Bool] {
    var table = [Bool](repeating: false, count: 128)
    var rest = Array(set.utf8.filter { $0 < 0x80 })[...]
    while let first = rest.popFirst() {
      var last = first
      if rest.count >= 2, rest.first == UInt8(ascii: "-") {
        last = max(first, rest[rest.startIndex + 1])
        rest = rest.dropFirst(2)
      }
      for byte in first...last { table[Int(byte)] = true }
    }
    return table
  }
}
