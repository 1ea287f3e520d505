import Files

/// A decision about similar agents, recorded in `roster.yml`.
public struct Decision: Sendable, Hashable {
  /// The outcome of a decision.
  public enum Verdict: Sendable, Hashable {
    /// Keep one, and remove the others.
    case keep(String)
    /// Merge the others into one.
    case merge(into: String)
    /// The similarity is intended, and all stay.
    case intended

    /// The name in data files.
    public var name: String {
      switch self {
      case .keep: "keep"
      case .merge: "merge"
      case .intended: "intended"
      }
    }

    /// The agent that is kept or merged into, as written; nil if all stay.
    public var kept: String? {
      switch self {
      case .keep(let agent), .merge(into: let agent): agent
      case .intended: nil
      }
    }
  }

  /// The names, slugs or paths of the agents.
  public var agents: [String]
  /// The outcome.
  public var verdict: Verdict
  /// The reason, or empty.
  public var note: String

  /// All names in the decision.
  var names: [String] { agents + [verdict.kept].compactMap(\.self) }

  /// Creates a decision.
  public init(agents: [String], verdict: Verdict, note: String = "") {
    self.agents = agents
    self.verdict = verdict
    self.note = note
  }

  /// Adds the decision to a digest.
  func add(to digester: inout Digester) {
    digester.add(agents)
    digester.add(verdict.name)
    digester.add(verdict.kept)
    digester.add(note)
  }
}

/// A decision with the agents that match its names.
public struct Decided: Sendable {
  /// The decision.
  public let decision: Decision
  /// The agents, as indices into the catalog, in catalog order.
  public let agents: [Int]
  /// The agent that is kept or merged into; nil if all stay, or if no agent has that name.
  public let kept: Int?

  /// Returns whether the similarity of two agents is intended.
  func allows(_ one: Int, _ other: Int) -> Bool {
    decision.verdict == .intended && agents.contains(one) && agents.contains(other)
  }
}
