import Files

/// What was decided about agents that are alike, as `roster.yml` records it.
public struct Decision: Sendable, Hashable {
  /// What is to become of them.
  public enum Verdict: Sendable, Hashable {
    /// One is kept, and the others go.
    case keep(String)
    /// What the others have is put into one.
    case merge(into: String)
    /// They are alike on purpose, and all stay.
    case intended

    /// What it is called in data.
    public var name: String {
      switch self {
      case .keep: "keep"
      case .merge: "merge"
      case .intended: "intended"
      }
    }

    /// The one that is kept, or that the others are put into, as it is named; nil where all stay.
    public var kept: String? {
      switch self {
      case .keep(let agent), .merge(into: let agent): agent
      case .intended: nil
      }
    }
  }

  /// The names, slugs or paths of the agents.
  public var agents: [String]
  /// What is to become of them.
  public var verdict: Verdict
  /// Why, or empty.
  public var note: String

  /// Every agent that is named.
  var names: [String] { agents + [verdict.kept].compactMap(\.self) }

  /// Makes a decision.
  public init(agents: [String], verdict: Verdict, note: String = "") {
    self.agents = agents
    self.verdict = verdict
    self.note = note
  }

  /// Adds it to a digest.
  func add(to digester: inout Digester) {
    digester.add(agents)
    digester.add(verdict.name)
    digester.add(verdict.kept)
    digester.add(note)
  }
}

/// A decision with the agents that it is about.
public struct Decided: Sendable {
  /// The decision.
  public let decision: Decision
  /// The agents, as indices into the catalog, in its order.
  public let agents: [Int]
  /// The one that is kept, or that the others are put into; nil where all stay, or where there is none of that name.
  public let kept: Int?

  /// Whether two agents are alike on purpose.
  func allows(_ one: Int, _ other: Int) -> Bool {
    decision.verdict == .intended && agents.contains(one) && agents.contains(other)
  }
}
