/// A property of a program whose meaning is not read, such as `shell`.
struct Property: Sendable, Hashable {
  let key: String
  let value: String
  let line: Int

  init(_ member: SettingsNode.Member) {
    key = member.key
    value = member.node.scalar ?? member.node.identity
    line = member.line
  }

  /// Returns whether another property has the same key and value.
  func isSame(as other: Property) -> Bool { key == other.key && value == other.value }

  /// Returns the differences between two lists of properties, one phrase each.
  static func differences(_ old: [Property], _ new: [Property]) -> [Sentence] {
    let changed = new.compactMap { property -> Sentence? in
      guard let before = old.last(where: { $0.key == property.key }) else {
        return "\(quoted: property.key) was set to \(quoted: property.value)"
      }
      return before.value == property.value
        ? nil
        : "\(quoted: property.key) changed from \(quoted: before.value) to \(quoted: property.value)"
    }
    let removed = old.filter { property in !new.contains { $0.key == property.key } }.map { property -> Sentence in
      "\(quoted: property.key), which was \(quoted: property.value), was removed"
    }
    return changed + removed
  }

  /// A key that is equal for equal properties, regardless of their order.
  static func identity(_ properties: [Property]) -> String {
    properties.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "\n")
  }
}
