import Text

/// The abilities that an agent's tools give it, resolved by the rules of its runtime.
public struct Reach: Sendable, Hashable {
  /// An ability that a tool may give an agent.
  public enum Ability: Int, Sendable, CaseIterable {
    /// Reading files.
    case read
    /// Writing and changing files.
    case edit
    /// Running commands.
    case run
    /// Fetching from the web.
    case web
    /// Starting other agents.
    case delegate
    /// Unknown abilities, given by MCP tools and unrecognized tool names.
    case other

    /// The word for the legend.
    public var word: String {
      switch self {
      case .read: "read"
      case .edit: "edit"
      case .run: "run"
      case .web: "web"
      case .delegate: "delegate"
      case .other: "other"
      }
    }

    /// The phrase for an agent with this ability.
    public var phrase: String {
      switch self {
      case .read: "Reads files"
      case .edit: "Edits files"
      case .run: "Runs commands"
      case .web: "Uses the web"
      case .delegate: "Starts agents"
      case .other: "Has tools of unknown effect"
      }
    }
  }

  /// How an agent gets an ability.
  public enum Grant: Int, Sendable, Hashable {
    /// No tool gives it.
    case none
    /// A listed tool gives it.
    case stated
    /// It is inherited with all tools of the session.
    case inherited
  }

  /// The grant of each ability, in the order of ``Ability``.
  public let grants: [Grant]
  /// Whether permission checks are bypassed.
  public let bypassesPermissions: Bool
  /// The commands that run automatically: of a hook with its event (`PreToolUse: make lint`), of a prompt as written
  /// (`` !`git status` ``).
  public let automaticCommands: [String]
  /// Whether a tool that runs commands is approved in advance, so that nobody is asked before it is used.
  public let approvesCommands: Bool
  /// Whether the item is an instruction, which gives no tools.
  public let givesNothing: Bool
  /// The reasoning, line by line.
  public let reasons: [String]

  /// A hashable summary of the parts that are drawn, without the reasons.
  public struct Drawing: Hashable, Sendable {
    private let bits: Int

    fileprivate init(_ reach: Reach) {
      let flags =
        (reach.bypassesPermissions ? 1 : 0) | (reach.automaticCommands.isEmpty ? 0 : 2)
        | (reach.approvesCommands ? 4 : 0)
      bits = reach.grants.reduce(flags) { $0 << 2 | $1.rawValue }
    }
  }

  /// The parts that are drawn.
  public var drawing: Drawing { Drawing(self) }

  /// Returns the grant of an ability.
  public subscript(ability: Ability) -> Grant { grants[ability.rawValue] }

  /// The abilities that the agent has, inherited or not.
  public var abilities: [Ability] { Ability.allCases.filter { self[$0] != .none } }

  /// Whether commands run that nobody is asked about: automatically, approved in advance, or because permission checks
  /// are bypassed.
  public var runsCommandsUnasked: Bool {
    !automaticCommands.isEmpty || approvesCommands || (bypassesPermissions && self[.run] != .none)
  }

  /// Whether tools are inherited.
  public var isInherited: Bool { grants.contains(.inherited) }

  /// The reach in one sentence, as a text alternative to the cells.
  public var sentence: String {
    if givesNothing { return "gives no tools" }
    let can: [(Ability, String)] = [
      (.read, "read files"), (.edit, "edit files"), (.run, "run commands"), (.web, "use the web"),
      (.delegate, "start other agents"),
    ]
    let may = can.filter { self[$0.0] != .none }.map(\.1)
    let mayNot = can.filter { self[$0.0] == .none }.map(\.1)
    var parts: [String] = []
    if isInherited { parts.append("inherits the tools of the session") }
    parts.append(may.isEmpty ? "may do none of this by itself" : "may " + may.joined(before: "and"))
    if !mayNot.isEmpty, !may.isEmpty { parts.append("may not " + mayNot.joined(before: "or")) }
    if !automaticCommands.isEmpty { parts.append("runs commands automatically") }
    if self[.other] != .none { parts.append("has unrecognized tools") }
    if bypassesPermissions { parts.append("never asks for permission") }
    return parts.joined(separator: "; ")
  }

  /// All possible phrases, in order.
  public static let allPhrases = Ability.allCases.map(\.phrase) + [automatic, inheriting, bypassing]

  private static let automatic = "Runs commands automatically"
  private static let inheriting = "Inherits tools"
  private static let bypassing = "Never asks for permission"

  /// The phrases for lists and filters, such as `Runs commands`.
  public var phrases: [String] {
    let can = Ability.allCases.filter { self[$0] != .none }.map(\.phrase)
    return can + (automaticCommands.isEmpty ? [] : [Self.automatic]) + (isInherited ? [Self.inheriting] : [])
      + (bypassesPermissions ? [Self.bypassing] : [])
  }

  /// The phrases that are informative even if they apply to no agent.
  public static let telling = [
    "Reads files", "Edits files", "Runs commands", "Uses the web", "Starts agents", "Never asks for permission",
  ]

