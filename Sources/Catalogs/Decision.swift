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
  }

  /// The names, slugs or paths of the agents.
  public var agents: [String]
  /// What is to become of them.
  public var verdict: Verdict
  /// Why, or empty.
  public var note: String

  /// Makes a decision.
  public init(agents: [String], verdict: Verdict, note: String = "") {
    self.agents = agents
    self.verdict = verdict
    self.note = note
  }

  /// Adds it to a digest.
  func add(to digester: inout Digester) {
    digester.add(agents)
    switch verdict {
    case .keep(let agent): digester.add(["keep", agent])
    case .merge(let agent): digester.add(["merge", agent])
    case .intended: digester.add(["intended"])
    }
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
