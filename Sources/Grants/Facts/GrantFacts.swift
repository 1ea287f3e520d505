import Agents
import Files
import Text

/// The facts about files that grant access, from `Resources/grants.yml`.
struct GrantFacts: Sendable {
  /// The kinds of files. The first one with a matching path applies.
  var files: [FileFacts] = []
  var syntaxes: [String: RuleSyntax] = [:]
  /// The events of each set of hooks. `*` covers the events that are not listed.
  var events: [String: [String: HookEvent]] = [:]
  /// The danger of commands, by their first words.
  var commands: [String: Danger] = [:]
  /// Programs that download the code they run, each with the words before the package name.
  var fetchers: [String] = []
  /// Environment variables that change which programs run, as patterns with `*`.
  var loaders: [String] = []
  /// The keys of a server or a hook, by their meaning.
  var keys: [String: [String]] = [:]
  var workflows = WorkflowFacts()
  var sources: [String: Evidence] = [:]

  /// Returns the evidence for a fact.
  func evidence(of fact: GrantFact) -> [Evidence] { fact.from.compactMap { sources[$0] } }

  /// The built-in facts.
  static let builtIn: GrantFacts = {
    (try? GrantFactsReader.read(builtInText)) ?? GrantFacts()
  }()

  /// The content of the file for ``builtIn``.
  static var builtInText: [UInt8] { EmbeddedFiles.bytes(of: "Sources/Grants/Resources/grants.yml") }

  /// Returns the kind of a file, by its path.
  ///
  /// - Parameter isInPlugin: Whether it is in the folder of a plugin.
  func file(at path: Glob.Subject, isInPlugin: Bool = false) -> FileFacts? {
    files.first { facts in (isInPlugin || !facts.isOfPlugin) && facts.paths.contains { $0.matches(path) } }
  }

  /// Returns the first of several alternative keys that a map has.
  func value(_ name: String, of node: SettingsNode) -> (key: String, member: SettingsNode.Member)? {
    for key in keys[name] ?? [] { if let member = node.member(key) { return (key, member) } }
    return nil
  }
}

/// A kind of file that grants access.
struct FileFacts: Sendable {
  enum Format: String { case json, toml, yaml, rules, program, workflow }

  /// A runtime's response to a file that it cannot parse.
  enum Invalid: String { case isLeftOut = "left-out", stops, unknown }

  var title = ""
  var runtime = ""
  /// The display name of the runtime.
  var program = ""
  var paths: [Glob] = []
  var format = Format.json
  /// Whether JSON may contain comments and trailing commas.
  var isLenient = false
  var invalid = Invalid.unknown
  var invalidSays = ""
  /// The names of the sources for ``invalid``.
  var evidence: [String] = []
  /// The condition for grants to take effect.
  var counts: String?
  var grants: [GrantFact] = []
  /// Whether it is a file of a plugin. Such a kind only applies in the folder of a plugin.
  var isOfPlugin = false
  /// The default actions without a matching rule, by policy and tool.
  var defaults: [String: [String: Action]] = [:]
  /// The program's built-in rules, by policy.
  var builtInRules: [String: [String: Action]] = [:]
}

/// The facts about a key.
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
    /// Whether this level applies if the key is missing.
    let isMissing: Bool
  }

  /// A statement about what a value allows.
  struct Text: Sendable {
    /// The pattern of the names or values that it applies to; nil for all.
    var names: String?
    let says: String
    /// The statement for its removal.
    var gone: String?
    let danger: Danger
    let effect: Grant.Effect
    /// Whether everything is allowed that no rule denies or asks for.
    var allowsAll = false

    /// Returns whether the statement applies to a name or value.
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
  /// The statement for its removal.
  var gone: String?
  var danger = Danger.none
  /// Whether the value is a command, whose danger depends on what it runs.
  var isCommand = false
  var effect = Grant.Effect.grants
  /// The statements for certain names or values. The first match applies.
  var cases: [Text] = []
  var counts: String?
  /// The condition for the key to take effect: another key with a value. With the condition of ``unless``, it has no
  /// effect.
  var onlyWith: Condition?
  var unless: Condition?
  var from: [String] = []
  var open: String?
  /// Whether the implied statement counts as new if the key of ``onlyWith`` is new.
  var isImplied = false
  /// The default folder; naming it has no effect.
  var folder: String?
  /// Whether the key only adds something, although its effect is unknown.
  var isAddition = false
  /// Whether only the strings of a list count, which are file paths.
  var takesTexts = false
  /// The key of a server and the value that disables it.
  var off: Condition?
  /// Whether an item counts only as a part of its list.
  var isRelative = false

  /// Returns the values except the default folder, and paths in it that are read anyway.
  func telling(_ values: [String]) -> [String] {
    guard let folder else { return values }
    return values.filter { value in
      var path = value[...]
      while path.hasPrefix("./") { path = path.dropFirst(2) }
      while path.hasSuffix("/") { path = path.dropLast() }
      let isIn = effect == .grants && path.hasPrefix(folder + "/") && !path.split(separator: "/").contains("..")
      return path != folder && !isIn
    }
  }

  /// Returns the path of the entry that a key declares or belongs to: up to the last wildcard, or all of it. Nil if the
  /// key does not only add something.
  func declaration(at keys: [String]) -> [String]? {
    guard isAddition else { return nil }
    let last = path.lastIndex { step in if case .key = step { false } else { true } }
    return Array(keys.dropLast(path.count - 1 - (last ?? path.count - 1)))
  }

  struct Condition: Sendable, Hashable {
    let path: [String]
    let value: String

    /// Returns whether a file has the value.
    func holds(in root: SettingsNode) -> Bool { root[path]?.scalar == value }
  }
}

