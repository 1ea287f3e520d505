// Compares permission rules by their effect: the resulting action for each rule's scope, before and after.

extension GrantComparing {
  mutating func comparePolicies() {
    let names = (new?.policies ?? []).map(\.name) + (old?.policies ?? []).map(\.name)
    var done: Set<String> = []
    for name in names where done.insert(name).inserted {
      let run = [new, old].lazy.compactMap { $0?.policies.first { $0.name == name }?.run }.first
      if isOnly(run, in: old, not: new) { continue }
      // An agent without its own rules uses the rules of the session.
      let base = String(name.prefix { $0 != " " })
      func policy(_ file: GrantingFile?, _ other: GrantingFile?) -> Policy? {
        let mode = file?.mode(of: run)
        if let found = file?.policies.first(where: { $0.name == name }) { return found.adding(mode) }
        guard var empty = other?.policies.first(where: { $0.name == name }) else { return nil }
        empty.rules = file?.policies.first { $0.name == base }?.rules.map(\.inherited) ?? []
        empty.lifted = [:]
        if empty.rules.isEmpty, base == name {
          empty.rules = other?.policies.first { $0.name == name }?.brought ?? []
        }
        return empty.adding(mode)
      }
      guard let before = policy(old, new), let after = policy(new, old) else { continue }
      if isOnly(run, in: new, not: old) { start(before, after) } else { compare(before, after) }
    }
  }

  private mutating func compare(_ before: Policy, _ after: Policy) {
    guard let file = new ?? old, let syntax = file.known.syntaxes[after.syntax] else { return }
    let probing = PolicyProbing(before: before, after: after, syntax: syntax, file: file)
    for scope in probing.scopes {
      guard let result = probing.compare(scope) else { continue }
      add(result, probing)
    }
    for rule in after.rules + before.rules where rule.nothing != nil && rule.isOwn {
      let isNew = after.rules.contains(rule)
      if (isNew ? before : after).rules.contains(where: { $0.text == rule.text && $0.key == rule.key }) { continue }
      changes.append(
        GrantChange(
          effect: .same, key: rule.key,
          sentence: GrantChange.unchanged(rule.nothing ?? "", isAdded: isNew, isRemoved: !isNew), danger: .none,
          before: isNew
            ? old?.line(nearest: rule.key).map { .init(says: nil, line: $0) }
            : .init(says: rule.nothing, line: rule.line),
          after: isNew ? .init(says: rule.nothing, line: rule.line) : nil, condition: nil))
    }
  }

  private mutating func start(_ before: Policy, _ after: Policy) {
    guard let file = new, let syntax = file.known.syntaxes[after.syntax] else { return }
    let probing = PolicyProbing(before: before, after: after, syntax: syntax, file: file)
    if let result = probing.started { add(result, probing) }
  }

  private mutating func add(_ result: PolicyProbing.Result, _ probing: PolicyProbing) {
    changes.append(
      GrantChange(
        effect: result.effect, key: result.key, sentence: result.sentence.capitalized, danger: result.danger,
        before: side(result.before, result.nearest, probing.before.run, old),
        after: side(result.after, result.nearest, probing.after.run, new),
        condition: result.condition))
  }

  private func side(
    _ rule: Policy.Rule?, _ nearest: String, _ run: String?, _ file: GrantingFile?
  ) -> GrantChange.Side? {
    if let rule, rule.line > 0 { return .init(says: "\(quoted: rule.text)", line: rule.line) }
    guard run != nil else { return file?.line(nearest: nearest).map { .init(says: nil, line: $0) } }
    // The names of jobs and inputs have no dots.
    let keys = nearest.split { ".[]".contains($0) }.map(String.init)
    return file?.line(nearest: keys, of: run).map { .init(says: nil, line: $0) }
  }
}

extension Policy {
  /// The runtime's built-in rules.
  var builtIn: [Rule] { rules.filter { $0.isBuiltIn } }

  /// Returns a copy with the rule for an option that allows everything.
  fileprivate func adding(_ mode: Rule?) -> Policy {
    var policy = self
    if let mode { policy.rules.append(mode) }
    return policy
  }
}

extension Policy.Rule {
  /// A copy of the rule, marked as inherited from the base policy.
  var inherited: Policy.Rule { with { $0.isOwn = false } }
}

