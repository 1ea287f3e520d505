// Reads permission rules into policies.

extension GrantReader {
  mutating func readRules(_ fact: GrantFact, _ rules: RuleFacts, in root: SettingsNode) {
    guard let syntax = known.syntaxes[rules.syntax] else { return }
    for match in matches(fact.path, in: root) {
      let owner = match.names.last
      var read: [Policy.Rule] = []
      switch rules.form {
      case .list:
        for (index, item) in match.node.items.enumerated() {
          guard let text = item.scalar else { continue }
          if rules.hasUnknownBrackets, text.contains("(") {
            add(
              fact, match.keys + [String(index)],
              "the effect of \(quoted: text) in \(quoted: display(match.keys)) is unknown",
              effect: .unknown, danger: .runs, line: item.line, identity: text)
            continue
          }
          read.append(rule(text, rules.action, rules, syntax, match.keys, item.line, fact))
        }
      case .map: read = ruleMap(match, rules, syntax, fact)
      }
      let evidence = known.evidence(of: fact)
      for index in read.indices { (read[index].notKnown, read[index].evidence) = (fact.open, evidence) }
      add(read, rules, owner, fact)
      addRest(read, rules, syntax, match, owner, fact)
    }
  }

  /// Adds rules to their policy.
  private mutating func add(_ read: [Policy.Rule], _ rules: RuleFacts, _ owner: String?, _ fact: GrantFact) {
    let name = ([rules.policy + policySuffix] + [owner].compactMap { $0 }).joined(separator: " ")
    let index: Int
    if let found = policies.firstIndex(where: { $0.name == name }) {
      index = found
    } else if policies.count >= Policy.countLimit {
      // Report the unread rules, so that any change in them is visible.
      return add(
        fact, fact.path.isEmpty ? [] : [fact.key], "there are too many agents with rules; the others are not read",
        effect: .unknown, danger: .promptsOff, line: read.first?.line ?? 1, subject: "\(name) unread",
        identity: read.map { "\($0.action.rawValue) \($0.text)" }.joined(separator: "\n"))
    } else {
      let saying: Sentence? = owner.map {
        fact.says.isEmpty ? "\(quoted: $0)" : Sentence(template: fact.says, ["name": $0])
      }
      policies.append(
        Policy(name: name, owner: saying, syntax: rules.syntax, defaults: file.defaults[rules.policy] ?? ["*": .usual]))
      index = policies.count - 1
      policies[index].run = run
      policies[index].isLastFirst = rules.isLastFirst
      if owner == nil { addBuiltIn(rules, to: index, key: fact.key) }
    }
    let room = max(0, Policy.limit - policies[index].rules.count)
    policies[index].rules += read.prefix(room)
    if read.count > room, let next = read.dropFirst(room).first {
      add(
        fact, [next.key], "there are more than \(words: String(Policy.limit)) rules; the others are not read",
        effect: .unknown, danger: .promptsOff, line: next.line,
        identity: read.dropFirst(room).map(\.text).joined(separator: "\n"))
    }
  }

  /// The suffix that separates the policies of workflow steps.
  private var policySuffix: String { step.isEmpty ? "" : "@\(step.replacing(" ", with: "_"))" }

  private mutating func addBuiltIn(_ rules: RuleFacts, to index: Int, key: String) {
    guard let syntax = known.syntaxes[rules.syntax] else { return }
    for (text, action) in (file.builtInRules[rules.policy] ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard case .scope(let scope) = syntax.parse(text, tool: rules.tool, action: action) else { continue }
      policies[index].rules.append(
        Policy.Rule(
          scope: scope, action: action, priority: Self.strictness(action), text: text, key: key, line: 0,
          isBuiltIn: true))
    }
    policies[index].brought = policies[index].rules
  }

  private static func strictness(_ action: Action) -> Int { action == .deny ? 3 : action == .ask ? 2 : 1 }

  private func rule(
    _ text: String, _ action: Action, _ rules: RuleFacts, _ syntax: RuleSyntax, _ keys: [String], _ line: Int,
    _ fact: GrantFact
  ) -> Policy.Rule {
    let parsed = syntax.parse(text, tool: rules.tool, action: action)
    let priority = rules.priority ?? Self.strictness(action)
    let condition = action == .allow ? fact.counts ?? file.counts : nil
    switch parsed {
    case .scope(let scope):
      return .init(
        scope: scope, action: action, priority: priority, text: text, key: display(keys), line: line,
        condition: condition)
    case .nothing(let scope, let reason):
      return .init(
        scope: scope, action: action, priority: priority, text: text, key: display(keys), line: line, nothing: reason)
    }
  }

