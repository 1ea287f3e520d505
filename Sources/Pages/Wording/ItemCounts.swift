import Agents
import Catalogs

extension Catalog {
  /// How many items there are, named by their kind: `3 skills`, or `5 items` where they are of several.
  ///
  /// - Parameter items: the items, as indices.
  func counted(_ items: [Int]) -> String {
    let kind = items.first.map { entries[$0].agent.kind }
    let isOne = kinds.count == 1 || items.allSatisfy { entries[$0].agent.kind == kind }
    return Wording.count(items.count, isOne ? kind?.noun ?? "item" : "item")
  }
}