  /// The phrases of ``phrases``, those that allow most first.
  public static let phrasesByPower =
    [bypassing, automatic] + [.run, .edit, .web, .delegate, .read, .other].map { (ability: Ability) in ability.phrase }
    + [inheriting]

  /// Resolves the reach of an agent by the facts about its runtime.
  public init(of agent: Agent, by runtime: Runtime) {
    var resolver = Resolver(agent: agent, runtime: runtime)
    resolver.resolve()
    grants = resolver.grants
    automaticCommands = resolver.commands
    reasons = resolver.reasons
    bypassesPermissions = resolver.bypasses
    approvesCommands = resolver.approvesCommands && resolver.grants[Ability.run.rawValue] != .none
    givesNothing = agent.kind == .instruction
  }
}

/// Applies the documented rules of the runtimes; `Resources/runtimes.yml` lists the sources.
private struct Resolver {
  let agent: Agent
  let runtime: Runtime
  var grants = [Reach.Grant](repeating: .none, count: Reach.Ability.allCases.count)
  var reasons: [String] = []
  var commands: [String] = []
  var bypasses = false
  var approvesCommands = false

  mutating func resolve() {
    if agent.kind == .instruction {
      reasons.append("Instructions give no tools.")
      return
    }
    if !runtime.facts.isJudged {
      inheritAll("What \(agent.dialect.title) lets \(agent.kind.plural) do is unknown, so every tool counts.")
    } else if let reason = runtime.facts.givesEveryTool {
      inheritAll(reason)
      resolveApproved()
    } else {
      resolveTools()
    }
    resolveFields { $0.isLimit }
    resolveHooks()
    resolvePrompt()
    resolveServers()
    resolveFields { !$0.isLimit }
    resolvePermissions()
    addScripts()
  }

  /// The maximum number of scripts named for a skill.
  private static let scriptLimit = 20

  /// Adds the calls in a skill's scripts as reasons. They change no grant, because the tools decide whether scripts can
  /// run.
  private mutating func addScripts() {
    let scripts = (agent.bundle?.files ?? []).filter { !$0.calls.isEmpty }
    for script in scripts.prefix(Self.scriptLimit) { reasons.append(script.sentence) }
    if scripts.count > Self.scriptLimit {
      reasons.append("\(scripts.count - Self.scriptLimit) more scripts have calls.")
    }
  }

  private mutating func resolveTools() {
    if agent.isOfPlugin, agent.loading.isSpared, runtime.facts.opensBrokenPluginAgents {
      return inheritAll("The file is broken, and \(agent.dialect.title) gives broken plugin agents every tool.")
    }
    if agent.tools.statement == .switched, runtime.facts.toolShape != .map {
      return inheritAll("As far as known, a map of tools limits nothing in \(agent.dialect.title).")
    }
    switch agent.tools.statement {
    case .inherited: inheritAll("No tools are listed, so it inherits every tool of the session.")
    case .all: inheritAll("It asks for all tools.")
    case .switched: inheritAll("Tools that are not switched off stay on.")
    case .listed:
      if agent.tools.allowed.isEmpty { reasons.append("The tool list is empty, so it has no tools.") }
    }
    // A denial takes precedence and covers the whole tool, whatever its specifier.
    let denied = Set(agent.tools.denied.map { runtime.canonical($0.name) })
    if grants.contains(.inherited) { removeDenied(denied) }
    for tool in agent.tools.allowed where agent.tools.statement != .all {
      let name = runtime.canonical(tool.name)
      if denied.contains(name) {
        reasons.append("\(tool.text) is denied, which takes precedence over tools.")
      } else {
        grant(tool, name)
      }
    }
    for tool in runtime.facts.tools where tool.isAlways && !denied.contains(tool.name) {
      if agent.tools.allowed.contains(where: { runtime.canonical($0.name) == tool.name }) { continue }
      for ability in tool.abilities where self[ability] == .none { set(ability, .stated) }
      reasons.append("\(tool.name): \(tool.allows), whatever the file lists.")
    }
  }

  private mutating func grant(_ tool: ToolSet.Tool, _ name: String) {
    guard let known = runtime.tool(name) else {
      set(.other, .stated)
      let source =
        if runtime.hasCustomTool(name, for: agent) {
          "one of the project's own tools"
        } else if Runtimes.isFromServer(name) {
          "a tool of an MCP server"
        } else {
          "not a known tool of \(agent.dialect.title)"
        }
      reasons.append("\(tool.text): \(source).")
      return
    }
    if known.isWithheld {
      reasons.append("\(tool.text): subagents never get it.")
      return
    }
    for ability in known.abilities { set(ability, .stated) }
    if let limit = known.patternLimit, let pattern = tool.specifier {
      return reasons.append(
        "\(tool.name): \(known.allows); \(limit.replacing("{pattern}", with: Bounds.cut(pattern, to: 200))).")
    }
    let isOpen = tool.specifier != nil && runtime.facts.specifiers != nil
    reasons.append("\(tool.text): \(known.allows)\(isOpen ? "; the pattern does not limit it" : "").")
  }

