import Files

/// An agent and the facts about its catalog that rules need.
public protocol AgentSurroundings {
  /// The agent.
  var agent: Agent { get }
  /// The other agents with the same name in the same place. The runtime loads only one of them.
  var rivals: [Agent] { get }
  /// The other agents with the same name in folders for installation. Users can install only one of them.
  var alternatives: [Agent] { get }
  /// The number of agents with nearly the same prompt, without intentional copies.
  var nearCopyCount: Int { get }
  /// The most similar of these agents.
  var nearestCopy: NearCopy? { get }
  /// The approval status of the agent.
  var approval: ApprovalStatus { get }
  /// The lifecycle of the agent.
  var lifecycle: Lifecycle { get }
  /// Whether the catalog contains the agent's stated replacement.
  var hasReplacement: Bool { get }
  /// The current date, such as `2027-01-31`; nil if the findings must not depend on it.
  var today: String? { get }
  /// Returns the lifecycle of the items with a name if all of them are deprecated or retired, otherwise nil.
  func ended(_ kind: Reference.Kind, _ key: String) -> Lifecycle?
  /// The agent's violations of the policy.
  var violations: [PolicyViolation] { get }
  /// The names of all agents in the catalog, normalized; empty if no agent refers to another.
  var agentNames: Set<String> { get }
  /// The names of all skills in the catalog, normalized; empty if no agent refers to another.
  var skillNames: Set<String> { get }
  /// Returns a name in normalized form for comparison.
  func folded(_ name: String) -> String
  /// Returns whether any runtime has a built-in agent with this name.
  func isBuiltIn(agent name: String) -> Bool
}

/// An agent with nearly the same prompt.
public struct NearCopy {
  /// The agent.
  public let agent: Agent
  /// Whether both prompts are equal, byte for byte.
  public let isIdentical: Bool
  /// The share of common runs of five words, in percent.
  public let percent: Int
  /// The decision about both agents in the configuration, or nil.
  public let decision: Decision?

  /// A decision about an agent and its copy.
  public struct Decision {
    /// Whether the other agents are merged into the remaining one. If not, they are removed.
    public let merges: Bool
    /// The agent that remains, or nil if it is the checked agent.
    public let other: Agent?

    /// Creates a decision.
    public init(merges: Bool, other: Agent?) {
      self.merges = merges
      self.other = other
    }
  }

  /// Creates a near copy.
  public init(_ agent: Agent, isIdentical: Bool, percent: Int, decision: Decision?) {
    self.agent = agent
    self.isIdentical = isIdentical
    self.percent = percent
    self.decision = decision
  }
}

/// The approval status of an agent.
public enum ApprovalStatus: Sendable, Hashable {
  /// Not approved, and approval is not required.
  case notNeeded
  /// Not approved, although the configuration requires it.
  case missing
  /// Unchanged since it was approved.
  case current
  /// Changed since it was approved, with the approvers and short descriptions of the changes.
  case stale(approvers: [String], changes: [String])
}

/// A violation of a policy.
public struct PolicyViolation: Sendable, Hashable {
  /// The kind of policy requirement.
  public enum Demand: Sendable, Hashable {
    /// A limit on access.
    case reach
    /// A required approval.
    case approval
  }

  /// The kind of requirement.
  public let demand: Demand
  /// The violation, as a clause: `it may run commands`.
  public let state: String
  /// The location of the requirement: `policy.yml:7`.
  public let place: String
  /// The policy's own message; nil if it has none.
  public let words: String?

  /// Creates a violation.
  public init(_ demand: Demand, state: String, place: String, words: String?) {
    self.demand = demand
    self.state = state
    self.place = place
    self.words = words
  }

  /// The message of the finding.
  public var message: String { "\(state), against \(place)\(words.map { ": \($0)" } ?? "")" }
}
