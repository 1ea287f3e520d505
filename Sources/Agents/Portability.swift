/// The result of porting an agent to another runtime: what stays, what must be rewritten, what is lost, and how the
/// agent's abilities change.
public struct Portability: Sendable, Hashable {
  /// The other runtime.
  public let dialect: Dialect
  /// The fields that stay unchanged.
  public private(set) var kept: [String] = []
  /// What must be rewritten, in short notes: `maxTurns is max_turns`, `tools: [read_file]`.
  public private(set) var rewritten: [String] = []
  /// The fields and tools without an equivalent, with the consequences.
  public private(set) var lost: [String] = []
  /// The fields of the ported file: unchanged and rewritten ones.
  private(set) var fields: [FieldValue.Entry] = []
  /// The problems that would prevent the unchanged file from loading.
  public private(set) var obstacles: [String] = []
  /// The abilities that the agent gains.
  public private(set) var gains: [Reach.Ability] = []
  /// The abilities that the agent loses.
  public private(set) var losses: [Reach.Ability] = []

  /// Returns the smallest prompt limit of the portable runtimes, in tokens. Shorter prompts fit all of them.
  public static func smallestLimit(of runtimes: Runtimes) -> Int {
    runtimes.portable.compactMap(\.facts.longestPrompt).min().map { $0 / 4 } ?? .max
  }

  /// Computes how an agent ports to another runtime.
  ///
  /// - Parameters:
  ///   - agent: The agent.
  ///   - reach: Its reach in its own runtime.
  ///   - dialect: The other runtime.
  ///   - runtimes: The facts about both.
  public init(of agent: Agent, reach: Reach, to dialect: Dialect, by runtimes: Runtimes) {
    self.dialect = dialect
    let (own, other) = (runtimes[agent], runtimes[dialect, .agent])
    var seen: [String] = []
    var unwanted: [String] = []
    for field in agent.fields.prefix(FindingList.judged) where !field.value.isEmpty && !seen.contains(field.key) {
      seen.append(field.key)
      switch field.key {
      case "tools", "disallowedTools", "permission", "allowed-tools": break
      case let key where own.statesTools(in: key): break
      case "name" where !other.reads("name"): rewritten.append("the agent is named after the file")
      case "model": carry(model: field.value, other)
      default: if !carry(field, own, other) { unwanted.append(field.key) }
      }
    }
    if !unwanted.isEmpty { rewritten.append("without \(unwanted.joined(separator: ", "))") }
    let before = Abilities(reach.abilities)
    let after = own.canLimit ? carryTools(of: agent, before, own, other) : before
    meet(agent, other)
    if after != before {
      gains = Reach.Ability.allCases.filter { after.contains($0) && !before.contains($0) }
      losses = Reach.Ability.allCases.filter { !after.contains($0) && before.contains($0) }
    }
  }

  /// Ports a field. Returns false if it must be removed because the other runtime would reject the file.
  private mutating func carry(_ field: Field, _ own: Runtime, _ other: Runtime) -> Bool {
    let key = field.key
    if other.facts.fields.contains(where: { $0.key == key }) {
      if keep(field.value, as: key, other) { kept.append(key) }
    } else if let meaning = own.field(key)?.meaning, let same = other.field(meaning: meaning) {
      if keep(field.value, as: same, other) { rewritten.append("\(key) is \(same)") }
    } else {
      let isWanted = other.facts.unknownField.outcome <= .partial
      if let consequence = own.field(key)?.consequence {
        lost.append("\(key): \(consequence)")
      } else if own.reads(key), isWanted {
        lost.append(key)
      }
      if isWanted { fields.append(.init(key: key, value: field.value)) }
      return isWanted
    }
    return true
  }

  /// Adds a value under a key of the other runtime. If it is not accepted, records the loss and returns false.
  private mutating func keep(_ value: FieldValue, as key: String, _ other: Runtime) -> Bool {
    var value = value
    // A name and a description are text, even if YAML reads them as another type.
    if ["name", "description"].contains(key), let text = value.scalar { value = .text(text) }
    if let fact = other.field(key), fact.wrong.outcome != .loads,
      let problem = fact.schema.problems(with: value).first
    {
      lost.append("\(([key] + problem.path).joined(separator: ".")) \(problem.message)")
      return false
    }
    fields.append(.init(key: key, value: value))
    return true
  }

