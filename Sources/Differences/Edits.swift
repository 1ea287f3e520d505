/// A step of the edits that turn one sequence into another: an unchanged run, or a replaced one.
///
/// The steps are in order and cover both sequences. The left sides concatenated are the first sequence, the right sides
/// the second.
public struct Edit: Sendable, Hashable {
  /// The range in the first sequence.
  public let left: Range<Int>
  /// The range in the second sequence.
  public let right: Range<Int>
  /// Whether the run is unchanged. If not, the right range replaces the left one, and one of them may be empty.
  public let isSame: Bool
}

/// Computes the edits between two sequences.
public enum Edits {
  /// The maximum total number of elements compared one by one without anchors. Time and memory are quadratic.
  private static let closeLimit = 600

  /// Returns the edits that turn `left` into `right`.
  ///
  /// Elements that occur once in both sequences, in the same order, are anchors (patience diff, by Bram Cohen). Short
  /// ranges between anchors are compared with the algorithm of Myers (1986); longer ones count as replaced.
  public static func between<Element: Hashable>(_ left: [Element], _ right: [Element]) -> [Edit] {
    var numbers: [Element: Int] = [:]
    numbers.reserveCapacity(left.count)
    func number(_ element: Element) -> Int {
      if let known = numbers[element] { return known }
      let next = numbers.count
      numbers[element] = next
      return next
    }
    let (first, second) = (left.map(number), right.map(number))
    return between(first, second, count: numbers.count)
  }

  /// Returns the edits between sequences whose elements are numbers below `count`.
  static func between(_ left: [Int], _ right: [Int], count: Int) -> [Edit] {
    // Renumber a short part of a long text, because the table for all numbers would cost more than the part.
    if count > 64 + 4 * (left.count + right.count) { return between(left, right) }
    var finder = Finder(left: left, right: right, count: count)
    finder.find(left.indices, right.indices, depth: 0)
    return finder.edits
  }

