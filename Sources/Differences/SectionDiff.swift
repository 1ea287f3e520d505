import Likenesses

/// A section of a text: the text before the first heading, or a heading and the text after it.
public struct Section: Sendable, Hashable {
  /// The heading without markup; empty for the text before the first one.
  public let title: String
  /// The identifier of the heading, or nil.
  public let id: String?
  /// The normalized heading, by which sections are matched.
  public let key: String
  /// The lines, including the heading.
  public let lines: [String]

  /// Creates a section.
  public init(title: String, id: String?, key: String, lines: [String]) {
    self.title = title
    self.id = id
    self.key = key
    self.lines = lines
  }
}

/// The differences between two texts by section. Sections are matched by heading or by content, even if they moved.
public struct SectionDiff: Sendable, Hashable {
  /// A section of one text, or of both.
  public struct Pair: Sendable, Hashable {
    /// The section of the first text, or nil if it was added.
    public let left: Section?
    /// The section of the second text, or nil if it was removed.
    public let right: Section?
    /// Whether the section moved.
    public let isMoved: Bool
    /// The differences within the section.
    public let diff: TextDiff

    /// The heading, from the first text if both have one.
    public var title: String { left?.title ?? right?.title ?? "" }
  }

  /// The sections in the order of the first text. Added sections are at their position in the second text.
  public let pairs: [Pair]

  /// The minimum similarity of two sections that match despite different headings.
  private static let threshold = 0.4
  /// The maximum number of unmatched sections compared by content.
  private static let searchLimit = 200

  /// Compares two texts.
  public init(_ left: [Section], _ right: [Section]) {
    var matches = [Int?](repeating: nil, count: left.count)
    for edit in Edits.between(left.map(\.key), right.map(\.key)) where edit.isSame {
      for (place, other) in zip(edit.left, edit.right) { matches[place] = other }
    }
    var numbers = TextNumbers()
    let first = left.map { Numbered($0, &numbers) }
    let second = right.map { Numbered($0, &numbers) }
    let count = numbers.count
    func pair(_ own: Int?, _ other: Int?, isMoved: Bool = false) -> Pair {
      Self.pair(own.map { first[$0] }, other.map { second[$0] }, count, isMoved: isMoved)
    }
    Self.matchByKey(left, right, &matches)
    Self.matchByContent(first, second, count, &matches)
    let inOrder = Self.inOrder(matches)
    var partners = [Int?](repeating: nil, count: right.count)
    for (place, match) in matches.enumerated() { if let match { partners[match] = place } }
    var pairs: [Pair] = []
    var next = 0
    /// Adds the unmatched sections of the second text before a position.
    func addNew(before end: Int) {
      while next < end {
        if partners[next] == nil { pairs.append(pair(nil, next)) }
        next += 1
      }
    }
    for place in left.indices {
      guard let match = matches[place] else {
        pairs.append(pair(place, nil))
        continue
      }
      if inOrder[place] { addNew(before: match) }
      pairs.append(pair(place, match, isMoved: !inOrder[place]))
    }
    addNew(before: right.count)
    self.pairs = Self.whole(first, second, count, instead: pairs).map { [$0] } ?? pairs
  }

  /// A section with its lines as numbers.
  private struct Numbered {
    let section: Section
    let lines: [Int]

    init(_ section: Section, _ numbers: inout TextNumbers) {
      self.section = section
      lines = section.lines.map { numbers.number(of: $0) }
    }

    init(title: String, of sections: [Numbered]) {
      section = Section(title: title, id: nil, key: "", lines: sections.flatMap(\.section.lines))
      lines = sections.flatMap(\.lines)
    }
  }

  /// Returns a pair of the whole texts if the headings mislead, or nil.
  ///
  /// If a heading was added or removed, unchanged lines end up under other headings. A comparison of the whole texts
  /// then keeps more lines.
  private static func whole(
    _ left: [Numbered], _ right: [Numbered], _ count: Int, instead pairs: [Pair]
  ) -> Pair? {
    guard pairs.contains(where: { $0.left == nil || $0.right == nil }) else { return nil }
    // Lines reported as both removed and added.
    var gone: [TextKey: Int] = [:]
    var strays = 0
    let blocks = pairs.lazy.flatMap(\.diff.blocks)
    for case .removed(let lines) in blocks {
      for line in lines where isTelling(line) { gone[TextKey(line), default: 0] += 1 }
    }
    for case .added(let lines) in blocks {
      for line in lines {
        let key = TextKey(line)
        guard let count = gone[key], count > 0 else { continue }
        gone[key] = count - 1
        strays += 1
      }
    }
    guard strays > 2 else { return nil }
    let own = blocks.reduce(0) { sum, block in
      if case .same(let lines) = block { sum + lines.count(where: isTelling) } else { sum }
    }
    let least = own + own / 4 + 2
    guard own + strays > least else { return nil }
    let title = "The whole prompt"
    let (first, second) = (Numbered(title: title, of: left), Numbered(title: title, of: right))
    let edits = Edits.between(first.lines, second.lines, count: count)
    let kept = edits.reduce(0) { sum, edit in
      edit.isSame ? sum + first.section.lines[edit.left].count(where: isTelling) : sum
    }
    guard kept > least else { return nil }
    return Pair(
      left: first.section, right: second.section, isMoved: false,
      diff: TextDiff(first.section.lines, second.section.lines, edits))
  }

