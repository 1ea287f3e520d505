/// Compares two states of a file, subject by subject.
struct GrantComparing {
  let old: GrantingFile?
  let new: GrantingFile?
  var changes: [GrantChange] = []

  init(_ old: GrantingFile?, _ new: GrantingFile?) {
    self.old = old
    self.new = new
  }

  mutating func compare() {
    compareProblems()
    // If a program stops at an invalid file, or if its response is unknown, the file does not determine access.
    if [old, new].contains(where: { $0?.problem != nil && $0?.facts.invalid != .isLeftOut }) { return }
    compareStatements()
    comparePolicies()
  }

  // MARK: Changes

  mutating func add(
    _ effect: GrantChange.Effect, _ sentence: Sentence, danger: Danger = .none, before: Statement?, after: Statement?
  ) {
    guard let some = after ?? before else { return }
    func side(_ statement: Statement?, _ file: GrantingFile?) -> GrantChange.Side? {
      if let statement, !statement.isImplied || statement.grant.line > 0 {
        return .init(says: statement.grant.says, line: statement.grant.line)
      }
      return file?.line(nearest: some.keys, of: some.run).map { .init(says: nil, line: $0) }
    }
    changes.append(
      GrantChange(
        effect: effect, key: some.grant.key, sentence: sentence.capitalized, danger: danger, before: side(before, old),
        after: side(after, new), condition: effect == .same ? nil : some.grant.condition))
  }

  private mutating func compareProblems() {
    guard old?.problem != new?.problem else { return }
    func add(_ sentence: Sentence, _ effect: GrantChange.Effect) {
      changes.append(
        GrantChange(
          effect: effect, key: GrantChange.wholeFile, sentence: sentence, danger: .none,
          before: old.map { .init(says: nil, line: $0.problem?.line ?? 1) },
          after: new.map { .init(says: nil, line: $0.problem?.line ?? 1) }, condition: nil))
    }
    if let file = new, let problem = file.problem {
      let effect: GrantChange.Effect = file.facts.invalid == .isLeftOut ? .same : .unknown
      add("The file is not valid: \(words: problem.message). \(words: problem.consequence)", effect)
    } else if let file = old, let problem = file.problem {
      let effect: GrantChange.Effect = file.facts.invalid == .isLeftOut ? .same : .unknown
      add(
        "The file is valid again. Before, it was not valid: \(words: problem.message). \(words: problem.consequence)",
        effect)
    }
  }

  /// Adds a change of a key without an effect on access.
  mutating func addSame(_ says: Sentence, before: Statement?, after: Statement?) {
    let isIn = [before, after].map { $0.map { !$0.isImplied } ?? false }
    add(.same, GrantChange.unchanged(says, isAdded: !isIn[0], isRemoved: !isIn[1]), before: before, after: after)
  }

  // MARK: Statements

  private mutating func compareStatements() {
    let (was, now) = (old?.statements ?? [], new?.statements ?? [])
    let (before, after) = (was.split(for: now), now.split(for: was))
    let (earlier, later) = (Dictionary(grouping: before, by: \.subject), Dictionary(grouping: after, by: \.subject))
    var done: Set<String> = []
    for statement in after + before where done.insert(statement.subject).inserted {
      compare(earlier[statement.subject] ?? [], later[statement.subject] ?? [])
    }
  }

  private mutating func compare(_ before: [Statement], _ after: [Statement]) {
    let kind = after.first?.kind ?? before.first?.kind
    if case .hook? = kind { return compareHooks(before, after) }
    // Several steps of a workflow may have the same statement.
    var (rest, added) = (before, after)
    for statement in after {
      guard let index = rest.firstIndex(where: { $0.isSame(as: statement) }),
        let own = added.firstIndex(of: statement)
      else { continue }
      rest.remove(at: index)
      added.remove(at: own)
    }
    for index in 0..<max(rest.count, added.count) {
      compareOne(
        rest.indices.contains(index) ? rest[index] : nil, added.indices.contains(index) ? added[index] : nil)
    }
  }

  private mutating func compareOne(_ before: Statement?, _ after: Statement?) {
    if let before, let after, before.isSame(as: after) { return }
    if compareRuns(before, after) { return }
    // An implied statement is not a change by itself, unless another key causes it.
    if before?.isImplied ?? true, after?.isImplied ?? true {
      guard after?.isNewWhenImplied ?? before?.isNewWhenImplied ?? false, after?.grant.effect != .nothing,
        before != nil, after != nil
      else { return }
    }
    // If one side lacks the list, the statement about the whole list describes the difference.
    if let list = after?.list ?? before?.list, before == nil || after == nil, isMissing(list) {
      return
    }
    if compareLevels(before, after) { return }
    if let before, after == nil, let condition = before.unless, let new, condition.holds(in: new.root) {
      let key = condition.path.joined(separator: ".")
      return add(
        .same, "No change in access by this key, because of \(quoted: key): \(before.grant.says).", before: before,
        after: nil)
    }
    switch (before, after) {
    case (let before?, let after?): compareBoth(before, after)
    case (nil, let after?): compareAdded(after)
    case (let before?, nil): compareRemoved(before)
    case (nil, nil): break
    }
  }

