import Agents
import Files
import Rules
import Text

/// Finds what is wrong with an agent among the others: what only a catalog can tell.
struct CatalogJudging {
  private let assembly: Assembly
  private let agentNames: Set<String>
  private let skillNames: Set<String>
  private let approvals: [String: Approval]

  init(_ assembly: Assembly, _ approvals: [String: Approval]) {
    self.assembly = assembly
    self.approvals = approvals
    // Hardly any catalog refers to agents, and then names need not be looked at.
    let refers = assembly.agents.contains { !$0.agent.references.isEmpty }
    let agents = refers ? assembly.agents : []
    agentNames = Set(agents.flatMap { [$0.nameKey, Slug.fold($0.agent.source.path.stem)] })
    skillNames = Set(agents.filter { assembly.settings.runtimes[$0.agent.dialect].holdsSkills }.map(\.nameKey))
  }

  /// For how many references of an agent, and among how many names, it is looked for what may have been meant.
  private static let guesses = (references: 5, names: 2000)

  /// What is wrong with an agent, less what its file or `roster.yml` does not want to be told.
  func findings(of index: Int) -> [Finding] {
    let agent = assembly.agents[index].agent
    var findings: [Finding] = []
    if let group = assembly.addressing.groupOf[index] {
      if let finding = sharedName(of: index, assembly.addressing.groups[group]) { findings.append(finding) }
    }
    let alike = (assembly.alike[index] ?? []).filter { other in
      !assembly.decided.contains { $0.allows(index, other.agent) }
    }
    if let nearest = alike.first { findings.append(nearDuplicate(of: index, nearest, of: alike.count)) }
    findings += missingReferences(of: agent)
    findings.removeAll { agent.ignoredRules.contains($0.rule) }
    // No file decides by itself that nobody has to approve it.
    if let unapproved = unapproved(agent) { findings.append(unapproved) }
    if findings.isEmpty { return [] }
    return assembly.settings.policy.applied(to: findings, of: agent.source.path)
  }

  private func unapproved(_ agent: Agent) -> Finding? {
    guard let approval = approvals[agent.source.publishedPath] else {
      // It is looked for only where a team asks for it.
      guard assembly.settings.policy.choices[Rule.approvalMissing.id] != nil else { return nil }
      return Finding(
        rule: Rule.approvalMissing.id, severity: Rule.approvalMissing.severity,
        message: "nobody has approved the agent",
        help: "Read it, then approve it: roster approve \(agent.source.publishedPath) --by NAME.")
    }
    if approval.isCurrent { return nil }
    return Finding(
      rule: Rule.approvalStale.id, severity: Rule.approvalStale.severity,
      message:
        "the agent was approved\(approval.approvers.isEmpty ? "" : " by \(approval.approvers.map(\.name).joined(before: "and"))"), and was changed since: \(approval.changes.joined(separator: ", "))",
      help: "Read what was changed, then approve it again: roster approve \(agent.source.publishedPath) --by NAME.")
  }

  private func sharedName(of index: Int, _ group: Addressing.Group) -> Finding? {
    let agent = assembly.agents[index].agent
    let runtimes = assembly.settings.runtimes
    let scope = NameScope(agent, by: runtimes)
    let others = group.agents.filter { $0 != index }.map { assembly.agents[$0].agent }
    let rivals = others.filter { scope.excludes(NameScope($0, by: runtimes)) }
    // A warning only where one runtime finds both; a note where somebody could install both.
    let named = rivals.isEmpty ? others.filter { scope.competes(with: NameScope($0, by: runtimes)) } : rivals
    guard !named.isEmpty else { return nil }
    let paths = named.prefix(3).map(\.source.publishedPath).joined(separator: ", ")
    let more = named.count > 3 ? " and \(named.count - 3) more" : ""
    let field = agent.fields.first { $0.key == "name" }
    return Finding(
      rule: Rule.nameShared.id, severity: rivals.isEmpty ? .note : Rule.nameShared.severity,
      message: rivals.isEmpty
        ? "the name “\(agent.name)” is also used in \(paths)\(more)"
        : "\(agent.dialect.title) loads only one agent named “\(agent.name)” from this place; the name is also used in \(paths)\(more)",
      help: rivals.isEmpty ? "Install only one of them, or rename one." : "Rename one, or remove one.",
      range: field?.range, location: field?.location,
      end: field.map { SourceLocation(line: $0.location.line, column: $0.location.column + $0.key.count) })
  }

  private func nearDuplicate(of index: Int, _ nearest: Assembly.Alike, of count: Int) -> Finding {
    let other = assembly.agents[nearest.agent].agent
    let more = count > 1 ? "; it is nearly that of \(count - 1) more" : ""
    return Finding(
      rule: Rule.nearDuplicate.id, severity: Rule.nearDuplicate.severity,
      message: nearest.likeness.isIdentical
        ? "the prompt is that of “\(other.name)” in \(other.source.publishedPath), byte for byte\(more)"
        : "the prompt is nearly that of “\(other.name)” in \(other.source.publishedPath): \(nearest.likeness.percent) % of the runs of five words in either are in both\(more)",
      help: decision(about: index, nearest.agent) ?? "Keep one of them, or let each say what the other does not.")
  }

  /// What was decided about two agents, as advice.
  private func decision(about one: Int, _ other: Int) -> String? {
    guard let decided = assembly.decided.first(where: { $0.agents.contains(one) && $0.agents.contains(other) }),
      let kept = decided.kept
    else { return nil }
    let name = assembly.agents[kept].agent.source.publishedPath
    if case .merge = decided.decision.verdict {
      return kept == one ? "Decided: the others are to be merged into this one." : "Decided: merge it into \(name)."
    }
    return kept == one
      ? "Decided: this one is kept, and the others go." : "Decided: \(name) is kept, and this one goes."
  }

  private func missingReferences(of agent: Agent) -> [Finding] {
    if agent.references.isEmpty { return [] }
    let runtimes = assembly.settings.runtimes
    return agent.references.enumerated().compactMap { number, reference in
      let key = Slug.fold(String(reference.ownName))
      switch reference.kind {
      // A skill or a command may name an agent of any runtime; some agents have “agent” in their name.
      case .agent
      where agentNames.contains(key) || agentNames.contains("agent-" + key) || skillNames.contains("agent-" + key)
        || runtimes.all.contains { $0.brings(agent: reference.name) }:
        return nil
      case .skill where skillNames.isEmpty || skillNames.contains(key): return nil
      default: break
      }
      let names = reference.kind == .agent ? agentNames : skillNames
      let mayGuess = key.utf8.count >= 5 && number < Self.guesses.references && names.count <= Self.guesses.names
      let meant = mayGuess ? Spelling.suggestion(for: key, among: names) : nil
      return Finding(
        rule: Rule.referenceMissing.id, severity: Rule.referenceMissing.severity,
        message: "the \(reference.kind.word) “\(reference.name)” is not in this catalog",
        help: meant.map { "Did you mean “\($0)”?" } ?? "Add it, or remove the name, unless it is kept elsewhere.",
        range: reference.range, location: reference.location, end: reference.end)
    }
  }
}
