import Agents

/// In which fields two agents differ.
public struct FieldDifference: Sendable, Hashable {
  /// The keys that only one has, or whose values differ, in the order of the first, then the second.
  public let keys: [String]

  /// Compares the fields of two agents.
  public init(_ left: Agent, _ right: Agent) {
    func values(_ agent: Agent) -> [String: FieldValue] {
      Dictionary(
        agent.fields.filter { !$0.value.isEmpty }.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    let (first, second) = (values(left), values(right))
    var seen: Set<String> = []
    keys = (left.fields + right.fields).map(\.key).filter { seen.insert($0).inserted && first[$0] != second[$0] }
  }

  /// The same in a sentence.
  public var sentence: String {
    guard let last = keys.last else { return "So are all fields." }
    if keys.count == 1 { return "Only \(last) differs." }
    return "Only \(keys.dropLast().joined(separator: ", ")) and \(last) differ."
  }
}
