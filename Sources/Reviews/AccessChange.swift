import Agents
import Grants
import Text

/// The access that a change adds to an agent and takes away from it.
public struct AccessChange: Sendable, Hashable {
  /// Additional access of an agent.
  public struct Gain: Sendable, Hashable {
    /// The description.
    public let sentence: Sentence
    /// The danger, if known.
    public let danger: Danger

    init(_ sentence: Sentence, _ danger: Danger = .none) {
      self.sentence = sentence
      self.danger = danger
    }
  }

  /// The access gained, most serious first.
  public private(set) var gains: [Gain] = []
  /// The access lost, as sentences.
  public private(set) var losses: [Sentence] = []

  /// Whether access is unchanged.
  public var isEmpty: Bool { gains.isEmpty && losses.isEmpty }

  /// An agent in one state, with its reach.
  public struct Side {
    let agent: Agent
    let reach: Reach
    let runtime: Runtime
  }

  /// Creates an empty change.
  init() {}

  /// Creates the change for a new agent: everything it can do beyond reading.
  init(of new: Side) {
    let abilities = Self.gravest.filter { $0 != .read && new.reach[$0] != .none }
    if new.reach.bypassesPermissions { gains.append(Gain("It never asks for permission.", .promptsOff)) }
    if new.reach.isInherited {
      gains.append(Gain("It inherits all session tools: it can \(Self.list(abilities, "and"))."))
    } else if !abilities.isEmpty {
      gains.append(Gain("It can \(Self.list(abilities, "and"))."))
    }
    for field in GrantingField.all where new.agent.value(field.key) != nil {
      guard let power = field.power else { continue }
      let key = field.key
      gains.append(Gain("\(quoted: key) is set: it can \(words: power)."))
    }
    for file in new.agent.bundle?.files ?? [] where !file.calls.isEmpty {
      let calls = file.calls.map { call -> Sentence in
        call.effect == .remoteCode
          ? "runs code from the network: \(quoted: call.name) (line \(words: String(call.line)))"
          : "calls \(words: call.name) (line \(words: String(call.line)), \(words: call.effect.word))"
      }
      let isRemote = file.calls.contains { $0.effect == .remoteCode }
      gains.append(
        Gain("\(words: file.path.description) \(Sentence.list(calls)).", isRemote ? .networkToShell : .none))
    }
  }

  /// Returns the change with the access changes of a skill's scripts added.
  func adding(_ files: [BundleFileChange]) -> AccessChange {
    var result = self
    result.gains += files.flatMap(\.gains)
    result.losses += files.flatMap(\.losses)
    return result
  }

  /// Compares the access of an agent in two states.
  init(_ old: Side, _ new: Side) {
    compareModes(old, new)
    compareStatements(old, new)
    compareTools(old, new)
    comparePowers(old, new)
    compareStarts(old, new)
    compareAbilities(old, new)
  }

  // MARK: Modes

  /// The permissiveness of each mode: higher numbers allow more. As documented by Claude Code
  /// (https://code.claude.com/docs/en/permission-modes, read on 25 November 2026).
  private static let modes = [
    "plan": 0, "dontAsk": 0, "default": 1, "manual": 1, "acceptEdits": 2, "auto": 3, "bypassPermissions": 4,
  ]

  private mutating func compareModes(_ old: Side, _ new: Side) {
    if new.reach.bypassesPermissions, !old.reach.bypassesPermissions {
      gains.append(Gain("It no longer asks for permission.", .promptsOff))
    } else if old.reach.bypassesPermissions, !new.reach.bypassesPermissions {
      losses.append("It asks for permission again.")
    }
    let (before, after) = (old.agent.permissionMode, new.agent.permissionMode)
    guard before != after, !(before == "bypassPermissions" || after == "bypassPermissions") else { return }
    let (first, second) = (Self.modes[before ?? "default"] ?? 1, Self.modes[after ?? "default"] ?? 1)
    let names = [before, after].map { $0.map(Self.quoted) ?? "the default" }
    let sentence: Sentence = "The permission mode changed from \(names[0]) to \(names[1])."
    if second > first { gains.append(Gain(sentence)) } else if second < first { losses.append(sentence) }
  }

  // MARK: Tools

  private static func quoted(_ text: String) -> Sentence { "\(quoted: text)" }

