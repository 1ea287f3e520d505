import Agents
import Catalogs
import Likenesses

/// Which agents are copies of one another, so that a list needs one row for all of them.
///
/// Copies are of one kind, may do the same, and have the same prompt or nearly the same: a row never stands for an agent
/// that may do more than it shows.
struct Copies: Sendable {
  /// From which share of five-word runs in common on a prompt is a copy.
  private static let least = 0.95

  /// For each agent the first of its copies, itself included.
  let heads: [Int]

  /// What copies have in common beside their prompts.
  private struct Sort: Hashable {
    let kind: ItemKind
    let reach: Reach.Drawing

    init(_ entry: Catalog.Entry) {
      kind = entry.agent.kind
      reach = entry.reach.drawing
    }
  }

  /// Finds the copies in a catalog, in two passes over its near-duplicates.
  init(_ catalog: Catalog) {
    let entries = catalog.entries
    var heads = Array(entries.indices)
    // Of many that are the same, the catalog may know each beside a few others only.
    var same = Families(count: entries.count)
    for (index, entry) in entries.enumerated() {
      for alike in entry.alike where alike.agent < index && alike.likeness.isIdentical { same.join(index, alike.agent) }
    }
    for family in same.all {
      var firsts: [Sort: Int] = [:]
      for member in family {
        let sort = Sort(entries[member])
        heads[member] = firsts[sort] ?? member
        if firsts[sort] == nil { firsts[sort] = member }
      }
    }
    // Those that are nearly the same are held against the first itself, so that no chain leads far from it.
    for (index, entry) in entries.enumerated() where heads[index] == index {
      let sort = Sort(entry)
      let near = entry.alike.lazy.filter { $0.likeness.similarity >= Self.least }.map { heads[$0.agent] }
      if let head = near.first(where: { $0 < index && heads[$0] == $0 && Sort(entries[$0]) == sort }) {
        heads[index] = head
      }
    }
    self.heads = heads.map { heads[$0] }
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
