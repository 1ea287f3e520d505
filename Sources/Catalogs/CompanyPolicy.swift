import Agents
import Files
import Text

/// A company's requirements for items in every repository.
///
/// It comes from the command line, so a repository can only make it stricter.
public struct CompanyPolicy: Sendable, Equatable {
  /// The items that a requirement covers. They must match every part that is given.
  public struct Scope: Sendable, Equatable {
    /// The paths of the files; empty for all.
    public var paths: [Glob] = []
    /// The owners, as in ``Catalog/Entry/owners``; empty for all.
    public var owners: [String] = []
    /// The kinds; empty for all.
    public var kinds: Set<ItemKind> = []

    /// Creates a scope that covers everything.
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

  /// A capability that can be denied to items.
  public enum Denial: String, Sendable, CaseIterable {
    case read, edit, run, web, delegate, other
    /// Inheriting all tools of the session.
    case inherit
    /// Commands that run automatically, from hooks and prompts.
    case automatic
    /// Bypassing permission checks.
    case bypass

    /// Returns a clause about the violation; nil if there is none.
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

  /// A limit on capabilities.
  public struct Limit: Sendable, Equatable {
    /// The items that it covers.
    public let scope: Scope
    /// The denied capabilities.
    public let denied: [Denial]
    /// The reason as given in the policy, or nil.
    public let reason: String?
    /// The line in the policy.
    public let line: Int

    /// Creates a limit.
    public init(_ scope: Scope, denied: [Denial], reason: String?, line: Int) {
      self.scope = scope
      self.denied = denied
      self.reason = reason
      self.line = line
    }
  }

  /// A requirement that items are approved.
  public struct Approval: Sendable, Equatable {
    /// The items that it covers.
    public let scope: Scope
    /// The reason as given in the policy, or nil.
    public let reason: String?
    /// The line in the policy.
    public let line: Int

    /// Creates an approval requirement.
    public init(_ scope: Scope, reason: String?, line: Int) {
      self.scope = scope
      self.reason = reason
      self.line = line
    }
  }

  /// The name of the policy in messages.
  public let name: String
  /// The minimum severities of rules.
  public let rules: [String: Finding.Severity]
  /// The limits on capabilities.
  public let limits: [Limit]
  /// The approval requirements.
  public let approvals: [Approval]

  /// Creates a policy.
  public init(name: String, rules: [String: Finding.Severity], limits: [Limit], approvals: [Approval]) {
    self.name = name
    self.rules = rules
    self.limits = limits
    self.approvals = approvals
  }

  /// The rules that no repository can turn off, with their minimum severities.
  public var floors: [String: Finding.Severity] {
    rules.merging([PolicyReach.rule.id: .error, PolicyApproval.rule.id: .error]) { $1 }
  }

  /// Returns the policy violations of an item.
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
