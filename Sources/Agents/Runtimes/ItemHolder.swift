/// A list or a map at the top level of a file, whose members are items.
public struct ItemHolder: Sendable, Hashable {
  /// The key that has it.
  public let key: String
  /// The field that names an item of a list; nil of a map, whose keys do.
  let nameField: String?
  /// What the items are for, where that is not what the place says.
  let kind: ItemKind?
  /// What becomes of every item of the file where the runtime refuses one of them, or nil.
  let oneRefused: Effect?
  /// What becomes of an item whose name another one has in the same list or map.
  let repeated: Effect?
  /// What becomes of a file that has no such list or map, or nil where that is fine.
  let missing: Effect?
}