  /// Reads a map of rules: tools with an action or a map of patterns each, or only patterns.
  private mutating func ruleMap(
    _ match: Match, _ rules: RuleFacts, _ syntax: RuleSyntax, _ fact: GrantFact
  ) -> [Policy.Rule] {
    var read: [Policy.Rule] = []
    func action(_ node: SettingsNode) -> Action? {
      (node.scalar ?? node[rules.field]?.scalar).flatMap { rules.words[$0] }
    }
    func add(_ scope: Scope, _ action: Action, _ text: String, _ keys: [String], _ line: Int) {
      read.append(
        .init(
          scope: scope, action: action,
          priority: rules.isLastFirst ? (rules.priority ?? 0) + read.count : Self.strictness(action),
          text: text, key: display(keys), line: line, condition: action == .allow ? fact.counts ?? file.counts : nil))
    }
    if let action = action(match.node) { add(.everything, action, match.node.scalar ?? "", match.keys, match.line) }
    var lifted: Set<String> = []
    for member in match.node.members {
      if rules.tool != nil, case .null = member.node.value { lifted.insert(member.key) }
      if let action = action(member.node) {
        let parsed =
          rules.tool == nil
          ? .scope(Scope(tool: syntax.tool(member.key).canonical ?? member.key, shape: .all))
          : syntax.parse(member.key, tool: rules.tool, action: action)
        guard case .scope(let scope) = parsed else { continue }
        add(scope, action, member.key, rules.tool == nil ? match.keys + [member.key] : match.keys, member.line)
      } else if rules.tool == nil {
        for inner in member.node.members {
          guard let action = action(inner.node),
            case .scope(let scope) = syntax.specifier(inner.key, of: member.key)
          else { continue }
          add(scope, action, inner.key, match.keys + [member.key], inner.line)
        }
      }
    }
    if !lifted.isEmpty { lift(lifted, rules, match, fact) }
    return read
  }

  /// Removes built-in rules.
  private mutating func lift(_ texts: Set<String>, _ rules: RuleFacts, _ match: Match, _ fact: GrantFact) {
    add([], rules, nil, fact)
    guard let index = policies.firstIndex(where: { $0.name == rules.policy }) else { return }
    policies[index].rules.removeAll { $0.isBuiltIn && texts.contains($0.text) }
    for member in match.node.members where texts.contains(member.key) {
      policies[index].lifted[member.key] = member.line
    }
  }

  /// Adds a rule that denies everything a complete list does not name.
  private mutating func addRest(
    _ read: [Policy.Rule], _ rules: RuleFacts, _ syntax: RuleSyntax, _ match: Match, _ owner: String?, _ fact: GrantFact
  ) {
    guard let rest = rules.rest, !read.isEmpty else { return }
    let narrowed = read.first { $0.scope.shape != .all }
    guard rest.when == "any" || narrowed != nil else { return }
    let scope = rest.when == "any" ? Scope.everything : Scope(tool: narrowed?.scope.tool ?? "*", shape: .all)
    var rule = Policy.Rule(
      scope: scope, action: .deny, priority: rest.priority, text: display(match.keys), key: display(match.keys),
      line: narrowed?.line ?? match.line)
    rule.isRest = true
    add([rule], rules, owner, fact)
  }

  /// Prepends the rules for all sessions to the rules of each agent.
  mutating func completePolicies() {
    for index in policies.indices where policies[index].owner != nil {
      let base = policies[index].name.prefix { $0 != " " }
      guard let global = policies.first(where: { $0.name == base }), policies[index].rules.allSatisfy(\.isOwn),
        !policies[index].isComplete
      else { continue }
      let inherited = global.rules.map(\.inherited)
      let highest = inherited.map(\.priority).max() ?? 0
      policies[index].rules = inherited + policies[index].rules.map { rule in rule.with { $0.priority += highest + 1 } }
      policies[index].isComplete = true
    }
  }

  // MARK: Grants

  /// Returns the grants and restrictions of a policy's rules.
  func grants(of policy: Policy) -> [Grant] {
    guard let syntax = known.syntaxes[policy.syntax] else { return [] }
    let dangers = CommandDangers(facts: known.commands)
    return policy.rules.filter { $0.isOwn && !$0.isBuiltIn && !$0.isRest }.map { rule in
      var says = rule.nothing ?? Verb(rule.action, syntax, rule.scope).now(syntax.subject(rule.scope).words)
      if let owner = policy.owner, rule.nothing == nil { says = "\(owner): \(says)" }
      return Grant(
        key: rule.key, says: says, effect: rule.nothing != nil ? .nothing : rule.action == .allow ? .grants : .limits,
        danger: rule.nothing == nil ? syntax.danger(rule.scope, dangers) : .none, line: rule.line,
        identity: "\(policy.name) \(rule.action.rawValue) \(rule.scope.identity)", condition: rule.condition,
        notKnown: rule.notKnown, evidence: rule.evidence)
    }
  }
}
