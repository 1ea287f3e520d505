import Agents

/// In which fields two agents differ.
public struct FieldDifference: Sendable, Hashable {
  /// The keys that only one has, or whose values differ, in the order of the first, then the second.
  public let keys: [String]

  /// Compares the fields of two agents.
  public init(_ left: Agent, _ right: Agent) {
    var keys: [String] = []
    for field in left.fields + right.fields where !keys.contains(field.key) {
      if left.value(field.key) != right.value(field.key) { keys.append(field.key) }
    }
    self.keys = keys
  }

  /// The same in a sentence.
  public var sentence: String {
    guard let last = keys.last else { return "So are all fields." }
    if keys.count == 1 { return "Only \(last) differs." }
    return "Only \(keys.dropLast().joined(separator: ", ")) and \(last) differ."
  }
}
