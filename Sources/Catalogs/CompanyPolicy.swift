import Agents
import Files
import Text

/// What a company demands of items in every repository. It comes from the command line, so a repository can be stricter
/// and never looser.
public struct CompanyPolicy: Sendable, Equatable {
  /// Which items a demand is about. Every part that is given must fit.
  public struct Scope: Sendable, Equatable {
    /// The paths of the files; empty for all.
    public var paths: [Glob] = []
    /// The owners, as ``Catalog/Entry/owners`` has them; empty for all.
    public var owners: [String] = []
    /// The kinds; empty for all.
    public var kinds: Set<ItemKind> = []

    /// Makes a scope of everything.
    public init() {}

    func add(to digester: inout Digester) {
      digester.add(paths.map(\.pattern))
      digester.add(owners)
      digester.add(kinds.map(\.rawValue).sorted())
    }

    func contains(_ agent: Agent, _ owners: [String]) -> Bool {
      if !kinds.isEmpty, !kinds.contains(agent.kind) { return false }
      if !self.owners.isEmpty, !owners.contains(where: { owner in self.owners.contains { Owner.same($0, owner) } }) {
        return false
      }
      if paths.isEmpty { return true }
      guard let path = RelativePath(agent.source.publishedPath) else { return false }
      return paths.contains { $0.matches(path) }
    }
  }

  /// Something that an item may be denied.
  public enum Denial: String, Sendable, CaseIterable {
    case read, edit, run, web, delegate, other
    /// To inherit every tool of the session.
    case inherit
    /// Commands that run by themselves: hooks, and those in prompts.
    case automatic
    /// Not to be asked for permission.
    case bypass

    /// What an item does against it, as a clause; nil if it does not.
    func state(of reach: Reach) -> String? {
      func may(_ ability: Reach.Ability, _ what: String) -> String? { reach[ability] == .none ? nil : "it may \(what)" }
      return switch self {
      case .read: may(.read, "read files")
      case .edit: may(.edit, "edit files")
      case .run: may(.run, "run commands")
      case .web: may(.web, "use the web")
      case .delegate: may(.delegate, "start other agents")
      case .other: reach[.other] == .none ? nil : "it has unrecognized tools"
      case .inherit: reach.isInherited ? "it inherits every tool of the session" : nil
      case .automatic: reach.automaticCommands.isEmpty ? nil : "it runs commands automatically"
      case .bypass: reach.bypassesPermissions ? "it never asks for permission" : nil
      }
    }
  }

  /// A limit of what items may do.
  public struct Limit: Sendable, Equatable {
    /// The items.
    public let scope: Scope
    /// What they may not do.
    public let denied: [Denial]
    /// Why, in the policy's words; nil if it does not say.
    public let reason: String?
    /// The line of the policy.
    public let line: Int

    /// Makes a limit.
    public init(_ scope: Scope, denied: [Denial], reason: String?, line: Int) {
      self.scope = scope
      self.denied = denied
      self.reason = reason
      self.line = line
    }
  }

  /// Items that somebody must have approved.
  public struct Approval: Sendable, Equatable {
    /// The items.
    public let scope: Scope
    /// Why, in the policy's words; nil if it does not say.
    public let reason: String?
    /// The line of the policy.
    public let line: Int

    /// Makes a demand for approvals.
    public init(_ scope: Scope, reason: String?, line: Int) {
      self.scope = scope
      self.reason = reason
      self.line = line
    }
  }

  /// What the policy is called in messages.
  public let name: String
  /// How much findings of rules matter at least.
  public let rules: [String: Finding.Severity]
  /// What items may not do.
  public let limits: [Limit]
  /// What must be approved.
  public let approvals: [Approval]

  /// Makes a policy.
  public init(name: String, rules: [String: Finding.Severity], limits: [Limit], approvals: [Approval]) {
    self.name = name
    self.rules = rules
    self.limits = limits
    self.approvals = approvals
  }

  /// The rules that no repository turns off, with how much their findings matter at least.
  public var floors: [String: Finding.Severity] {
    rules.merging([PolicyReach.rule.id: .error, PolicyApproval.rule.id: .error]) { $1 }
  }

  /// What an item has or lacks against the policy.
  func violations(of record: AgentRecord, owners: [String], approval: Catalogs.Approval?) -> [PolicyViolation] {
    let reach = limits.filter { $0.scope.contains(record.agent, owners) }.flatMap { limit in
      limit.denied.compactMap { $0.state(of: record.reach) }.map {
        PolicyViolation(.reach, state: $0, place: "\(name):\(limit.line)", words: limit.reason)
      }
    }
    guard !(approval?.isCurrent ?? false),
      let demand = approvals.first(where: { $0.scope.contains(record.agent, owners) })
    else { return reach }
    let state = approval == nil ? "it is not approved" : "it changed since it was approved"
    return reach + [PolicyViolation(.approval, state: state, place: "\(name):\(demand.line)", words: demand.reason)]
  }

  func add(to digester: inout Digester) {
    digester.add(name)
    digester.add(limits.count)
    for limit in limits {
      limit.scope.add(to: &digester)
      digester.add(limit.denied.map(\.rawValue) + [limit.reason ?? "", String(limit.line)])
    }
    digester.add(approvals.count)
    for approval in approvals {
      approval.scope.add(to: &digester)
      digester.add([approval.reason ?? "", String(approval.line)])
    }
  }
}
