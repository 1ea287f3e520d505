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
  ///
  /// - Parameter items: The items, as indices in ascending order. The entries of a catalog are in the order of their
  ///   kinds, so a binary search finds where each kind ends.
  func countedByKind(_ items: [Int]) -> String {
    var counts: [String] = []
    var start = 0
    while start < items.count {
      if counts.count == 2 { return counted(items) }
      let kind = entries[items[start]].agent.kind
      var (last, end) = (start, items.count)
      while end - last > 1 {
        let middle = (last + end) / 2
        if entries[items[middle]].agent.kind == kind { last = middle } else { end = middle }
      }
      counts.append(Wording.count(end - start, kind.noun))
      start = end
    }
    return counts.isEmpty ? counted(items) : counts.joined(separator: ", ")
  }
}