/// Compares two policies over the scopes of all their rules.
struct PolicyProbing {
  let before: Policy
  let after: Policy
  let syntax: RuleSyntax
  let file: GrantingFile

  struct Result {
    let effect: GrantChange.Effect
    let key: String
    let sentence: Sentence
    let danger: Danger
    /// The rules that the change refers to.
    let before: Policy.Rule?
    let after: Policy.Rule?
    /// The key whose nearest position is used for a missing rule.
    let nearest: String
    let condition: String?
  }

  /// The scopes of the rules in either policy.
  let scopes: [Scope]
  /// The resulting action for each scope, before and after.
  private let resolved: [Scope: (old: Action, new: Action)]

  init(before: Policy, after: Policy, syntax: RuleSyntax, file: GrantingFile) {
    self.before = before
    self.after = after
    self.syntax = syntax
    self.file = file
    var seen: Set<Scope> = []
    let own = (after.rules + before.rules).filter { $0.nothing == nil && $0.isOwn && !$0.isBuiltIn }
    let lifted = Set(after.lifted.keys).symmetricDifference(before.lifted.keys)
    let known = (before.builtIn + after.builtIn).filter { lifted.contains($0.text) }
    scopes = (own + known).map(\.scope).filter { seen.insert($0).inserted }
    resolved = Dictionary(
      uniqueKeysWithValues: scopes.map { ($0, (before.resolve($0).action, after.resolve($0).action)) })
  }

  /// Returns a policy's own rule for a scope.
  func rule(_ scope: Scope, _ policy: Policy) -> Policy.Rule? {
    policy.rules.last { $0.scope == scope && $0.nothing == nil && $0.isOwn && !$0.isBuiltIn }
  }

  func compare(_ scope: Scope) -> Result? {
    let (old, new) = (before.resolve(scope), after.resolve(scope))
    let (first, second) = (rule(scope, before), rule(scope, after))
    let isWritten = first?.text != second?.text || first?.action != second?.action
    guard old.action != new.action else {
      guard isWritten, !isTold(scope) else { return nil }
      return same(scope, first == nil ? old : new, first, second)
    }
    // The change of a wider rule covers this one.
    if first == nil || second == nil, isExplained(scope, old.action, new.action) { return nil }
    let isWider = new.action > old.action
    let deciding = new.rule.map { $0.scope.shape == .all && !$0.isMode ? self.danger($0.scope) : .none } ?? .none
    let reach = max(self.danger(scope), deciding)
    let danger: Danger = !isWider ? .none : new.action == .allow ? reach : min(reach, .runs)
    let place = second ?? lifted(scope) ?? rules(in: after, for: scope, new)
    let keys = (place ?? first ?? old.rule)?.key ?? ""
    return Result(
      effect: isWider ? .widens : .narrows, key: keys, sentence: sentence(scope, old, new), danger: danger,
      before: first ?? old.rule, after: place, nearest: first?.key ?? old.rule?.key ?? keys,
      condition: new.action == .allow ? new.rule?.condition ?? file.facts.counts : nil)
  }

  /// Returns the rule that determines the new action.
  private func rules(
    in policy: Policy, for scope: Scope, _ resolved: (action: Action, rule: Policy.Rule?)
  ) -> Policy.Rule? {
    // A new, narrower rule replaced the removed one.
    policy.rules.first { rule in
      rule.nothing == nil && rule.isOwn && scope.covers(rule.scope) && !before.rules.contains { $0.scope == rule.scope }
    } ?? resolved.rule
  }

  private func lifted(_ scope: Scope) -> Policy.Rule? {
    guard let known = before.builtIn.first(where: { $0.scope == scope }), let line = after.lifted[known.text] else {
      return nil
    }
    return Policy.Rule(
      scope: scope, action: .allow, priority: 0, text: "\(known.text): null", key: known.key, line: line)
  }

  func danger(_ scope: Scope) -> Danger {
    syntax.danger(scope, CommandDangers(facts: file.known.commands))
  }

  /// Returns whether the change of a wider rule already describes this one.
  private func isExplained(_ scope: Scope, _ old: Action, _ new: Action) -> Bool {
    scopes.contains { other in
      other != scope && resolved[other]?.old == old && resolved[other]?.new == new && other.covers(scope)
        && !scope.covers(other) && danger(other) >= danger(scope)
    }
  }

