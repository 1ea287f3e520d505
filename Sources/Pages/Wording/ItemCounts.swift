import Agents
import Catalogs

extension Catalog {
  /// Returns the number of items with a noun: `3 skills`, or `5 items` for mixed kinds.
  ///
  /// - Parameter items: The items, as indices.
  func counted(_ items: [Int]) -> String {
    let kind = items.first.map { entries[$0].agent.kind }
    let isOne = kinds.count == 1 || items.allSatisfy { entries[$0].agent.kind == kind }
    return Wording.count(items.count, isOne ? kind?.noun ?? "item" : "item")
  }

  /// Returns the number of items of each kind: `410 agents, 2 skills`, or `5 items` for more than two kinds.
  func countedByKind(_ items: [Int]) -> String {
    var counts: [(kind: ItemKind, count: Int)] = []
    // Items are in the order of their kinds.
    for item in items {
      let kind = entries[item].agent.kind
      if counts.last?.kind == kind { counts[counts.count - 1].count += 1 } else { counts.append((kind, 1)) }
    }
    if counts.isEmpty || counts.count > 2 { return counted(items) }
    return counts.map { Wording.count($1, $0.noun) }.joined(separator: ", ")
  }
}