  /// Returns the longest subsequence of pairs whose second values increase (patience sorting: Aldous and Diaconis,
  /// 1999).
  static func longestRising(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
    var tops: [Int] = []
    var before = [Int?](repeating: nil, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      var (low, high) = (0, tops.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[tops[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
      }
      before[index] = low > 0 ? tops[low - 1] : nil
      if low == tops.count { tops.append(index) } else { tops[low] = index }
    }
    var chain: [(Int, Int)] = []
    var next = tops.last
    while let index = next {
      chain.append(pairs[index])
      next = before[index]
    }
    return chain.reversed()
  }

  private struct Finder {
    let left: [Int]
    let right: [Int]
    private(set) var edits: [Edit] = []
    /// For each element, its number of occurrences in the current ranges and its last position; all zero between uses.
    private var tallies: [Tally] = []
    private let count: Int

    private struct Tally {
      var left: Int32 = 0
      var right: Int32 = 0
      var place: Int32 = 0
    }

    init(left: [Int], right: [Int], count: Int) {
      self.left = left
      self.right = right
      self.count = count
    }

    mutating func find(_ first: Range<Int>, _ second: Range<Int>, depth: Int) {
      var head = 0
      while head < min(first.count, second.count), left[first.lowerBound + head] == right[second.lowerBound + head] {
        head += 1
      }
      keep(first.lowerBound..<first.lowerBound + head, second.lowerBound..<second.lowerBound + head)
      let (first, second) = (first.dropFirst(head), second.dropFirst(head))
      var tail = 0
      while tail < min(first.count, second.count),
        left[first.upperBound - 1 - tail] == right[second.upperBound - 1 - tail]
      { tail += 1 }
      findWithin(first.dropLast(tail), second.dropLast(tail), depth)
      keep(first.suffix(tail), second.suffix(tail))
    }

    private mutating func findWithin(_ first: Range<Int>, _ second: Range<Int>, _ depth: Int) {
      if first.isEmpty || second.isEmpty { return replace(first, second) }
      let anchors = depth < 32 ? anchors(first, second) : []
      guard !anchors.isEmpty else { return compare(first, second) }
      var (start, other) = (first.lowerBound, second.lowerBound)
      for (place, match) in anchors {
        find(start..<place, other..<match, depth: depth + 1)
        keep(place..<place + 1, match..<match + 1)
        (start, other) = (place + 1, match + 1)
      }
      find(start..<first.upperBound, other..<second.upperBound, depth: depth + 1)
    }

    /// Returns the elements that occur once in both ranges, as a longest subsequence in the same order.
    private mutating func anchors(_ first: Range<Int>, _ second: Range<Int>) -> [(Int, Int)] {
      if tallies.isEmpty { tallies = Array(repeating: Tally(), count: count) }
      for place in first { tallies[left[place]].left += 1 }
      for place in second {
        tallies[right[place]].right += 1
        tallies[right[place]].place = Int32(truncatingIfNeeded: place)
      }
      var shared: [(Int, Int)] = []
      for place in first {
        let tally = tallies[left[place]]
        if tally.left == 1, tally.right == 1 { shared.append((place, Int(tally.place))) }
      }
      for place in first { tallies[left[place]] = Tally() }
      for place in second { tallies[right[place]] = Tally() }
      return Edits.longestRising(shared)
    }

    private mutating func compare(_ first: Range<Int>, _ second: Range<Int>) {
      guard first.count + second.count <= closeLimit else { return replace(first, second) }
      let (removed, inserted) = shortest(first, second)
      var (place, other) = (first.lowerBound, second.lowerBound)
      while place < first.upperBound || other < second.upperBound {
        let (start, begin) = (place, other)
        while place < first.upperBound, removed[place - first.lowerBound] { place += 1 }
        while other < second.upperBound, inserted[other - second.lowerBound] { other += 1 }
        replace(start..<place, begin..<other)
        let (same, match) = (place, other)
        while place < first.upperBound, other < second.upperBound, !removed[place - first.lowerBound],
          !inserted[other - second.lowerBound]
        {
          place += 1
          other += 1
        }
        keep(same..<place, match..<other)
      }
    }

    /// Returns the removed and inserted positions of a shortest edit script.
    ///
    /// The standard library is not used, because `difference.js` must find the same script.
    private func shortest(_ first: Range<Int>, _ second: Range<Int>) -> (removed: [Bool], inserted: [Bool]) {
      var furthest: [Furthest] = []
      search: for edits in 0...first.count + second.count {
        let last = furthest.last
        var next = Furthest(edits: edits)
        var diagonal = -edits
        while diagonal <= edits {
          var place = last.map { $0.goesDown(to: diagonal) ? $0[diagonal + 1] : $0[diagonal - 1] + 1 } ?? 0
          while place < first.count, place - diagonal < second.count,
            left[first.lowerBound + place] == right[second.lowerBound + place - diagonal]
          { place += 1 }
          next[diagonal] = place
          if place >= first.count, place - diagonal >= second.count { break search }
          diagonal += 2
        }
        furthest.append(next)
      }
      var removed = [Bool](repeating: false, count: first.count)
      var inserted = [Bool](repeating: false, count: second.count)
      var diagonal = first.count - second.count
      for last in furthest.reversed() {
        let goesDown = last.goesDown(to: diagonal)
        diagonal += goesDown ? 1 : -1
        let place = last[diagonal]
        if goesDown, inserted.indices.contains(place - diagonal) {
          inserted[place - diagonal] = true
        } else if !goesDown, removed.indices.contains(place) {
          removed[place] = true
        }
      }
      return (removed, inserted)
    }

    private mutating func keep(_ first: Range<Int>, _ second: Range<Int>) { add(first, second, isSame: true) }
    private mutating func replace(_ first: Range<Int>, _ second: Range<Int>) { add(first, second, isSame: false) }

    private mutating func add(_ first: Range<Int>, _ second: Range<Int>, isSame: Bool) {
      if first.isEmpty, second.isEmpty { return }
      if let last = edits.last, last.isSame == isSame {
        edits[edits.count - 1] = Edit(
          left: last.left.lowerBound..<first.upperBound, right: last.right.lowerBound..<second.upperBound,
          isSame: isSame)
      } else {
        edits.append(Edit(left: first, right: second, isSame: isSame))
      }
    }
  }

  /// The furthest positions reached with a number of edits, by diagonal, after Myers.
  private struct Furthest {
    let edits: Int
    private var places: [Int]

    init(edits: Int) {
      self.edits = edits
      places = Array(repeating: 0, count: edits + 1)
    }

    subscript(diagonal: Int) -> Int {
      get { places[(diagonal + edits) / 2] }
      set { places[(diagonal + edits) / 2] = newValue }
    }

    /// Returns whether the next edit reaches a diagonal by an insertion, rather than by a removal.
    func goesDown(to diagonal: Int) -> Bool {
      diagonal < -edits || diagonal <= edits && self[diagonal - 1] < self[diagonal + 1]
    }
  }
}
