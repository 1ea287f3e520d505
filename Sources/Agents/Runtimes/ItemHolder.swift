/// A top-level list or map of a file whose members are items.
public struct ItemHolder: Sendable, Hashable {
  /// The key of the list or map.
  public let key: String
  /// The field that names an item of a list; nil for a map, whose keys are the names.
  let nameField: String?
  /// The kind of the items if it differs from the kind of the place.
  let kind: ItemKind?
  /// The effect on the other items of the file if the runtime rejects one of them, or nil.
  let oneRefused: Effect?
  /// The effect on an item if another item of the list or map has the same name.
  let repeated: Effect?
  /// The effect on a file without this list or map; nil if it is optional.
  let missing: Effect?
}
