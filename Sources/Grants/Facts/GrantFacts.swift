import Agents
import Files
import Text

/// What is known of the files that grant access; `Resources/grants.yml` says which keys there are.
struct GrantFacts: Sendable {
  /// The kinds of files, in the order in which their paths decide.
  var files: [FileFacts] = []
  var syntaxes: [String: RuleSyntax] = [:]
  /// The events of each set of hooks; `*` in one whose other events are not known.
  var events: [String: [String: HookEvent]] = [:]
  /// How dangerous a command is by its first words.
  var commands: [String: Danger] = [:]
  /// Programs that fetch what they run, each with the words before its package.
  var fetchers: [String] = []
  /// Environment variables that change which programs run, with stars.
  var loaders: [String] = []
  /// How a server or a hook is written.
  var keys: [String: [String]] = [:]
  var workflows = WorkflowFacts()
  var sources: [String: Evidence] = [:]

  /// How a fact is known.
  func evidence(of fact: GrantFact) -> [Evidence] { fact.from.compactMap { sources[$0] } }

  /// What this program brings.
  static let builtIn: GrantFacts = {
    (try? GrantFactsReader.read(builtInText)) ?? GrantFacts()
  }()

  /// The file that ``builtIn`` was read from.
  static var builtInText: [UInt8] { EmbeddedFiles.bytes(of: "Sources/Grants/Resources/grants.yml") }

  /// The kind of a file, by its path.
  func file(at path: Glob.Subject) -> FileFacts? {
    files.first { facts in facts.paths.contains { $0.matches(path) } }
  }

  /// The first of several keys that a map has.
  func value(_ name: String, of node: SettingsNode) -> (key: String, member: SettingsNode.Member)? {
    for key in keys[name] ?? [] { if let member = node.member(key) { return (key, member) } }
    return nil
  }
}

/// A kind of files that grant access.
struct FileFacts: Sendable {
  enum Format: String { case json, toml, yaml, rules, program, workflow }

  /// What a runtime does with a file that it cannot parse.
  enum Invalid: String { case isLeftOut = "left-out", stops, unknown }

  var title = ""
  var runtime = ""
  /// The runtime as people call it.
  var program = ""
  var paths: [Glob] = []
  var format = Format.json
  /// Whether comments and commas before a closing bracket are allowed in JSON.
  var isLenient = false
  var invalid = Invalid.unknown
  var invalidSays = ""
  /// How that is known, as names of sources.
  var evidence: [String] = []
  /// Under which condition grants count.
  var counts: String?
  var grants: [GrantFact] = []
  /// What is so where no rule says something, by policy and tool.
  var defaults: [String: [String: Action]] = [:]
  /// Rules that a program brings, by policy.
  var builtInRules: [String: [String: Action]] = [:]
}

/// What is known of a key.
struct GrantFact: Sendable {
  enum Means: Sendable {
    case rules(RuleFacts)
    case level([Level], nothing: [String: String])
    case items(whole: Text?, nothing: [String: String])
    case setting
    /// The names of sets of events.
    case hooks([String])
    case server
    case source
  }

  /// A value of a level.
  struct Level: Sendable, Hashable {
    let values: [String]
    let says: String
    let danger: Danger
    /// Whether it is so where the key is missing.
    let isMissing: Bool
  }

  /// A statement, with what it allows.
  struct Text: Sendable {
    /// The names or values that it is for, with stars; nil for all.
    var names: String?
    let says: String
    /// What is so once it is gone.
    var gone: String?
    let danger: Danger
    let effect: Grant.Effect

    /// Whether it is about a name or a value.
    func isFor(_ name: String) -> Bool { names.map { Wildcards.match($0, name) } ?? true }
  }

  enum Step: Sendable, Hashable { case key(String), any, each }

  var path: [Step] = []

  /// The path of keys without wildcards.
  var key: String {
    path.compactMap { step in if case .key(let key) = step { key } else { nil } }.joined(separator: ".")
  }

