import Files

/// An agent with the data that its checks need.
struct AgentContext {
  let agent: Agent
  let runtime: Runtime
  /// The prompt, as bytes of the text.
  let prompt: ArraySlice<UInt8>
  /// Whether its frontmatter could be read.
  let hasFields: Bool
  /// The fields whose value YAML reads as a comment. They have their own finding.
  let commentFields: Set<String>

  /// The title of the runtime.
  var title: String { agent.dialect.title }

  /// The fields that the runtime reads in this file.
  var fieldSet: [FieldFact] { runtime.fieldSet(for: agent.fields) }

  /// Returns the runtime's behavior as the end of a message.
  func consequence(_ effect: Effect) -> String { effect.consequence(in: runtime) }

  /// Whether the file changes an agent that the runtime brings. In OpenCode, which needs no prompt, such a file replaces
  /// only the fields that it contains (packages/opencode/src/config/config.ts of anomalyco/opencode at 002d9822).
  var changesBuiltIn: Bool {
    runtime.brings(agent: agent.name) && runtime.effect(of: .emptyPrompt).outcome == .loads
  }

  /// The noun for the item in the file.
  var noun: String { agent.kind.noun }

  /// Returns the runtime's behavior as a predicate after its name.
  func predicate(_ effect: Effect) -> String { effect.outcome.predicate(of: noun) }

  /// Returns the index of a field.
  func index(of key: String) -> Int? { agent.fields.firstIndex { $0.key == key } }

  /// Returns the index of a field if it has a value.
  func indexOfValue(_ key: String) -> Int? { agent.fields.firstIndex { $0.key == key && !$0.value.isEmpty } }

  /// Returns the facts about a field if the file needs it.
  func neededField(_ key: String) -> FieldFact? {
    fieldSet.first { $0.key == key && !isNeedless($0) }
  }

  /// Returns whether the file does not need a field that others need.
  func isNeedless(_ key: String) -> Bool {
    fieldSet.contains { $0.key == key && isNeedless($0) }
  }

  /// Returns whether the file does not need a field that others need, because of its path or its declaration.
  func isNeedless(_ fact: FieldFact) -> Bool {
    if fact.isNeedless(at: agent.source.path) { return true }
    guard agent.source.outside?.declaration != nil else { return false }
    return runtime.facts.declarations?.needless.contains(fact.key) ?? false
  }

  /// The key of the field that lists the tools.
  var toolsKey: String { runtime.toolsKey }
}

extension FindingList {
  /// The maximum number of unknown fields, and of tools, that are checked.
  static let judged = 100

  /// Checks everything about an agent except its text.
  mutating func check(_ agent: AgentContext) {
    let format = ItemFormat(ofName: agent.agent.source.path.description)
    guard agent.runtime.facts.isJudged, format == agent.agent.format || agent.agent.source.item != nil else {
      let what = format == .markdown ? "" : " in \(format.rawValue.uppercased())"
      object(
        "it is unknown how \(agent.title) treats \(agent.agent.kind.plural)\(what)", fix: "", fileRange: nil,
        effect: .unknown)
      return readReferences(in: agent.agent, by: agent.runtime)
    }
    for rule in RuleRegistry.agent { rule.check(agent, &self) }
    checkStartedCommands(of: agent)
    // The fields of a data format are not those of a frontmatter.
    if agent.hasFields, agent.agent.format.isData || agent.runtime.facts.promptField == nil {
      checkUnknownFields(of: agent)
      checkKnownFields(of: agent)
      checkValues(of: agent)
      for rule in RuleRegistry.fields { rule.check(fieldsOf: agent, &self) }
      checkTools(of: agent)
      readReferences(in: agent.agent, by: agent.runtime)
    }
    for rule in RuleRegistry.prompt { rule.check(promptOf: agent, &self) }
  }

  /// Checks the commands of hooks and MCP servers, and the commands that the prompt runs when it starts.
  private mutating func checkStartedCommands(of agent: AgentContext) {
    let hooks = agent.runtime.honored("hooks", in: agent.agent).map {
      ($0.index, StartedCommand.hooks(in: $0.field.value))
    }
    let servers = agent.runtime.honored("servers", in: agent.agent).map {
      ($0.index, StartedCommand.servers(in: $0.field.value).compactMap(\.command))
    }
    for mark in agent.runtime.facts.runs?.marks(in: agent.prompt) ?? [] {
      let command = StartedCommand(trigger: .prompt(agent.agent.kind), text: mark.command)
      for rule in RuleRegistry.startedCommands {
        guard let (problem, _) = rule.problem(with: command) else { continue }
        let start = agent.prompt.startIndex + mark.range.lowerBound
        add(rule.rule, problem, fileRange: text.fileRange(start..<start + mark.range.count))
      }
    }
    for (index, commands) in [hooks, servers].compactMap({ $0 }) {
      for command in commands {
        for rule in RuleRegistry.startedCommands {
          guard let (problem, part) = rule.problem(with: command) else { continue }
          let line = part.split(whereSeparator: \.isNewline).first.map(String.init) ?? part
          let place = place(of: line, inField: index, asWord: false)
          add(rule.rule, problem, fileRange: place.map { text.fileRange($0) })
        }
      }
    }
  }
}
