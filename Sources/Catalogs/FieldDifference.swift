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

  /// Returns a short phrase for the kind of difference: none, only fields, wording, or different text.
  ///
  /// - Parameter likeness: The similarity of the prompts.
  public func kind(_ likeness: Likeness) -> String {
    if likeness.isIdentical {
      switch keys {
      case []: return "identical"
      case ["name"]: return "identical but for its name"
      case let keys where keys.count <= 4:
        return "only \(keys.joined(before: "and")) \(keys.count == 1 ? "differs" : "differ")"
      default: return "the same prompt, other fields"
      }
    }
    if likeness.similarity >= 0.9 { return "wording: \(likeness.percent)% similar" }
    return likeness.similarity >= 0.5
      ? "a variant: \(likeness.percent)% similar" : "different text: \(likeness.percent)% similar"
  }

  /// The differing fields as a sentence, for identical prompts.
  public var sentence: String {
    keys.isEmpty
      ? "So are all fields." : "Only \(keys.joined(before: "and")) \(keys.count == 1 ? "differs" : "differ")."
  }
}
