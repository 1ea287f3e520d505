import Agents
import Catalogs
import Likenesses

/// Groups of agents that are copies of one another, so that a list needs only one row for them.
///
/// Copies have the same kind, the same reach, and identical or nearly identical prompts. So a row never represents an
/// agent that can do more than the row shows.
struct Copies: Sendable {
  /// The minimum share of common five-word runs of a copy.
  private static let least = 0.95

  /// The first copy of each agent, which may be itself.
  let heads: [Int]

  /// The properties that copies share besides their prompts.
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
    // The catalog may list only a few of many identical agents for each.
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
    // Compare nearly identical prompts with the first one itself, so that chains don't lead far away from it.
    for (index, entry) in entries.enumerated() where heads[index] == index {
      let sort = Sort(entry)
      let near = entry.alike.lazy.filter { $0.likeness.similarity >= Self.least }.map { heads[$0.agent] }
      if let head = near.first(where: { $0 < index && heads[$0] == $0 && Sort(entries[$0]) == sort }) {
        heads[index] = head
      }
    }
    self.heads = heads.map { heads[$0] }
  }

  /// Groups the agents of a list into rows, in list order.
  ///
  /// - Parameter agents: The agents, in ascending order.
  func rows(of agents: [Int]) -> FoldedRows {
    var places = [Int32](repeating: -1, count: heads.count)
    var counts: [Int32] = []
    for agent in agents {
      if places[heads[agent]] < 0 {
        places[heads[agent]] = Int32(counts.count)
        counts.append(0)
      }
      counts[Int(places[heads[agent]])] += 1
    }
    var starts: [Int32] = [0]
    starts.reserveCapacity(counts.count + 1)
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var ordered = [Int32](repeating: 0, count: agents.count)
    var next = starts
    for agent in agents {
      let row = Int(places[heads[agent]])
      ordered[Int(next[row])] = Int32(agent)
      next[row] += 1
    }
    return FoldedRows(agents: ordered, starts: starts)
  }
}

/// The rows of a list, each for one agent or for several copies. All pages of a list share them.
struct FoldedRows: Sendable {
  /// The agents, by row.
  fileprivate let agents: [Int32]
  /// The start of each row in ``agents``, and the end of the last.
  fileprivate let starts: [Int32]

  /// No rows.
  static let none = FoldedRows(agents: [], starts: [0])

  /// The number of rows.
  var count: Int { starts.count - 1 }
  /// The number of agents.
  var agentCount: Int { agents.count }

  /// Returns the agents of some rows.
  subscript(rows: Range<Int>) -> [[Int]] { rows.map { agents[Int(starts[$0])..<Int(starts[$0 + 1])].map { Int($0) } } }
}