  /// Compares whether the tools are limited at all.
  private mutating func compareStatements(_ old: Side, _ new: Side) {
    let isOpen = new.agent.tools.statement != .listed
    let wasOpen = old.agent.tools.statement != .listed
    guard isOpen != wasOpen, old.reach.isInherited != new.reach.isInherited else { return }
    if wasOpen {
      losses.append(
        new.agent.tools.allowed.isEmpty
          ? "It inherited all session tools, and now has none."
          : "It inherited all session tools, and now has only the tools that it lists.")
      return
    }
    let named = Self.list(old.agent.tools.allowed.prefix(8).map { Self.quoted($0.text) }, "and")
    let had: Sentence = "before, it had \(old.agent.tools.allowed.isEmpty ? "none" : named)"
    if new.agent.tools.statement == .all {
      gains.append(Gain("It now has all tools; \(had)."))
    } else if let key = misspelt(old, new) {
      let title = new.agent.dialect.title
      gains.append(
        Gain(
          """
          \(quoted: "tools") was replaced by \(quoted: key), which \(words: title) does not know: it now inherits all \
          session tools; \(had).
          """))
    } else {
      gains.append(Gain("\(quoted: "tools") was removed: it now inherits all session tools; \(had)."))
    }
  }

  /// Returns a new unknown field that is a likely misspelling of `tools`.
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
      // If the runtime changed, one spelling can have different canonical names.
      let (had, has) = (Set(old.agent.tools.allowed.map(\.name)), Set(new.agent.tools.allowed.map(\.name)))
      for tool in new.agent.tools.allowed
      where before[new.runtime.canonical(tool.name)] == nil && !had.contains(tool.name)
        && !Self.onlyReads(tool, old, new) && !had.contains(where: { Self.isSet($0, with: tool.name) })
      {
        gains.append(Gain("\(quoted: tool.text) was added: \(words: Self.meaning(of: tool, new, "now"))."))
      }
      for tool in old.agent.tools.allowed
      where after[old.runtime.canonical(tool.name)] == nil && !has.contains(tool.name)
        && !has.contains(where: { Self.isSet($0, with: tool.name) })
      {
        let members = new.agent.tools.allowed.filter { Self.isSet(tool.name, with: $0.name) }
        if !members.isEmpty {
          losses.append(
            "\(quoted: tool.text) was limited to \(Self.list(members.map { Self.quoted($0.text) }, "and")).")
          continue
        }
        losses.append("\(quoted: tool.text) was removed: \(words: Self.meaning(of: tool, old, "no longer")).")
      }
    }
    for (name, tools) in after.sorted(by: { $0.key < $1.key }) {
      if let past = before[name] { compareSpecifiers(past, tools) }
    }
    let denied = (Set(old.agent.tools.denied.map(\.text)), Set(new.agent.tools.denied.map(\.text)))
    for tool in old.agent.tools.denied where !denied.1.contains(tool.text) {
      gains.append(Gain("\(quoted: tool.text) is no longer denied."))
    }
    for tool in new.agent.tools.denied where !denied.0.contains(tool.text) {
      losses.append("\(quoted: tool.text) is now denied.")
    }
  }

  /// Returns whether one name means a set of tools, and the other is a tool in it: `read` and `read/readFile`
  /// (https://code.visualstudio.com/docs/copilot/reference/copilot-vscode-features), `github/*` and `github/issues`.
  private static func isSet(_ set: String, with name: String) -> Bool {
    let base = set.hasSuffix("/*") ? String(set.dropLast(2)) : set
    return set != name && !base.isEmpty && name.hasPrefix(base + "/")
  }

  /// Compares the specifiers of one tool, which follow its name in parentheses. A tool without a specifier is
  /// unlimited.
  private mutating func compareSpecifiers(_ old: [ToolSet.Tool], _ new: [ToolSet.Tool]) {
    let (before, after) = (Set(old.map(\.text)), Set(new.map(\.text)))
    if before == after { return }
    // A specifier of `*` is no limit.
    let wasOpen = old.contains { $0.specifier == nil || $0.specifier == "*" }
    let isOpen = new.contains { $0.specifier == nil || $0.specifier == "*" }
    let (first, second) = (
      Self.list(old.map { Self.quoted($0.text) }, "and"), Self.list(new.map { Self.quoted($0.text) }, "and")
    )
    if wasOpen, isOpen { return }
    if isOpen {
      gains.append(Gain("\(first) was widened to \(second), which has no limits."))
    } else if wasOpen {
      losses.append("\(first) was limited to \(second).")
    } else {
      for tool in new where !before.contains(tool.text) { gains.append(Gain("\(quoted: tool.text) was added.")) }
      for tool in old where !after.contains(tool.text) { losses.append("\(quoted: tool.text) was removed.") }
    }
  }

  /// Returns whether a tool adds only reading, and the agent could already read.
  private static func onlyReads(_ tool: ToolSet.Tool, _ old: Side, _ new: Side) -> Bool {
    guard let known = new.runtime.tool(new.runtime.canonical(tool.name)) else { return false }
    return old.reach[.read] != .none && known.abilities.allSatisfy { $0 == .read }
  }

  /// Returns the meaning of an added or removed tool.
  ///
  /// - Parameter when: "now" or "no longer".
  private static func meaning(of tool: ToolSet.Tool, _ side: Side, _ when: String) -> String {
    if let known = side.runtime.tool(side.runtime.canonical(tool.name)) {
      return known.isWithheld ? "subagents never get this tool" : "it can \(when) \(known.allows)"
    }
    return tool.name.hasPrefix("mcp__")
      ? "it can \(when) use this tool of an MCP server" : "the effect of this tool is unknown"
  }

  // MARK: Other powers

  private mutating func comparePowers(_ old: Side, _ new: Side) {
    for field in GrantingField.all {
      guard let power = field.power else { continue }
      let key = field.key
      switch (old.agent.value(key), new.agent.value(key)) {
      case (nil, _?): gains.append(Gain("\(quoted: key) was added: it can now \(words: power)."))
      case (_?, nil): losses.append("\(quoted: key) was removed: it can no longer \(words: power).")
      case (let before?, let after?) where !new.runtime.isSame(key, before, after):
        gains.append(Gain("\(quoted: key) changed: it can still \(words: power), but in other ways than before."))
      default: break
      }
    }
  }

  /// Compares whether the model may start the item by itself.
  private mutating func compareStarts(_ old: Side, _ new: Side) {
    let key = "disable-model-invocation"
    guard old.runtime.reads(key), new.runtime.reads(key) else { return }
    func isBarred(_ side: Side) -> Bool {
      ["true", "yes", "on", "1"].contains(side.agent.value(key)?.scalar?.lowercased() ?? "")
    }
    switch (isBarred(old), isBarred(new)) {
    case (true, false): gains.append(Gain("The model can now start it without being asked."))
    case (false, true): losses.append("The model can no longer start it without being asked.")
    default: break
    }
  }

  /// Compares the abilities. If no tool explains a difference, the file is read by another runtime or in another way.
  private mutating func compareAbilities(_ old: Side, _ new: Side) {
    let gained = Self.gravest.filter { old.reach[$0] == .none && new.reach[$0] != .none && !Self.isTold($0, old, new) }
    let lost = Self.gravest.filter { old.reach[$0] != .none && new.reach[$0] == .none && !Self.isTold($0, new, old) }
    if !gained.isEmpty {
      let cause: Sentence = gains.isEmpty ? ", because \(words: Self.cause(old, new))" : ""
      gains.append(Gain("It can now \(Self.list(gained, "and"))\(cause)."))
    }
    if !lost.isEmpty { losses.append("It can no longer \(Self.list(lost, "or")).") }
  }

  /// Returns whether an ability comes from a field that is reported separately: hooks or MCP servers.
  private static func isTold(_ ability: Reach.Ability, _ without: Side, _ with: Side) -> Bool {
    switch ability {
    case .run: without.reach.automaticCommands.isEmpty && !with.reach.automaticCommands.isEmpty
    case .other:
      ["mcpServers", "mcp-servers"].contains { without.agent.value($0) == nil && with.agent.value($0) != nil }
    default: false
    }
  }

  private static func cause(_ old: Side, _ new: Side) -> String {
    old.agent.dialect == new.agent.dialect
      ? "its file is read differently" : "\(new.agent.dialect.title) reads its file now"
  }

  /// The abilities, most serious first.
  private static let gravest: [Reach.Ability] = [.run, .edit, .delegate, .web, .other, .read]

  private static func list(_ abilities: [Reach.Ability], _ word: String) -> Sentence {
    list(
      abilities.map { ability -> Sentence in
        switch ability {
        case .read: "read files"
        case .edit: "edit files"
        case .run: "run commands"
        case .web: "use the web"
        case .delegate: "start other agents"
        case .other: "use unrecognized tools"
        }
      }, word)
  }

  private static func list(_ items: [Sentence], _ word: String) -> Sentence { .list(items, before: word) }
}