  /// Returns whether the change of a rule is part of a reported change of another rule, such as its replacement.
  private func isTold(_ scope: Scope) -> Bool {
    scopes.contains { other in
      other != scope && resolved[other]?.old != resolved[other]?.new && (other.covers(scope) || scope.covers(other))
    }
  }

  /// Returns the result for a scope whose action is unchanged.
  ///
  /// - Parameter other: The state that explains it: the earlier one for an added rule, or else the later one.
  private func same(
    _ scope: Scope, _ other: (action: Action, rule: Policy.Rule?), _ first: Policy.Rule?, _ second: Policy.Rule?
  ) -> Result? {
    let sentence: Sentence
    if let first, let second, first.text != second.text {
      sentence = "No change in access: \(quoted: first.text) and \(quoted: second.text) mean the same."
    } else {
      let subject = syntax.subject(scope)
      let verb = Verb(other.action, syntax, scope)
      let reason: Sentence =
        other.rule.map { $0.scope == scope ? "" : ", because of \(quoted: $0.text)" } ?? ", by default"
      sentence = GrantChange.unchanged(
        "\(subject.words) \(words: verb.present), as before\(reason)", isAdded: first == nil, isRemoved: second == nil)
    }
    guard let some = second ?? first else { return nil }
    return Result(
      effect: .same, key: some.key, sentence: sentence, danger: .none, before: first, after: second,
      nearest: some.key, condition: nil)
  }

  // MARK: Words

  private func sentence(
    _ scope: Scope, _ old: (action: Action, rule: Policy.Rule?), _ new: (action: Action, rule: Policy.Rule?)
  ) -> Sentence {
    let subject = syntax.subject(scope)
    let (was, now) = (Verb(old.action, syntax, scope), Verb(new.action, syntax, scope))
    var past: Sentence = "\(words: was.past)\(reason(old, scope, policy: before))"
    let only = narrower(than: scope)
    if new.action == .allow, !only.isEmpty {
      past = "\(past), except what \(Sentence.quoted(only)) allowed"
    }
    let owner: Sentence = after.owner.map { "\($0): " } ?? ""
    let present: Sentence = "\(words: now.pronoun) \(words: now.present)\(reason(new, scope, policy: after))"
    return "\(owner)\(subject.words) \(past); now \(present)\(rest(of: scope))."
  }

  /// Returns the earlier rules that allowed a part of the newly allowed scope.
  private func narrower(than scope: Scope) -> [String] {
    var found: [String] = []
    for rule in before.rules where rule.nothing == nil && rule.action == .allow && rule.scope != scope {
      if scope.covers(rule.scope), before.resolve(rule.scope).action == .allow, !found.contains(rule.text) {
        found.append(rule.text)
      }
    }
    return found
  }

  /// Returns the exceptions within a scope that are still restricted.
  private func rest(of scope: Scope) -> Sentence {
    let kept = after.rules.filter { rule in
      rule.nothing == nil && rule.scope != scope && scope.covers(rule.scope)
        && rule.action < after.resolve(scope).action
        && after.resolve(rule.scope).action == rule.action
    }
    if kept.isEmpty { return "" }
    return ", except for \(Sentence.quoted(kept.map(\.text)))"
  }

  private func reason(
    _ resolved: (action: Action, rule: Policy.Rule?), _ scope: Scope, policy: Policy
  ) -> Sentence {
    guard let rule = resolved.rule else {
      return resolved.action == .usual || resolved.action == .ask
        ? "" : ", which is what \(words: file.facts.program) does by default"
    }
    if rule.isRest {
      return ", because \(quoted: rule.text) does not name \(words: syntax.subject(scope).isPlural ? "them" : "it")"
    }
    if rule.scope == scope { return "" }
    if policy.lifted.keys.contains(where: { text in policy.brought.contains { $0.text == text && $0.scope == scope } })
    {
      return ", because \(quoted: "null") restores the built-in rule"
    }
    return ", because of \(quoted: rule.text)\(words: policy.isLastFirst ? ", the last rule that matches" : "")"
  }
}
