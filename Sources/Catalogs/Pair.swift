import Agents
import Differences
import Likenesses
import Text

/// Two agents with a comparison page of their own. Small groups have one for every pair, larger groups only for the
/// most similar pairs. The browser draws all other comparisons.
public struct Pair: Sendable {
  /// The first agent, as an index into the catalog.
  public let left: Int
  /// The second agent, which comes later in the catalog.
  public let right: Int
  /// The similarity of the prompts.
  public let likeness: Likeness
  /// The part of the address that identifies it.
  public let id: String
  /// The comparison of the two.
  public let comparison: Comparison

  /// Two agents that had a page in earlier versions. Its address redirects.
  public struct Former: Sendable, Hashable {
    /// The part of the address that identifies it.
    public let id: String
    /// The first agent, as an index into the catalog.
    public let left: Int
    /// The second agent.
    public let right: Int
    /// The comparison that contains both, as an index into the comparisons.
    public let comparison: Int
  }

  /// The maximum size of a group in which every pair has a page. In larger groups, each agent has a page with the most
  /// similar one.
  static let groupLimit = 4
  /// The limit in earlier versions.
  private static let formerGroupLimit = 12
  /// The minimum share of common runs for a page in a larger group. A line-by-line comparison of less similar prompts
  /// is useless.
  private static let leastShare = 0.2

  /// Returns the pairs of comparisons in order, each once, and those of earlier versions.
  static func all(
    of comparisons: [Comparison], _ entries: [Catalog.Entry]
  ) -> (pairs: [Pair], former: [Former]) {
    var seen: Set<Candidates.Pair> = []
    var used = Set(comparisons.map(\.id) + ["index"])
    var pairs: [Pair] = []
    var former: [Former] = []
    for (place, comparison) in comparisons.enumerated() {
      let wanted = Set(
        chosen(of: comparison, upTo: groupLimit, entries).filter { isTelling($0.likeness, in: comparison) })
      for pair in chosen(of: comparison, upTo: formerGroupLimit, entries) {
        let (left, right) = (comparison.agents[pair.left], comparison.agents[pair.right])
        guard seen.insert(.init(left: left, right: right)).inserted else { continue }
        var id = "\(entries[left].slug)-vs-\(entries[right].slug)"
        while !used.insert(id).inserted { id += "-2" }
        guard wanted.contains(pair) else {
          former.append(Former(id: id, left: left, right: right, comparison: place))
          continue
        }
        let names = [left, right].map { entries[$0].agent.name }
        let title =
          names[0] == names[1]
          ? "\(names[0]): \([left, right].map { entries[$0].qualifier ?? entries[$0].slug }.joined(separator: " and "))"
          : "\(names[0]) and \(names[1])"
        pairs.append(
          Pair(
            left: left, right: right, likeness: pair.likeness, id: id,
            comparison: Comparison(left, right, id: id, title: title)))
      }
    }
    return (pairs, former)
  }

  /// Returns whether a page of two prompts adds anything to the page of their group.
  private static func isTelling(_ likeness: Likeness, in comparison: Comparison) -> Bool {
    !likeness.isIdentical && (comparison.agents.count <= groupLimit || likeness.similarity >= leastShare)
  }

  private static func chosen(
    of comparison: Comparison, upTo limit: Int, _ entries: [Catalog.Entry]
  ) -> [Likeness.Pair] {
    if comparison.similarities.isEmpty { return likest(of: comparison, entries) }
    if comparison.agents.count <= limit { return comparison.similarities }
    var best: [Int: Int] = [:]
    for (place, pair) in comparison.similarities.enumerated() {
      for agent in [pair.left, pair.right] {
        let share = best[agent].map { comparison.similarities[$0].likeness.similarity } ?? -1
        if pair.likeness.similarity > share { best[agent] = place }
      }
    }
    return Set(best.values).sorted().map { comparison.similarities[$0] }
  }

  /// Returns each agent of a group with the most similar one, for groups in which not all pairs were compared.
  private static func likest(of comparison: Comparison, _ entries: [Catalog.Entry]) -> [Likeness.Pair] {
    var places: [Int: Int] = [:]
    for (place, agent) in comparison.agents.enumerated() { places[agent] = place }
    var seen: Set<Candidates.Pair> = []
    return comparison.agents.enumerated().compactMap { place, agent in
      guard let best = entries[agent].alike.first(where: { places[$0.agent] != nil }), let other = places[best.agent],
        seen.insert(.init(left: min(place, other), right: max(place, other))).inserted
      else { return nil }
      return Likeness.Pair(left: min(place, other), right: max(place, other), likeness: best.likeness)
    }.sorted { ($0.left, $0.right) < ($1.left, $1.right) }
  }
}

extension Catalog.Entry {
  /// The qualifier that distinguishes it from items of the same name; nil if the name is unique.
  public var qualifier: String? { slug.utf8.firstPlace(of: "--").map { String(slug[$0.upperBound...]) } }
}

extension Agent {
  /// Returns the sections of the prompt.
  ///
  /// - Parameter bytes: The content of the file.
  public func sections(of bytes: [UInt8]) -> [Section] {
    let prompt = prompt(in: bytes)
    let (first, lines) = (prompt.first, prompt.lines)
    var sections: [Section] = []
    var start = 0
    var heading: (title: String, id: String?) = ("", nil)
    func add(upTo end: Int) {
      let own = Array(lines[start..<end])
      // The text before the first heading is usually a blank line.
      if heading.id == nil, own.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) { return }
      sections.append(
        Section(title: heading.title, id: heading.id, key: Comparison.key(of: heading.title), lines: own))
    }
    for next in outline {
      let line = min(max(next.line - first, start), lines.count)
      add(upTo: line)
      start = line
      heading = (next.text, next.id)
    }
    add(upTo: lines.count)
    return sections
  }
}
