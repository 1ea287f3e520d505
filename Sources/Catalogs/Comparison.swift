import Agents
import Likenesses

/// A comparison of several agents.
public struct Comparison: Sendable {
  /// The reason for a comparison.
  public enum Kind: String, Sendable {
    /// They share a name.
    case variants
    /// They are near-duplicates.
    case family
    /// They are grouped in `roster.yml` or by the user.
    case pinned
  }

  /// The part of the address that identifies it.
  public let id: String
  /// The page of the shared name; nil for other kinds.
  public let address: ItemAddress?
  /// The heading.
  public let title: String
  /// The reason for the comparison.
  public let kind: Kind
  /// The agents, as indices into the catalog, in catalog order.
  public let agents: [Int]
  /// For each pair, the share of common five-word runs of the prompts; empty if there are more than ``pairLimit``
  /// agents.
  public let similarities: [Likeness.Pair]

  /// A heading that occurs in at least one prompt.
  public struct Section: Sendable, Hashable {
    /// The heading as written in the first prompt that has it.
    public let title: String
    /// For each agent of the comparison, the fragment of its heading, or nil.
    public let ids: [String?]
  }

  /// The maximum number of agents for which all pairs are compared.
  public static let pairLimit = 40

  init(_ group: Assembly.Group, similarities: [Likeness.Pair]) {
    id = group.id
    address = group.address
    title = group.title
    kind = group.kind
    agents = group.agents
    self.similarities = similarities
  }

  /// The index of the agent whose prompt is most similar to all others; nil if the pairs aren't compared.
  public var typical: Int? {
    guard !similarities.isEmpty else { return nil }
    var sums = [Double](repeating: 0, count: agents.count)
    for pair in similarities {
      sums[pair.left] += pair.likeness.similarity
      sums[pair.right] += pair.likeness.similarity
    }
    return sums.indices.max { (sums[$0], $1) < (sums[$1], $0) }
  }

  /// Returns the similarity of two agents, given their indices; nil if they aren't compared.
  public func likeness(_ one: Int, _ other: Int) -> Likeness? {
    let (left, right) = (min(one, other), max(one, other))
    let place = Likeness.place(of: left, right, among: agents.count)
    guard similarities.indices.contains(place), similarities[place].left == left, similarities[place].right == right
    else { return nil }
    return similarities[place].likeness
  }

  /// Creates a comparison of agents that the user selected.
  ///
  /// - Parameters:
  ///   - agents: The agents, as indices into the catalog, in column order.
  ///   - title: The heading.
  ///   - similarities: The similarities of all pairs, by their indices in `agents`.
  public init(of agents: [Int], title: String, _ similarities: [Likeness.Pair]) {
    id = "comparison"
    address = nil
    self.title = title
    kind = .pinned
    self.agents = agents
    self.similarities = similarities
  }

  /// Creates a comparison of two agents of a catalog.
  init(_ left: Int, _ right: Int, id: String, title: String) {
    self.id = id
    address = nil
    self.title = title
    kind = .pinned
    agents = [left, right]
    similarities = []
  }

  /// Returns a key that is equal for equivalent headings; it ignores leading numbers and symbols.
  public static func key(of heading: String) -> String { String(Slug.fold(heading).drop { $0.isNumber || $0 == "-" }) }

  /// Returns the headings of prompts, levels 1 to 3, each once, in order of first occurrence.
  ///
  /// - Parameter members: The agents of a comparison.
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
