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
}
