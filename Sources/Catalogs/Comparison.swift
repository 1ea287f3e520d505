import Agents
import Likenesses

/// Several agents side by side.
public struct Comparison: Sendable {
  /// Why they stand together.
  public enum Kind: String, Sendable {
    /// They share a name.
    case variants
    /// Their prompts are nearly the same.
    case family
    /// `roster.yml` puts them together.
    case pinned
  }

  /// The part of its address.
  public let id: String
  /// The page of the name, of those that share one.
  public let address: ItemAddress?
  /// The heading.
  public let title: String
  /// Why they stand together.
  public let kind: Kind
  /// The agents, as indices into the catalog, in its order.
  public let agents: [Int]
  /// For each pair, the share of five-word runs of the prompts in common; empty where there are more agents than
  /// ``pairLimit``.
  public let similarities: [Likeness.Pair]

  /// A heading that at least one of the prompts has.
  public struct Section: Sendable, Hashable {
    /// The heading as the first of them writes it.
    public let title: String
    /// For each agent of the comparison, the fragment of its heading, or nil.
    public let ids: [String?]
  }

  /// Up to how many agents every pair is compared.
  public static let pairLimit = 40

  init(_ group: Assembly.Group, similarities: [Likeness.Pair]) {
    id = group.id
    address = group.address
    title = group.title
    kind = group.kind
    agents = group.agents
    self.similarities = similarities
  }

  /// The agent whose prompt is most like those of all others, by its place; nil where they are not held against each
  /// other.
  public var typical: Int? {
    guard !similarities.isEmpty else { return nil }
    var sums = [Double](repeating: 0, count: agents.count)
    for pair in similarities {
      sums[pair.left] += pair.likeness.similarity
      sums[pair.right] += pair.likeness.similarity
    }
    return sums.indices.max { (sums[$0], $1) < (sums[$1], $0) }
  }

  /// How alike two are, by their places; nil where they are not held against each other.
  public func likeness(_ one: Int, _ other: Int) -> Likeness? {
    let (left, right) = (min(one, other), max(one, other))
    let place = Likeness.place(of: left, right, among: agents.count)
    guard similarities.indices.contains(place), similarities[place].left == left, similarities[place].right == right
    else { return nil }
    return similarities[place].likeness
  }

  /// Agents that somebody sets side by side.
  ///
  /// - Parameters:
  ///   - agents: the agents, as indices into the catalog, in the order of their columns.
  ///   - title: the heading.
  ///   - similarities: how alike every two are, by their places.
  public init(of agents: [Int], title: String, _ similarities: [Likeness.Pair]) {
    id = "comparison"
    address = nil
    self.title = title
    kind = .pinned
    self.agents = agents
    self.similarities = similarities
  }

  /// Two agents of a catalog, side by side.
  init(_ left: Int, _ right: Int, id: String, title: String) {
    self.id = id
    address = nil
    self.title = title
    kind = .pinned
    agents = [left, right]
    similarities = []
  }

  /// What headings that mean the same have in common; numbers and signs in front do not part them.
  public static func key(of heading: String) -> String { String(Slug.fold(heading).drop { $0.isNumber || $0 == "-" }) }

  /// The headings of prompts, level 1 to 3, each once, in the order in which they come.
  ///
  /// - Parameter members: the agents of a comparison.
  public static func sections(of members: [Agent]) -> [Section] {
    var order: [String] = []
    var titles: [String: String] = [:]
    var ids: [String: [String?]] = [:]
    for (member, agent) in members.enumerated() {
      for heading in agent.outline where heading.level <= 3 {
        let key = key(of: heading.text)
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
