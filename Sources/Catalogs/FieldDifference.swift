import Agents
import Likenesses
import Text

/// The fields in which two agents differ.
public struct FieldDifference: Sendable, Hashable {
  /// The keys that only one agent has or whose values differ: those of the first in order, then those of the second.
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

  /// Returns a short phrase for the difference: `identical`, `only model differs`, `97% similar`.
  ///
  /// - Parameter likeness: The similarity of the prompts.
  public func kind(_ likeness: Likeness) -> String {
    guard likeness.isIdentical else { return "\(likeness.percent)% similar" }
    return switch keys {
    case []: "identical"
    case let keys where keys.count <= 4:
      "only \(keys.joined(before: "and")) \(keys.count == 1 ? "differs" : "differ")"
    default: "same prompt, other fields"
    }
  }
}
