import Agents
import Files

/// What a change does to that which an agent may do.
public struct AccessChange: Sendable, Hashable {
  /// What it may do now that it could not, in sentences; the gravest first.
  public private(set) var gains: [String] = []
  /// What it may no longer do, in sentences.
  public private(set) var losses: [String] = []

  /// Whether nothing has changed.
  public var isEmpty: Bool { gains.isEmpty && losses.isEmpty }

  /// An agent in one state, with what its tools let it do.
  public struct Side {
    let agent: Agent
    let reach: Reach
    let runtime: Runtime
  }

  /// Nothing.
  init() {}

  /// What comes with an agent that was not there: everything that it may do beyond reading.
  init(of new: Side) {
    let abilities = Self.gravest.filter { $0 != .read && new.reach[$0] != .none }
    if new.reach.bypassesPermissions { gains.append("It is never asked for permission.") }
    if new.reach.isInherited {
      gains.append("It inherits the tools of the session: it may \(Self.list(abilities, "and")).")
    } else if !abilities.isEmpty {
      gains.append("It may \(Self.list(abilities, "and")).")
    }
    for key in Self.powers.keys.sorted() where new.agent.value(key) != nil {
      gains.append("\(Self.quoted(key)): \(Self.powers[key] ?? "").")
    }
  }

  /// What a change makes of it.
  init(_ old: Side, _ new: Side) {
    compareModes(old, new)
    compareStatements(old, new)
    compareTools(old, new)
    comparePowers(old, new)
    compareAbilities(old, new)
  }

  // MARK: Modes

  /// How little a mode asks, as Claude Code documents them (https://code.claude.com/docs/en/permission-modes, looked at on 25 November 2026).
  private static let modes = [
    "plan": 0, "dontAsk": 0, "default": 1, "manual": 1, "acceptEdits": 2, "auto": 3, "bypassPermissions": 4,
  ]

  private mutating func compareModes(_ old: Side, _ new: Side) {
    if new.reach.bypassesPermissions, !old.reach.bypassesPermissions {
      gains.append("Nobody is asked for permission any more.")
    } else if old.reach.bypassesPermissions, !new.reach.bypassesPermissions {
      losses.append("It is asked for permission again.")
    }
    let (before, after) = (old.agent.permissionMode, new.agent.permissionMode)
    guard before != after, !(before == "bypassPermissions" || after == "bypassPermissions") else { return }
    let (first, second) = (Self.modes[before ?? "default"] ?? 1, Self.modes[after ?? "default"] ?? 1)
    let sentence =
      "The permission mode was \(before.map(Self.quoted) ?? "not stated"), and is \(after.map(Self.quoted) ?? "not stated any more")."
    if second > first { gains.append(sentence) } else if second < first { losses.append(sentence) }
  }

  // MARK: Tools

  private static func quoted(_ text: String) -> String { "“\(text)”" }

  /// Whether the tools are limited at all.
  private mutating func compareStatements(_ old: Side, _ new: Side) {
    let isOpen = new.agent.tools.statement != .listed
    let wasOpen = old.agent.tools.statement != .listed
    guard isOpen != wasOpen, old.reach.isInherited != new.reach.isInherited else { return }
    if wasOpen {
      losses.append(
        new.agent.tools.allowed.isEmpty
          ? "It inherited every tool of the session, and has none now."
          : "It inherited every tool of the session, and has those only that it names.")
      return
    }
    let named = Self.list(old.agent.tools.allowed.prefix(8).map { Self.quoted($0.text) }, "and")
    let had = old.agent.tools.allowed.isEmpty ? "it had none" : "it had \(named)"
    if new.agent.tools.statement == .all {
      gains.append("It asks for all tools; \(had).")
    } else if let key = misspelt(old, new) {
      gains.append(
        "\(Self.quoted(key)) stands where “tools” stood, and \(new.agent.dialect.title) has no such field: it inherits every tool of the session; \(had)."
      )
    } else {
      gains.append("“tools” is gone, so it inherits every tool of the session; \(had).")
    }
  }

  /// A field that has come in place of `tools`, and is spelled almost so.
  private func misspelt(_ old: Side, _ new: Side) -> String? {
    let known = Set(old.agent.fields.map(\.key))
    return new.agent.fields.map(\.key).first { key in
      !known.contains(key) && !new.runtime.reads(key)
        && (key.lowercased().contains("tool")
          || Spelling.suggestion(for: key, among: ["tools", "allowed-tools"]) != nil)
    }
  }

