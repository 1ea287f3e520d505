import Catalogs

/// Which agents are copies of one another, so that a list needs one row for all of them.
///
/// Copies are of one kind, may do the same, and have the same prompt or nearly the same: a row never stands for an agent
/// that may do more than it shows.
struct Copies: Sendable {
  /// From which share of five-word runs in common on a prompt is a copy.
  private static let least = 0.95

  /// For each agent the first of its copies, itself included.
  let heads: [Int]

  /// Finds the copies in a catalog, in one pass over its near-duplicates.
  init(_ catalog: Catalog) {
    var heads = Array(catalog.entries.indices)
    for (index, entry) in catalog.entries.enumerated() {
      for alike in entry.alike where alike.agent < index && alike.likeness.similarity >= Self.least {
        let other = catalog.entries[alike.agent]
        guard heads[alike.agent] == alike.agent, other.agent.kind == entry.agent.kind,
          other.reach.drawing == entry.reach.drawing
        else { continue }
        heads[index] = alike.agent
        break
      }
    }
    self.heads = heads
  }

  /// The agents of a list in the groups that are a row each, in the order of the list.
  ///
  /// - Parameter agents: the agents, in ascending order.
  func folded(_ agents: [Int]) -> [[Int]] {
    var places = [Int32](repeating: -1, count: heads.count)
    var groups: [[Int]] = []
    groups.reserveCapacity(agents.count)
    for agent in agents {
      let place = Int(places[heads[agent]])
      if place >= 0 {
        groups[place].append(agent)
      } else {
        places[heads[agent]] = Int32(groups.count)
        groups.append([agent])
      }
    }
    return groups
  }

  /// How many rows a list has.
  func rows(of agents: [Int]) -> Int {
    var isSeen = [Bool](repeating: false, count: heads.count)
    var count = 0
    for agent in agents where !isSeen[heads[agent]] {
      isSeen[heads[agent]] = true
      count += 1
    }
    return count
  }
}