  private mutating func carry(model value: FieldValue, _ other: Runtime) {
    guard other.reads("model") else { return lost.append("model") }
    let model = value.line.trimmed
    let isText = other.field("model")?.schema.problems(with: value).isEmpty ?? true
    if let rule = other.facts.models, isText, rule.takes(model) {
      fields.append(.init(key: "model", value: value))
      return kept.append("model")
    }
    if model == "inherit" { return rewritten.append("without model") }
    let names = other.facts.models?.names.filter { $0 != "inherit" }.prefix(3).joined(separator: ", ") ?? ""
    rewritten.append(
      "model: replace \(Bounds.cut(model, to: 60)) with one of its models\(names.isEmpty ? "" : ", such as \(names)")")
  }

  /// Ports the tools. Returns the agent's abilities with the ported tools.
  private mutating func carryTools(
    of agent: Agent, _ before: Abilities, _ own: Runtime, _ other: Runtime
  ) -> Abilities {
    let statesTools = agent.tools.statement == .listed
    if other.facts.toolShape == .none {
      let limits = statesTools || !agent.tools.denied.isEmpty
      if limits { lost.append("tools: every tool is available, whatever the file says") }
      // A field of the other runtime can keep such an agent from changing anything.
      let lacks: Set<Reach.Ability> = Set([.edit, .run].filter { !before.contains($0) })
      for fact in other.limits where limits && !lacks.isEmpty {
        guard let rule = fact.reach, Set(rule.removes).isSubset(of: lacks) else { continue }
        rewritten.append("\(fact.key): \(rule.values.first ?? "true") keeps it from writing")
        fields.removeAll { $0.key == fact.key }
        fields.append(.init(key: fact.key, value: StrictYAML.plain(rule.values.first ?? "true")))
      }
      return before.contains(.other) ? .everything.adding([.other]) : .everything
    }
    guard statesTools else {
      if agent.tools.denied.isEmpty { return before }
      guard other.facts.toolShape == .map else {
        lost.append("denied tools: it can use every tool")
        return before.adding(.everything)
      }
      rewritten.append("denied tools: a map of tools, each false")
      let names = agent.tools.denied.compactMap { carried($0, own, other)?.name }
      writeTools(.map(names.map { .init(key: $0, value: .bool(false)) }), other)
      return before
    }
    return carryListed(agent, own, other)
  }

  private mutating func carryListed(_ agent: Agent, _ own: Runtime, _ other: Runtime) -> Abilities {
    var abilities = Abilities([])
    var names: [String] = []
    var isSame = true
    let denied = Set(agent.tools.denied.map { own.canonical($0.name) })
    for tool in agent.tools.allowed.prefix(FindingList.judged) where !denied.contains(own.canonical(tool.name)) {
      guard let like = carried(tool, own, other) else {
        isSame = false
        lost.append(Bounds.cut(tool.name, to: 60))
        continue
      }
      abilities = abilities.adding(like.abilities)
      if !names.contains(like.name) { names.append(like.name) }
      if !like.isSame { isSame = false }
      if like.isSame, tool.specifier != nil, !like.abilities.contains(.other) {
        lost.append("the pattern in brackets: \(Bounds.cut(tool.text, to: 60))")
      }
    }
    let shape = agent.fields.first { $0.key == own.toolsKey }?.value
    switch (other.facts.toolShape, shape) {
    case (.map, .map), (.list, .list), (.text, _):
      if isSame { kept.append("tools") } else { rewritten.append("tools: [\(names.joined(separator: ", "))]") }
    case (.map, _):
      rewritten.append("tools: {\"*\": false\(names.map { ", \($0): true" }.joined())}")
    default: rewritten.append("tools: [\(names.joined(separator: ", "))]")
    }
    if other.facts.toolShape == .map {
      writeTools(.map([.init(key: "*", value: .bool(false))] + names.map { .init(key: $0, value: .bool(true)) }), other)
    } else {
      writeTools(.list(names.map { .text($0) }), other)
    }
    return abilities
  }

  private mutating func writeTools(_ value: FieldValue, _ other: Runtime) {
    fields.append(.init(key: other.toolsKey, value: value))
  }

