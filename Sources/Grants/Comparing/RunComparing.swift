// Compares the runs of agents in workflows. Where only one state starts an agent, nothing ran in the other.

extension GrantComparing {
  /// Compares statements about a run that only one of the files has. Returns false if both files have it.
  mutating func compareRuns(_ before: Statement?, _ after: Statement?) -> Bool {
    if let after, before == nil, isOnly(after.run, in: new, not: old) {
      addStarted(after)
    } else if let before, after == nil, isOnly(before.run, in: old, not: new) {
      addStopped(before)
    } else {
      return false
    }
    return true
  }

  /// Returns whether only one of two files has the run of an agent.
  func isOnly(_ run: String?, in file: GrantingFile?, not other: GrantingFile?) -> Bool {
    guard let run else { return false }
    return file?.runs.contains(run) ?? false && !(other?.runs.contains(run) ?? false)
  }

  private mutating func addStarted(_ statement: Statement) {
    let sentence: Sentence = "\(statement.grant.says.capitalized)."
    switch statement.grant.effect {
    case .grants where statement.isImplied && statement.grant.danger == .none: break
    // The statement about the whole list covers its items.
    case .grants where statement.list != nil && statement.kind == .plain: break
    case .grants: add(.widens, sentence, danger: statement.grant.danger, before: nil, after: statement)
    case .unknown: add(.unknown, sentence, danger: statement.grant.danger, before: nil, after: statement)
    case .limits where statement.isImplied || statement.list != nil: break
    case .limits: add(.same, sentence, before: nil, after: statement)
    case .nothing: addSame(statement.grant.says, before: nil, after: statement)
    }
  }

  private mutating func addStopped(_ statement: Statement) {
    if statement.isImplied { return }
    switch statement.grant.effect {
    case .grants, .unknown:
      let says = statement.gone ?? "no longer applies: \(statement.grant.says)"
      add(.narrows, "\(says.capitalized).", before: statement, after: nil)
    case .limits, .nothing: break
    }
  }
}

extension PolicyProbing {
  /// Returns what the rules allow a run that is new. Nothing ran before, so what they block is no change.
  var started: Result? {
    // The statement about an option that allows everything covers the rules.
    if after.rules.contains(where: \.isMode) { return nil }
    let rules = scopes.compactMap { scope -> Policy.Rule? in
      guard let rule = rule(scope, after), after.resolve(scope).action == .allow else { return nil }
      return rule
    }.enumerated().sorted { left, right in
      let (first, second) = (danger(left.element.scope), danger(right.element.scope))
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
    guard let first = rules.first else { return nil }
    let texts = Sentence.quoted(rules.map(\.text))
    return Result(
      effect: .widens, key: first.key,
      sentence: "without asking, the agent may use \(texts).", danger: danger(first.scope), before: nil,
      after: first, nearest: first.key, condition: first.condition ?? file.facts.counts)
  }
}

extension GrantingFile {
  /// Returns the rule for an option that allows everything in a run; nil if the run has none.
  func mode(of run: String?) -> Policy.Rule? {
    guard let run, let statement = statements.first(where: { $0.run == run && $0.mode != nil }),
      let text = statement.mode
    else { return nil }
    return Policy.Rule(
      scope: .everything, action: .allow, priority: .min, text: text, key: statement.grant.key,
      line: statement.grant.line, isOwn: false, isMode: true)
  }

  /// Returns the line nearest to a key that the file lacks. The step of a run may have another number in this file.
  func line(nearest keys: [String], of run: String?) -> Int? {
    guard let run, let step = statements.first(where: { $0.run == run && $0.keys.dropFirst(2).first == "steps" }),
      keys.dropFirst(2).first == "steps"
    else { return line(nearest: keys) }
    let rest = keys.dropFirst(4)
    if let other = statements.first(where: { $0.run == run && $0.keys.dropFirst(4) == rest }) {
      return other.grant.line
    }
    return line(nearest: Array(step.keys.prefix(4)) + rest)
  }

  /// The runs of agents in a workflow.
  var runs: Set<String> { Set(statements.compactMap(\.run) + policies.compactMap(\.run)) }
}
