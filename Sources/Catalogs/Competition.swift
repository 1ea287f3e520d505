import Likenesses

/// Agents whose descriptions compete: what one is described by describes another nearly as well, so that either may be
/// called where the other was meant.
///
/// By the words of names and descriptions. A model that chooses an agent reads them too, and weighs them otherwise.
public struct Competition: Sendable {
  /// Two agents, of which the second answers the description of the first nearly as well as the first does.
  public struct Rivalry: Sendable, Hashable {
    /// The agent whose description is asked.
    public let agent: Int
    /// The one that answers second best.
    public let rival: Int
    /// The share that its score has of the first one's, above 0.
    public let share: Double
  }

  /// Agents that are described by the same words, each group in the catalog's order; the largest first.
  public let same: [[Int]]
  /// The others that compete, the closest first, two agents once.
  public let close: [Rivalry]

  /// From which share on two compete, and how many rivalries are told.
  private static let (least, limit) = (0.5, 200)

  /// Compares the descriptions of all agents of a catalog, in its order.
  public init(_ agents: [(name: String, description: String)]) {
    var groups: [String: [Int]] = [:]
    var order: [String] = []
    for (place, agent) in agents.enumerated() {
      let text = agent.description
      if text.utf8.allSatisfy({ $0 <= 0x20 }) { continue }
      if groups[text] == nil { order.append(text) }
      groups[text, default: []].append(place)
    }
    let described = order.compactMap { groups[$0] }
    same = described.filter { $0.count > 1 }.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
    let ranking = Ranking(
      described.map { members in
        let agent = agents[members[0]]
        return Array("\(agent.name) \(agent.description)".utf8)
      })
    var seen: Set<Candidates.Pair> = []
    close = zip(described, ranking.runnersUp()).compactMap { members, found -> Rivalry? in
      guard let found, found.score >= Self.least else { return nil }
      return Rivalry(agent: members[0], rival: described[found.place][0], share: found.score)
    }.sorted { ($1.share, $0.agent) < ($0.share, $1.agent) }.filter {
      seen.insert(.init(left: min($0.agent, $0.rival), right: max($0.agent, $0.rival))).inserted
    }.prefix(Self.limit).map(\.self)
  }
}
