import Likenesses

/// Agents with competing descriptions: the description of one matches another nearly as well, so the wrong one may be
/// called.
///
/// The comparison uses the words of names and descriptions. A model reads the same words when it chooses an agent, but
/// weighs them differently.
public struct Competition: Sendable {
  /// Two agents: the second matches the description of the first nearly as well as the first does.
  public struct Rivalry: Sendable, Hashable {
    /// The agent whose description is the query.
    public let agent: Int
    /// The runner-up.
    public let rival: Int
    /// The score of the runner-up relative to the best, above 0.
    public let share: Double
  }

  /// Groups of agents with identical descriptions, each in catalog order, the largest group first.
  public let same: [[Int]]
  /// The other competing pairs, the closest first, each pair once.
  public let close: [Rivalry]

  /// The minimum relative score, and the maximum number of pairs.
  private static let (least, limit) = (0.5, 200)

  /// Compares the descriptions of all agents of a catalog, given in catalog order.
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
