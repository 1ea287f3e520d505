import Agents
import Catalogs

extension Catalog {
  /// How many items there are, named by their kind: `3 skills`, or `5 items` where they are of several.
  ///
  /// - Parameter items: the items, as indices.
  func counted(_ items: [Int]) -> String {
    let kinds = Set(items.map { entries[$0].agent.kind })
    return Wording.count(items.count, kinds.count == 1 ? kinds.first?.noun ?? "item" : "item")
  }
}
