import Likenesses

/// A text in sections: what stands in front of the first heading, then each heading with what follows it.
public struct Section: Sendable, Hashable {
  /// The heading, without markup; empty of what stands in front of the first one.
  public let title: String
  /// The fragment that leads to it, or nil.
  public let id: String?
  /// What headings that mean the same have in common.
  public let key: String
  /// The lines, that of the heading included.
  public let lines: [String]

  /// Makes a section.
  public init(title: String, id: String?, key: String, lines: [String]) {
    self.title = title
    self.id = id
    self.key = key
    self.lines = lines
  }
}

/// What makes one text of another, section by section: sections are found again by their headings, or by what they say,
/// where they have moved too.
public struct SectionDiff: Sendable, Hashable {
  /// A section of one text, or of both.
  public struct Pair: Sendable, Hashable {
    /// The section of the first text, or nil where it has none such.
    public let left: Section?
    /// The section of the second text, or nil where it has none such.
    public let right: Section?
    /// Whether it stands elsewhere among the others.
    public let isMoved: Bool
    /// What makes the one of the other.
    public let diff: TextDiff

    /// The heading, the first text's where both have one.
    public var title: String { left?.title ?? right?.title ?? "" }
  }

  /// The sections in the order of the first text, those of the second only where they stand there.
  public let pairs: [Pair]

  /// From which share of runs of words in common two sections of different headings are one.
  private static let threshold = 0.4
  /// Up to how many sections without a partner are held against each other.
  private static let searchLimit = 200

  /// Compares two texts.
  public init(_ left: [Section], _ right: [Section]) {
    var matches = [Int?](repeating: nil, count: left.count)
    for edit in Edits.between(left.map(\.key), right.map(\.key)) where edit.isSame {
      for (place, other) in zip(edit.left, edit.right) { matches[place] = other }
    }
    var numbers = LineNumbers()
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
    /// Sections of the second text only, up to a place in it.
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

    init(_ section: Section, _ numbers: inout LineNumbers) {
      self.section = section
      lines = section.lines.map { numbers[$0] }
    }

    init(title: String, of sections: [Numbered]) {
      section = Section(title: title, id: nil, key: "", lines: sections.flatMap(\.section.lines))
      lines = sections.flatMap(\.lines)
    }
  }

  /// What both texts are where headings mislead: lines that stay under other headings, as they do where a heading went
  /// or came, are told better by the texts as a whole.
  private static func whole(
    _ left: [Numbered], _ right: [Numbered], _ count: Int, instead pairs: [Pair]
  ) -> Pair? {
    guard pairs.contains(where: { $0.left == nil || $0.right == nil }) else { return nil }
    // Lines that are told as gone and as new.
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

  /// How many words both texts have in common sections, and how many are in the first, or in the second, only.
  public var counts: (same: Int, removed: Int, added: Int) {
    pairs.map(\.diff.counts).reduce((0, 0, 0)) { ($0.0 + $1.same, $0.1 + $1.removed, $0.2 + $1.added) }
  }

  /// Whether both texts are the same.
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

  /// Sections that are called the same, wherever they stand.
  private static func matchByKey(_ left: [Section], _ right: [Section], _ matches: inout [Int?]) {
    var free = Dictionary(grouping: unmatched(right.count, matches)) { right[$0].key }
    for place in left.indices where matches[place] == nil && !left[place].key.isEmpty {
      guard let match = free[left[place].key]?.first else { continue }
      free[left[place].key]?.removeFirst()
      matches[place] = match
    }
  }

  /// Sections that say much the same under other headings, the likest first.
  private static func matchByContent(
    _ left: [Numbered], _ right: [Numbered], _ count: Int, _ matches: inout [Int?]
  ) {
    let own = left.indices.filter { matches[$0] == nil }.prefix(searchLimit)
    let others = unmatched(right.count, matches).prefix(searchLimit)
    func shingles(_ numbered: Numbered) -> Shingles {
      let lines = numbered.section.lines.dropFirst(numbered.section.id == nil ? 0 : 1)
      return Shingles(Array(lines.joined(separator: "\n").utf8)[...])
    }
    // Sections that say the same have a line in common; most have none, and need not be looked at closely.
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

  /// Whether a line says something.
  private static func isTelling(_ line: String) -> Bool { line.utf8.count > 12 }

  /// Which matches come in the order of both texts, as many of them as can; the others have moved.
  private static func inOrder(_ matches: [Int?]) -> [Bool] {
    let pairs = matches.enumerated().compactMap { place, match in match.map { (place, $0) } }
    var isInOrder = [Bool](repeating: false, count: matches.count)
    for (place, _) in Edits.longestRising(pairs) { isInOrder[place] = true }
    return isInOrder
  }
}