/// The facts about a key with rules.
struct RuleFacts: Sendable {
  enum Form: String { case list, map }

  var form = Form.list
  var policy = "permissions"
  var syntax = ""
  var action = Action.allow
  /// The priority of its rules, of which the highest decides; nil if the order or the action decides.
  var priority: Int?
  /// Whether the last matching rule decides, rather than the strictest.
  var isLastFirst = false
  /// Whether the effect of rules with brackets is unknown.
  var hasUnknownBrackets = false
  /// The condition and priority of an implied rule that denies everything not named.
  ///
  /// With `any`, a list of rules denies all other tools. With `narrowed`, the first rule with a specifier denies all
  /// other uses of its tool.
  var rest: (when: String, priority: Int)?
  /// The key of the action, if the value of a rule is a map.
  var field = "approve"
  /// The tool that all rules apply to.
  var tool: String?
  /// The values of a map of rules, with their actions.
  var words: [String: Action] = [:]
}

/// The facts about an event that runs hooks.
struct HookEvent: Sendable {
  let when: String
  /// The description without a matcher.
  let always: String
  /// Whether its hooks can block the action.
  let blocks: Bool

  /// Returns a copy for an event of which only the name is known.
  func at(_ name: String) -> HookEvent {
    let when = when.replacing("{event}", with: "`\(name)`")
    return HookEvent(when: when, always: when, blocks: blocks)
  }
}

/// The facts about workflows that start agents.
struct WorkflowFacts: Sendable {
  struct Step: Sendable {
    /// The names of the sources for this action.
    var from: [String] = []
    var program = ""
    var runtime = ""
    var grants: [GrantFact] = []
    /// The option of the program that the action always sets, and that allows everything; nil if there is none.
    var mode: String?
    /// The input with command-line arguments. The input with settings, and the path whose facts apply to it.
    var arguments: String?
    var settings: (input: String, path: String)?
  }

  /// An agent started by a shell command.
  struct Program: Sendable {
    /// The names of the sources for its options.
    var from: [String] = []
    var title = ""
    var runtime = ""
    /// The packages that contain the program.
    var packages: [String] = []
    /// The options, each with its effect.
    var options: [(words: [String], text: GrantFact.Text)] = []
    /// The options whose values are rules.
    var rules: [(words: [String], facts: RuleFacts)] = []
  }

  /// A compiler that writes workflows from files beside them.
  struct Compiler: Sendable {
    /// The names of the sources for this compiler.
    var from: [String] = []
    /// The display name of such a workflow.
    var title = ""
    /// The end of the workflow's name, and that of its source.
    var ending = ""
    var sourceEnding = ""
    /// The texts that identify it. One of them is in the first comment.
    var marks: [String] = []
  }

  /// The names of the sources for events and permissions.
  var from: [String] = []
  var compilers: [Compiler] = []
  var actions: [String: Step] = [:]
  var programs: [String: Program] = [:]
  /// The events that people without write access can trigger, each with its effect.
  var events: [String: GrantFact.Text] = [:]
  /// Returns whether a text seems to start an agent.
  func areMentioned(in text: String) -> Bool {
    let text = text.lowercased()
    return (Array(actions.keys) + programs.values.flatMap(\.packages) + programs.keys.map { $0 + " " })
      .contains { text.contains($0) }
  }

  /// The events whose runs have access to secrets, even for code proposed by outsiders.
  var privileged: Set<String> = []
}