  /// Returns whether either file lacks a list.
  private func isMissing(_ list: String) -> Bool {
    [old, new].contains { file in !(file?.statements.contains { $0.subject == list && !$0.isImplied } ?? false) }
  }

  mutating func compareAdded(_ after: Statement, replacing before: Statement? = nil) {
    let says = after.grant.says
    switch after.grant.effect {
    case .grants: add(.widens, "\(says.capitalized).", danger: after.grant.danger, before: before, after: after)
    case .limits: add(.narrows, "\(says.capitalized).", before: before, after: after)
    case .unknown: add(.unknown, "\(says.capitalized).", danger: after.grant.danger, before: before, after: after)
    case .nothing: addSame(says, before: before, after: after)
    }
  }

  mutating func compareRemoved(_ before: Statement, replacedBy after: Statement? = nil) {
    let says = before.gone ?? "no longer applies: \(before.grant.says)"
    switch before.grant.effect {
    case .grants: add(.narrows, "\(says.capitalized).", before: before, after: after)
    case .limits: add(.widens, "\(says.capitalized).", danger: before.grant.danger, before: before, after: after)
    case .unknown:
      if let declaration = before.declaration, new?.root[declaration] == nil {
        add(.narrows, "\(says.capitalized).", before: before, after: after)
      } else {
        add(.unknown, "\(says.capitalized).", danger: before.grant.danger, before: before, after: after)
      }
    case .nothing: addSame(before.grant.says, before: before, after: after)
    }
  }

  private mutating func compareBoth(_ before: Statement, _ after: Statement) {
    switch (before.kind, after.kind) {
    case (.server(let first), .server(let second))
    where before.grant.effect == .grants && after.grant.effect == .grants:
      return compareServers(before, first, after, second)
    case (.source(let first), .source(let second)): return compareSources(before, first, after, second)
    default: break
    }
    switch (before.grant.effect, after.grant.effect) {
    case (.nothing, _): compareAdded(after, replacing: before)
    case (_, .nothing):
      if case .level = before.kind, case .plain = after.kind {
        add(.same, "No change in access by this key: \(after.grant.says).", before: before, after: after)
      } else {
        compareRemoved(before, replacedBy: after)
      }
    case (.unknown, _), (_, .unknown):
      add(
        .unknown, "\(after.grant.says.capitalized). Before: \(before.grant.says).", danger: after.grant.danger,
        before: before, after: after)
    case (.limits, .limits), (.grants, .grants), (.limits, .grants):
      let past: Sentence = before.command.map { "it was \(quoted: $0)" } ?? before.grant.says
      // If both sentences are equal, the difference is in something that they do not contain, such as code.
      let rest: Sentence = past == after.grant.says ? "Its content changed." : "Before: \(past)."
      add(
        .widens, "\(after.grant.says.capitalized). \(rest)",
        danger: max(after.grant.danger, before.grant.effect == .limits ? before.grant.danger : .none),
        before: before, after: after)
    case (.grants, .limits):
      add(.narrows, "\(after.grant.says.capitalized). Before: \(before.grant.says).", before: before, after: after)
    }
  }

  /// Compares two levels of a key, including a missing key. Returns false if the comparison does not apply.
  private mutating func compareLevels(_ before: Statement?, _ after: Statement?) -> Bool {
    func level(_ statement: Statement?) -> (rank: Int, missing: Statement.Missing?)? {
      if case .level(let rank, let missing)? = statement?.kind { (rank, missing) } else { nil }
    }
    guard let known = level(after) ?? level(before), before.map({ level($0) != nil }) ?? true,
      after.map({ level($0) != nil }) ?? true
    else { return false }
    guard let missing = known.missing else {
      guard before != nil, after != nil else { return false }
      return compareRanks(before, level(before)?.rank ?? 0, nil, after, level(after)?.rank ?? 0, nil)
    }
    return compareRanks(
      before, level(before)?.rank ?? missing.rank, missing, after, level(after)?.rank ?? missing.rank, missing)
  }

  private mutating func compareRanks(
    _ before: Statement?, _ first: Int, _ missingBefore: Statement.Missing?, _ after: Statement?, _ second: Int,
    _ missingAfter: Statement.Missing?
  ) -> Bool {
    let (was, now) = (before?.grant.says ?? missingBefore?.says ?? "", after?.grant.says ?? missingAfter?.says ?? "")
    if first == second {
      let some = after?.grant.effect == .nothing ? now : before?.grant.effect == .nothing ? was : now
      addSame(some, before: before, after: after)
    } else if second > first, after?.grant.effect == .nothing {
      // The value has no effect, so the user's own setting applies, which may ask more or less often.
      add(.widens, "No longer applies: \(was).", before: before, after: after)
      add(.narrows, "\(now.capitalized).", before: before, after: after)
    } else if second > first {
      let danger = after?.grant.danger ?? missingAfter?.danger ?? .none
      add(.widens, "\(now.capitalized). Before: \(was).", danger: danger, before: before, after: after)
    } else {
      add(.narrows, "\(now.capitalized). Before: \(was).", before: before, after: after)
    }
    return true
  }
}