  var means = Means.setting
  var says = ""
  /// What is so once it is gone.
  var gone: String?
  var danger = Danger.none
  /// Whether the value is a command, whose danger is that of what it runs.
  var isCommand = false
  var effect = Grant.Effect.grants
  /// Statements for certain names or values, the first that fits.
  var cases: [Text] = []
  var counts: String?
  /// A key with the value that it must have, or must not have.
  var onlyWith: Condition?
  var unless: Condition?
  var from: [String] = []
  var open: String?
  /// Whether what is so without the key is new where the key of ``onlyWith`` is.
  var isImplied = false
  /// Whether only the texts of a list count, which are paths of files.
  var takesTexts = false
  /// The key of a server, with the value that switches it off.
  var off: Condition?
  /// Whether an item counts only as a part of its list.
  var isRelative = false

  struct Condition: Sendable, Hashable {
    let path: [String]
    let value: String

    /// Whether a file has the value.
    func holds(in root: SettingsNode) -> Bool { root[path]?.scalar == value }
  }
}

/// What is known of a key with rules.
struct RuleFacts: Sendable {
  enum Form: String { case list, map }

  var form = Form.list
  var policy = "permissions"
  var syntax = ""
  var action = Action.allow
  /// Of several rules, the one with the highest priority decides; nil where the order or the action does.
  var priority: Int?
  /// Whether the last rule decides, not the strictest.
  var isLastFirst = false
  /// Whether it is not known what a rule with brackets does.
  var hasUnknownBrackets = false
  /// What the first rule, or the first that is narrowed, does to everything else: `narrowed` or `any`.
  var rest: (when: String, priority: Int)?
  /// The key that holds the action, where the value of a rule is a map.
  var field = "approve"
  /// The tool that every rule is about.
  var tool: String?
  /// The words of a map of rules, each with its action and priority.
  var words: [String: Action] = [:]
}

/// When a hook runs.
struct HookEvent: Sendable {
  let when: String
  /// The same where no matcher narrows it.
  let always: String
  /// Whether its hooks can block what is about to happen.
  let blocks: Bool

  /// The same for an event whose name alone is known.
  func at(_ name: String) -> HookEvent {
    let when = when.replacing("{event}", with: "`\(name)`")
    return HookEvent(when: when, always: when, blocks: blocks)
  }
}

/// What is known of workflows that start agents.
struct WorkflowFacts: Sendable {
  struct Step: Sendable {
    /// How it is known what the action does, as names of sources.
    var from: [String] = []
    var program = ""
    var runtime = ""
    var grants: [GrantFact] = []
    /// The input with arguments of the command line, and the path whose facts an input with settings is read by.
    var arguments: String?
    var settings: (input: String, path: String)?
  }

  /// An agent that a shell command starts.
  struct Program: Sendable {
    /// How it is known what its options do, as names of sources.
    var from: [String] = []
    var title = ""
    var runtime = ""
    /// The packages that hold the program.
    var packages: [String] = []
    /// Options, each with what it does.
    var options: [(words: [String], text: GrantFact.Text)] = []
    /// Options whose values are rules.
    var rules: [(words: [String], facts: RuleFacts)] = []
  }

  /// How it is known what events and permissions mean, as names of sources.
  var from: [String] = []
  var actions: [String: Step] = [:]
  var programs: [String: Program] = [:]
  /// Events that people without write access cause, each with what it means.
  var events: [String: GrantFact.Text] = [:]
  /// Whether a text seems to start an agent.
  func areMentioned(in text: String) -> Bool {
    let text = text.lowercased()
    return (Array(actions.keys) + programs.values.flatMap(\.packages) + programs.keys.map { $0 + " " })
      .contains { text.contains($0) }
  }

  /// Events whose run has secrets, also for code that outsiders propose.
  var privileged: Set<String> = []
}