  /// Returns the equivalent tool of the other runtime; nil if there is none.
  private func carried(
    _ tool: ToolSet.Tool, _ own: Runtime, _ other: Runtime
  ) -> (name: String, abilities: Abilities, isSame: Bool)? {
    if let same = other.tool(tool.name) { return (same.name, Abilities(same.abilities), true) }
    if own.tool(tool.name) == nil, Runtimes.isFromServer(tool.name) {
      if let name = ([tool.name] + Self.serverNames(of: tool.name)).first(where: other.isServerTool) {
        return (name, [.other], name == tool.name)
      }
      return other.facts.unknownTool.outcome <= .partial ? (tool.name, [.other], true) : nil
    }
    let meanings = own.tool(tool.name)?.meanings ?? []
    return meanings.lazy.compactMap { other.tool(meaning: $0) }.first.map { ($0.name, Abilities($0.abilities), false) }
  }

  /// Returns the notations of an MCP tool: `mcp__server__tool`, `server_tool`, `mcp_server_tool`, `server/tool`.
  private static func serverNames(of name: String) -> [String] {
    let parts =
      name.hasPrefix("mcp__")
      ? name.dropFirst(5).split(separator: "__", maxSplits: 1).map(String.init)
      : name.split(separator: "/", maxSplits: 1).map(String.init)
    guard let server = parts.first else { return [] }
    let tool = parts.count > 1 ? parts[1] : "*"
    let whole = tool == "*" ? "mcp__\(server)" : "mcp__\(server)__\(tool)"
    return [whole, "\(server)_\(tool)", "mcp_\(server)_\(tool)", "\(server)/\(tool)"]
  }

  /// Collects the problems that would prevent the file from loading, apart from field names.
  private mutating func meet(_ agent: Agent, _ other: Runtime) {
    if other.field("name")?.missing != nil, !agent.statesName { obstacles.append("it has no name") }
    if let fact = other.field("description"), fact.missing != nil {
      if agent.description.text.isEmpty {
        obstacles.append("it has no description")
      } else if let value = agent.value("description"), value.scalar == nil,
        fact.wrong.outcome >= .unusable || fact.missing.map({ $0.outcome > .partial }) ?? false
      {
        obstacles.append("the description is not text")
      }
    }
    if agent.promptMeasure.words == 0, other.effect(of: .emptyPrompt).outcome > .partial {
      obstacles.append("it has no prompt")
    }
    let tools = fields.first { $0.key == other.toolsKey }?.value
    if case .list(let names) = tools, !names.isEmpty, other.facts.noToolResolves.outcome > .partial,
      !names.contains(where: { $0.scalar.map { other.tool($0) != nil || other.isServerTool($0) } ?? false })
    {
      obstacles.append("\(other.dialect.title) has none of its tools")
    }
    if let field = other.field("name"), field.wrong.outcome >= .unusable,
      let problem = field.schema.problems(with: .text(agent.name)).first
    {
      obstacles.append("the name “\(Bounds.cut(agent.name, to: 60))” \(problem.message)")
    }
    if let longest = other.facts.longestPrompt, agent.promptMeasure.tokens > longest / 4 {
      obstacles.append(
        "the prompt has about \(agent.promptMeasure.tokens * 4) characters; the limit is \(longest)")
    }
    if agent.loading.reasons.contains(where: { $0.outcome >= .ignored }) {
      obstacles.append("the problems that keep \(agent.dialect.title) from loading it")
    }
  }

  /// A set of abilities as bits, because sets are made for every agent and hashing is slow.
  private struct Abilities: Equatable, ExpressibleByArrayLiteral {
    private let bits: Int

    init(_ abilities: [Reach.Ability]) { bits = abilities.reduce(0) { $0 | 1 << $1.rawValue } }
    init(arrayLiteral abilities: Reach.Ability...) { self.init(abilities) }
    private init(bits: Int) { self.bits = bits }

    static let everything: Abilities = [.read, .edit, .run, .web, .delegate]

    func contains(_ ability: Reach.Ability) -> Bool { bits & 1 << ability.rawValue != 0 }
    func adding(_ other: Abilities) -> Abilities { Abilities(bits: bits | other.bits) }
  }
}
