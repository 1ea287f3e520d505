import Agents
import Files

/// Checks the agents with the rules that need the whole catalog.
struct CatalogChecks {
  private let assembly: Assembly
  private let agentNames: Set<String>
  private let skillNames: Set<String>
  private let approvals: [String: Approval]
  private let needsApproval: Bool
  /// The owners of each agent.
  private let owners: [[String]]
  /// The scopes of the agents that share their name with others.
  private let scopes: [Int: NameScope]
  private let lifecycles: Lifecycles
  /// The lifecycles of names whose items have all reached the end of their life.
  private var ended: [Reference.Kind: [String: Lifecycle]] = [:]

  init(_ assembly: Assembly, _ approvals: [String: Approval], owners: [[String]], lifecycles: Lifecycles) {
    self.owners = owners
    self.lifecycles = lifecycles
    self.assembly = assembly
    self.approvals = approvals
    // The rule is off unless a team turns it on.
    needsApproval = assembly.settings.policy.choices[ApprovalMissing.rule.id] != nil
    var scopes: [Int: NameScope] = [:]
    for index in assembly.addressing.groups.flatMap(\.agents) {
      scopes[index] = NameScope(assembly.agents[index].agent, by: assembly.settings.runtimes)
    }
    self.scopes = scopes
    // Most catalogs have no references between agents. Then the names aren't needed.
    let refers = assembly.agents.contains { !$0.agent.references.isEmpty }
    let agents = refers ? assembly.agents : []
    agentNames = Set(agents.flatMap { [$0.nameKey, Slug.fold($0.agent.source.path.stem)] })
    // References name a skill by its folder. The name in its file is only a label.
    let skills = agents.filter { $0.agent.kind == .skill }
    skillNames = Set(
      skills.flatMap { [$0.nameKey] + ($0.agent.source.path.folders.last.map { [Slug.fold($0)] } ?? []) })
    if refers, lifecycles.all.contains(where: \.isOver) {
      for kind in Reference.Kind.allCases {
        let items = assembly.agents.indices.filter { (assembly.agents[$0].agent.kind == .skill) == (kind == .skill) }
        let names = Dictionary(grouping: items) { assembly.agents[$0].nameKey }
        ended[kind] = names.compactMapValues { places in
          places.allSatisfy { lifecycles.all[$0].isOver } ? places.first.map { lifecycles.all[$0] } : nil
        }
      }
    }
  }

  /// Returns the findings of an agent, without those that its file or `roster.yml` turns off.
  func findings(of index: Int) -> [Finding] {
    let agent = Neighbor(checks: self, index: index)
    let findings = RuleRegistry.catalog.flatMap { rule in
      let isIgnored = rule.canBeIgnored && agent.agent.ignoredRules.contains(rule.rule.id)
      return isIgnored ? [] : rule.findings(about: agent)
    }
    if findings.isEmpty { return [] }
    return assembly.settings.policy.applied(to: findings, of: agent.agent.source.path)
  }

  /// An agent with its surroundings in the catalog.
  private struct Neighbor: AgentSurroundings {
    let checks: CatalogChecks
    let index: Int

    private var assembly: Assembly { checks.assembly }
    private var runtimes: Runtimes { assembly.settings.runtimes }
    var agent: Agent { assembly.agents[index].agent }
    var agentNames: Set<String> { checks.agentNames }
    var skillNames: Set<String> { checks.skillNames }

    var rivals: [Agent] { namesakes { $0.excludes($1) } }
    var alternatives: [Agent] { namesakes { $0.competes(with: $1) } }

    /// Returns the agents of the same name that match a condition.
    private func namesakes(where isWanted: (_ own: NameScope, _ other: NameScope) -> Bool) -> [Agent] {
      guard let own = checks.scopes[index], let group = assembly.addressing.groupOf[index] else { return [] }
      return assembly.addressing.groups[group].agents.filter { other in
        other != index && checks.scopes[other].map { isWanted(own, $0) } ?? false
      }.map { assembly.agents[$0].agent }
    }

    var nearCopyCount: Int { assembly.duplicates(of: index).count }

    var nearestCopy: NearCopy? {
      assembly.duplicates(of: index).first.map { nearest in
        NearCopy(
          assembly.agents[nearest.agent].agent, isIdentical: nearest.likeness.isIdentical,
          percent: nearest.likeness.percent, decision: decision(about: nearest.agent))
      }
    }

    /// Returns the decision about this agent and another, if one of them is kept.
    private func decision(about other: Int) -> NearCopy.Decision? {
      guard let decided = assembly.decided.first(where: { $0.agents.contains(index) && $0.agents.contains(other) }),
        let kept = decided.kept
      else { return nil }
      var merges = false
      if case .merge = decided.decision.verdict { merges = true }
      return NearCopy.Decision(merges: merges, other: kept == index ? nil : assembly.agents[kept].agent)
    }

    var approval: ApprovalStatus {
      guard let approval = checks.approvals[agent.source.key] else {
        return checks.needsApproval ? .missing : .notNeeded
      }
      if approval.isCurrent { return .current }
      return .stale(approvers: approval.approvers.map(\.name), changes: approval.changes)
    }

    var lifecycle: Lifecycle { checks.lifecycles.all[index] }
    var hasReplacement: Bool { checks.lifecycles.replacements[index] != nil }
    var today: String? { assembly.settings.today }

    func ended(_ kind: Reference.Kind, _ key: String) -> Lifecycle? { checks.ended[kind]?[key] }

    var violations: [PolicyViolation] {
      assembly.settings.companyPolicy?.violations(
        of: assembly.agents[index], owners: checks.owners[index], approval: checks.approvals[agent.source.key]) ?? []
    }

    func folded(_ name: String) -> String { Slug.fold(name) }

    func isBuiltIn(agent name: String) -> Bool {
      runtimes.all.contains { $0.brings(agent: name) }
    }
  }
}