  /// Grants the ability to run commands if there are hooks, which run whatever tools the agent has.
  private mutating func resolveHooks() {
    guard let field = runtime.honored("hooks", in: agent)?.field else { return }
    commands = StartedCommand.hooks(in: field.value).compactMap { command in
      guard case .event(let event) = command.trigger else { return nil }
      return "\(event): \(Bounds.cut(command.text, to: 200))"
    }
    if !commands.isEmpty { set(.run, .stated) }
    reasons += commands.map { "\(field.key): runs automatically on \($0)" }
    if commands.isEmpty { reasons.append("\(field.key): runs something automatically.") }
  }

  /// Adds tools that are approved in advance, and removes denied tools from an item that has every tool.
  private mutating func resolveApproved() {
    let approved = agent.tools.allowed.map(\.text)
    if runtime.field(meaning: "approved") != nil, !approved.isEmpty {
      let shown = Bounds.cut(approved.joined(separator: ", "), to: 200)
      reasons.append("\(runtime.toolsKey): \(shown) \(approved.count == 1 ? "is" : "are") approved in advance.")
    }
    let denied =
      runtime.field(meaning: "denied") == nil ? [] : Set(agent.tools.denied.map { runtime.canonical($0.name) })
    // A denial takes precedence.
    let runsCommands = agent.tools.allowed.contains { tool in
      let name = runtime.canonical(tool.name)
      guard !denied.contains(name), let known = runtime.tool(name) else { return false }
      return known.abilities.contains(.run) && !known.isWithheld
    }
    approvesCommands = runtime.field(meaning: "approved") != nil && !denied.contains("*") && runsCommands
    removeDenied(denied)
  }

  /// Grants the ability to run commands if the prompt contains marks that run them when it starts.
  private mutating func resolvePrompt() {
    guard let runs = runtime.facts.runs, !agent.promptCommands.isEmpty else { return }
    commands += agent.promptCommands
    if grants[Reach.Ability.run.rawValue] == .none { set(.run, .stated) }
    reasons += agent.promptCommands.map { "\($0) runs automatically: \(runs.why)." }
  }

  /// Grants unknown abilities if there are MCP servers, whose tools may do anything.
  private mutating func resolveServers() {
    guard let field = runtime.honored("servers", in: agent)?.field else { return }
    let servers = StartedCommand.servers(in: field.value)
    set(.other, .stated)
    let names = Bounds.cut(servers.map(\.name).joined(separator: ", "), to: 200)
    reasons.append("\(field.key): has the tools of MCP servers (\(names)).")
    for case (let name, let command?) in servers {
      reasons.append("\(field.key): starts \(name) with \(Bounds.cut(command.text, to: 200))")
    }
  }

  private mutating func inheritAll(_ reason: String) {
    for ability in Reach.Ability.allCases where ability != .other { set(ability, .inherited) }
    reasons.append(reason)
  }

  /// Removes an inherited ability if every tool that gives it is denied.
  private mutating func removeDenied(_ denied: Set<String>) {
    guard !denied.isEmpty else { return }
    if denied.contains("*") { grants = grants.map { _ in .none } }
    for ability in Reach.Ability.allCases where ability != .other {
      let givers = runtime.names(giving: ability)
      if !givers.isEmpty, givers.isSubset(of: denied) { set(ability, .none) }
    }
    reasons.append("Denied: " + agent.tools.denied.map(\.text).joined(separator: ", ") + ".")
  }

  /// Applies fields that add or remove abilities independently of the tools.
  private mutating func resolveFields(where applies: (ReachRule) -> Bool) {
    for fact in runtime.reachFields {
      guard let rule = fact.reach, applies(rule), runtime.heeds(fact.key, ofPlugin: agent.isOfPlugin),
        let value = agent.value(fact.key), fact.schema.problems(with: value).isEmpty,
        rule.values.isEmpty || rule.values.contains(value.scalar ?? "")
      else { continue }
      for ability in rule.removes { set(ability, .none) }
      for ability in rule.adds where self[ability] == .none { set(ability, .stated) }
      reasons.append("\(fact.key): \(rule.why.replacing("{value}", with: value.line)).")
    }
  }

  private mutating func resolvePermissions() {
    guard let mode = agent.permissionMode else {
      guard let stated = agent.value("permissionMode").map({ Bounds.word($0.line.trimmed) }) else { return }
      reasons.append(
        runtime.reads("permissionMode")
          ? "permissionMode: \(stated) is ignored in plugin agents."
          : "permissionMode: \(stated) is ignored; \(agent.dialect.title) has no such field.")
      return
    }
    if mode == "bypassPermissions" {
      bypasses = true
      reasons.append("permissionMode: bypassPermissions: it never asks for permission.")
    } else {
      reasons.append("permissionMode: \(mode).")
    }
  }

  private subscript(ability: Reach.Ability) -> Reach.Grant { grants[ability.rawValue] }
  private mutating func set(_ ability: Reach.Ability, _ grant: Reach.Grant) { grants[ability.rawValue] = grant }
}