  private mutating func compareTools(_ old: Side, _ new: Side) {
    func allowed(_ side: Side) -> [String: [ToolSet.Tool]] {
      Dictionary(grouping: side.agent.tools.allowed) { side.runtime.canonical($0.name) }
    }
    let (before, after) = (allowed(old), allowed(new))
    if new.agent.tools.statement == .listed, old.agent.tools.statement == .listed {
      // Another runtime may call otherwise what is written alike.
      let (had, has) = (Set(old.agent.tools.allowed.map(\.name)), Set(new.agent.tools.allowed.map(\.name)))
      for tool in new.agent.tools.allowed
      where before[new.runtime.canonical(tool.name)] == nil && !had.contains(tool.name)
        && !Self.onlyReads(tool, old, new)
      {
        gains.append("\(Self.quoted(tool.text)) was added: \(Self.meaning(of: tool, new)).")
      }
      for tool in old.agent.tools.allowed
      where after[old.runtime.canonical(tool.name)] == nil && !has.contains(tool.name) {
        losses.append("\(Self.quoted(tool.text)) was taken away: \(Self.meaning(of: tool, old)).")
      }
    }
    for (name, tools) in after.sorted(by: { $0.key < $1.key }) {
      if let past = before[name] { compareSpecifiers(past, tools) }
    }
    let denied = (Set(old.agent.tools.denied.map(\.text)), Set(new.agent.tools.denied.map(\.text)))
    for tool in old.agent.tools.denied where !denied.1.contains(tool.text) {
      gains.append("\(Self.quoted(tool.text)) is not denied any more.")
    }
    for tool in new.agent.tools.denied where !denied.0.contains(tool.text) {
      losses.append("\(Self.quoted(tool.text)) is denied now.")
    }
  }

  /// What stands in brackets behind one tool: without any, it is not limited.
  private mutating func compareSpecifiers(_ old: [ToolSet.Tool], _ new: [ToolSet.Tool]) {
    let (before, after) = (Set(old.map(\.text)), Set(new.map(\.text)))
    if before == after { return }
    let wasOpen = old.contains { $0.specifier == nil }
    let isOpen = new.contains { $0.specifier == nil }
    let (first, second) = (
      Self.list(old.map { Self.quoted($0.text) }, "and"), Self.list(new.map { Self.quoted($0.text) }, "and")
    )
    if wasOpen, isOpen { return }
    if isOpen {
      gains.append("\(first) became \(second), without a limit.")
    } else if wasOpen {
      losses.append("\(first) became \(second).")
    } else {
      for tool in new where !before.contains(tool.text) { gains.append("\(Self.quoted(tool.text)) was added.") }
      for tool in old where !after.contains(tool.text) { losses.append("\(Self.quoted(tool.text)) was taken away.") }
    }
  }

  /// Whether a tool lets an agent read, and nothing else, that could read before.
  private static func onlyReads(_ tool: ToolSet.Tool, _ old: Side, _ new: Side) -> Bool {
    guard let known = new.runtime.tool(new.runtime.canonical(tool.name)) else { return false }
    return old.reach[.read] != .none && known.abilities.allSatisfy { $0 == .read }
  }

  private static func meaning(of tool: ToolSet.Tool, _ side: Side) -> String {
    if let known = side.runtime.tool(side.runtime.canonical(tool.name)) {
      return known.isWithheld ? "a tool that subagents never get" : "it may \(known.allows)"
    }
    return tool.name.hasPrefix("mcp__") ? "a tool of an MCP server" : "a tool whose effect is not known here"
  }

  // MARK: Other powers

  /// Fields that let an agent do more than its tools say.
  private static let powers = [
    "hooks": "commands that run by themselves",
    "mcpServers": "servers whose tools it gets",
    "memory": "it keeps notes of its own, and gets the tools to read and write them",
    "skills": "skills whose instructions it takes along",
    "mcp-servers": "servers whose tools it gets",
  ]

  private mutating func comparePowers(_ old: Side, _ new: Side) {
    for key in Self.powers.keys.sorted() {
      let what = Self.powers[key] ?? ""
      switch (old.agent.value(key), new.agent.value(key)) {
      case (nil, _?): gains.append("\(Self.quoted(key)) was added: \(what).")
      case (_?, nil): losses.append("\(Self.quoted(key)) was taken away: \(what).")
      case (let before?, let after?) where before != after: gains.append("\(Self.quoted(key)) was changed: \(what).")
      default: break
      }
    }
  }

  /// What is left where no tool explains it: another runtime, a file in another place.
  private mutating func compareAbilities(_ old: Side, _ new: Side) {
    let gained = Self.gravest.filter { old.reach[$0] == .none && new.reach[$0] != .none }
    let lost = Self.gravest.filter { old.reach[$0] != .none && new.reach[$0] == .none }
    if !gained.isEmpty {
      let sentence = "So it may now \(Self.list(gained, "and"))."
      gains.append(gains.isEmpty ? "It may now \(Self.list(gained, "and")), for \(Self.cause(old, new))." : sentence)
    }
    if !lost.isEmpty { losses.append("It may no longer \(Self.list(lost, "or")).") }
  }

  private static func cause(_ old: Side, _ new: Side) -> String {
    old.agent.dialect == new.agent.dialect
      ? "what its file says is read otherwise" : "it is read as one of \(new.agent.dialect.title)"
  }

  /// The abilities, the gravest first.
  private static let gravest: [Reach.Ability] = [.run, .edit, .delegate, .web, .other, .read]

  private static func list(_ abilities: [Reach.Ability], _ word: String) -> String {
    list(
      abilities.map { ability in
        switch ability {
        case .read: "read files"
        case .edit: "edit files"
        case .run: "run commands"
        case .web: "use the web"
        case .delegate: "start other agents"
        case .other: "use tools whose effect is not known"
        }
      }, word)
  }

  private static func list(_ words: [String], _ word: String) -> String { words.joined(before: word) }
}
