import Files

/// An agent among the others of its catalog, as rules about catalogs see it.
public protocol AgentSurroundings {
  /// The agent.
  var agent: Agent { get }
  /// The other agents of its name of which the runtime loads only one from this place.
  var rivals: [Agent] { get }
  /// The other agents of its name in folders that people install from; they can install only one.
  var alternatives: [Agent] { get }
  /// How many agents have nearly the same prompt, less those that have it on purpose.
  var nearCopyCount: Int { get }
  /// The most similar one of them.
  var nearestCopy: NearCopy? { get }
  /// What people have approved of the agent.
  var approval: ApprovalStatus { get }
  /// The lifecycle of the agent.
  var lifecycle: Lifecycle { get }
  /// Whether something that the agent names as its replacement is in the catalog.
  var hasReplacement: Bool { get }
  /// Today, as `2027-01-31`; nil where what is reported may not depend on the day.
  var today: String? { get }
  /// The lifecycle of the items of a name if all of them are deprecated or retired, else nil.
  func ended(_ kind: Reference.Kind, _ key: String) -> Lifecycle?
  /// What a policy forbids and the agent has.
  var violations: [PolicyViolation] { get }
  /// The names of all agents in the catalog, folded; empty if no agent refers to another.
  var agentNames: Set<String> { get }
  /// The names of all skills in the catalog, folded; empty if no agent refers to another.
  var skillNames: Set<String> { get }
  /// A name in the spelling that is compared.
  func folded(_ name: String) -> String
  /// Whether some runtime brings an agent of this name.
  func isBuiltIn(agent name: String) -> Bool
}

/// An agent whose prompt is nearly that of another.
public struct NearCopy {
  /// The agent.
  public let agent: Agent
  /// Whether both prompts are equal, byte for byte.
  public let isIdentical: Bool
  /// The share of common runs of five words, in percent.
  public let percent: Int
  /// What the configuration says is to become of both, or nil.
  public let decision: Decision?

  /// What is to become of an agent and its copy.
  public struct Decision {
    /// Whether the others are merged into the one that stays; otherwise they are removed.
    public let merges: Bool
    /// The agent that stays, or nil if it is the one that is checked.
    public let other: Agent?

    /// Makes a decision.
    public init(merges: Bool, other: Agent?) {
      self.merges = merges
      self.other = other
    }
  }

  /// Makes a near copy.
  public init(_ agent: Agent, isIdentical: Bool, percent: Int, decision: Decision?) {
    self.agent = agent
    self.isIdentical = isIdentical
    self.percent = percent
    self.decision = decision
  }
}

/// What people have approved of an agent.
public enum ApprovalStatus: Sendable, Hashable {
  /// Nobody has approved it, and nobody has to.
  case notNeeded
  /// Nobody has approved it, and the configuration asks for it.
  case missing
  /// It is as it was approved.
  case current
  /// It was changed since these people approved it; the changes in a few words each.
  case stale(approvers: [String], changes: [String])
}

/// Something that a policy forbids or requires.
public struct PolicyViolation: Sendable, Hashable {
  /// What kind of demand is not met.
  public enum Demand: Sendable, Hashable {
    /// A limit of what items may do.
    case reach
    /// An approval.
    case approval
  }

  /// What kind of demand it is.
  public let demand: Demand
  /// What the item has or lacks, as a clause: `it may run commands`.
  public let state: String
  /// Where the policy says so: `policy.yml:7`.
  public let place: String
  /// The policy's own words; nil if it has none.
  public let words: String?

  /// Makes one from its parts.
  public init(_ demand: Demand, state: String, place: String, words: String?) {
    self.demand = demand
    self.state = state
    self.place = place
    self.words = words
  }

  /// The violation as the message of a finding.
  public var message: String { "\(state), against \(place)\(words.map { ": \($0)" } ?? "")" }
}
