import Agents

/// Several agents side by side.
public struct Comparison: Sendable {
  /// Why they stand together.
  public enum Kind: String, Sendable {
    /// They share a name.
    case variants
    /// `roster.yml` puts them together.
    case pinned
  }

  /// The part of its address.
  public let id: String
  /// The heading.
  public let title: String
  /// Why they stand together.
  public let kind: Kind
  /// The agents, as indices into the catalog, in its order.
  public let agents: [Int]
  /// For each pair, the share of five-word runs of the prompts in common; empty where there are more agents than ``pairLimit``.
  public let similarities: [Pair]
  /// The headings of the prompts, and which agent has which.
  public let sections: [Section]

  /// Two agents of a comparison.
  public struct Pair: Sendable, Hashable {
    /// Their places among the agents of the comparison.
    public let left: Int
    /// Their places among the agents of the comparison.
    public let right: Int
    /// The share in common, 0 to 1.
    public let similarity: Double
    /// Whether the prompts are the same, byte for byte.
    public let isIdentical: Bool
  }

  /// A heading that at least one of the prompts has.
  public struct Section: Sendable, Hashable {
    /// The heading as the first of them writes it.
    public let title: String
    /// For each agent of the comparison, the fragment of its heading, or nil.
    public let ids: [String?]
  }

  /// Up to how many agents every pair is compared.
  public static let pairLimit = 40

  init(id: String, title: String, kind: Kind, agents: [Int], in all: [Agent]) {
    self.id = id
    self.title = title
    self.kind = kind
    self.agents = agents
    let members = agents.map { all[$0] }
    similarities = members.count > Self.pairLimit ? [] : Self.pairs(members)
    sections = Self.sections(members)
  }

  private static func pairs(_ members: [Agent]) -> [Pair] {
    let shingles = members.map { Shingles($0.prompt) }
    var pairs: [Pair] = []
    for left in members.indices {
      for right in members.indices where right > left {
        pairs.append(
          Pair(
            left: left, right: right, similarity: shingles[left].similarity(to: shingles[right]),
            isIdentical: members[left].prompt.elementsEqual(members[right].prompt)))
      }
    }
    return pairs
  }

  /// The union of the headings, in the order in which they come, level 1 to 3; numbers and signs in front do not part them.
  private static func sections(_ members: [Agent]) -> [Section] {
    var order: [String] = []
    var titles: [String: String] = [:]
    var ids: [String: [String?]] = [:]
    for (member, agent) in members.enumerated() {
      for heading in agent.body.outline where heading.level <= 3 {
        let key = String(Slug.fold(heading.text).drop { $0.isNumber || $0 == "-" })
        guard !key.isEmpty else { continue }
        if titles[key] == nil {
          titles[key] = heading.text
          order.append(key)
        }
        if ids[key, default: Array(repeating: nil, count: members.count)][member] == nil {
          ids[key, default: Array(repeating: nil, count: members.count)][member] = heading.id
        }
      }
    }
    return order.map { Section(title: titles[$0] ?? $0, ids: ids[$0] ?? []) }
  }
}