  /// The number of words in both texts, only in the first, and only in the second.
  public var counts: (same: Int, removed: Int, added: Int) {
    pairs.map(\.diff.counts).reduce((0, 0, 0)) { ($0.0 + $1.same, $0.1 + $1.removed, $0.2 + $1.added) }
  }

  /// Whether both texts are equal.
  public var isSame: Bool { pairs.allSatisfy { !$0.isMoved && $0.diff.isSame } }

  private static func pair(_ left: Numbered?, _ right: Numbered?, _ count: Int, isMoved: Bool) -> Pair {
    let edits = Edits.between(left?.lines ?? [], right?.lines ?? [], count: count)
    return Pair(
      left: left?.section, right: right?.section, isMoved: isMoved,
      diff: TextDiff(left?.section.lines ?? [], right?.section.lines ?? [], edits))
  }

  private static func unmatched(_ count: Int, _ matches: [Int?]) -> [Int] {
    let taken = Set(matches.compactMap(\.self))
    return (0..<count).filter { !taken.contains($0) }
  }

  /// Matches sections with the same key, regardless of their position.
  private static func matchByKey(_ left: [Section], _ right: [Section], _ matches: inout [Int?]) {
    var free = Dictionary(grouping: unmatched(right.count, matches)) { right[$0].key }
    for place in left.indices where matches[place] == nil && !left[place].key.isEmpty {
      guard let match = free[left[place].key]?.first else { continue }
      free[left[place].key]?.removeFirst()
      matches[place] = match
    }
  }

  /// Matches sections with different headings and similar content, the most similar first.
  private static func matchByContent(
    _ left: [Numbered], _ right: [Numbered], _ count: Int, _ matches: inout [Int?]
  ) {
    let own = left.indices.filter { matches[$0] == nil }.prefix(searchLimit)
    let others = unmatched(right.count, matches).prefix(searchLimit)
    func shingles(_ numbered: Numbered) -> Shingles {
      let lines = numbered.section.lines.dropFirst(numbered.section.id == nil ? 0 : 1)
      return Shingles(Array(lines.joined(separator: "\n").utf8)[...])
    }
    // Similar sections share a line. Most sections share none, so they can be skipped.
    var isKnown = [Bool](repeating: false, count: count)
    for other in others {
      for (number, line) in zip(right[other].lines, right[other].section.lines) where isTelling(line) {
        isKnown[number] = true
      }
    }
    let near = own.filter { left[$0].lines.contains { isKnown[$0] } }
    if near.isEmpty { return }
    let (first, second) = (near.map { shingles(left[$0]) }, others.map { shingles(right[$0]) })
    var found: [(share: Double, left: Int, right: Int)] = []
    for (place, left) in zip(near, first) where left.count > 0 {
      for (other, right) in zip(others, second) where right.count > 0 {
        let share = left.similarity(to: right)
        if share >= threshold { found.append((share, place, other)) }
      }
    }
    var taken: Set<Int> = []
    for pair in found.sorted(by: { ($1.share, $0.left, $0.right) < ($0.share, $1.left, $1.right) })
    where matches[pair.left] == nil && taken.insert(pair.right).inserted { matches[pair.left] = pair.right }
  }

  /// Returns whether a line is long enough to be significant.
  private static func isTelling(_ line: String) -> Bool { line.utf8.count > 12 }

  /// Returns which matches are in the same order in both texts, for as many as possible. The others have moved.
  private static func inOrder(_ matches: [Int?]) -> [Bool] {
    let pairs = matches.enumerated().compactMap { place, match in match.map { (place, $0) } }
    var isInOrder = [Bool](repeating: false, count: matches.count)
    for (place, _) in Edits.longestRising(pairs) { isInOrder[place] = true }
    return isInOrder
  }
}
