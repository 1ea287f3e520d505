import Files

/// Candidate pairs of similar texts, found by their sketches.
public enum Candidates {
  /// The indices of two texts, the lower one first.
  public struct Pair: Sendable, Hashable {
    /// The index of the first text.
    public let left: Int
    /// The index of the second text.
    public let right: Int

    /// Creates a pair.
    public init(left: Int, right: Int) {
      self.left = left
      self.right = right
    }
  }

  /// The default number of other texts in a band that a text is compared with. Further ones are found transitively.
  public static let usualReach = 16
  /// The default number of most similar pairs kept for a text. More are kept if other texts need them.
  public static let usualLimit = 24
  /// The tolerance below the threshold for an estimate.
  private static let margin = 0.15

  /// Returns the pairs that share a band and have similar sketches, in order and without duplicates.
  ///
  /// - Parameters:
  ///   - sketches: The sketches of the texts.
  ///   - threshold: The minimum similarity. The result also includes some pairs slightly below it.
  ///   - reach: The maximum number of other texts in a band that a text is compared with. It prevents half a million
  ///     pairs for a thousand similar texts.
  ///   - limit: The number of pairs kept for a text.
  ///   - jobs: The number of concurrent tasks.
  public static func pairs(
    of sketches: [Sketch], threshold: Double, reach: Int = usualReach, limit: Int = usualLimit, jobs: Int = 1
  ) async -> [Pair] {
    guard sketches.contains(where: { !$0.words.isEmpty }) else { return [] }
    let shelf = Shelf(sketches)
    let found = await concurrentMap(Array(0..<Sketch.bandCount), jobs: jobs) {
      shelf.pairs(band: $0, threshold - margin, reach)
    }
    // Both indices are packed in one number, for fast sorting.
    let all = found.flatMap(\.self).sorted()
    var pairs: [Pair] = []
    var previous: UInt64?
    for pair in all where pair != previous {
      previous = pair
      pairs.append(Pair(left: Int(pair >> 32), right: Int(pair & 0xFFFF_FFFF)))
    }
    return likest(pairs, of: sketches, limit)
  }

  /// Returns the most similar pairs of each text, and those that connect families, in order.
  private static func likest(_ pairs: [Pair], of sketches: [Sketch], _ limit: Int) -> [Pair] {
    var counts = [Int](repeating: 0, count: sketches.count)
    for pair in pairs {
      counts[pair.left] += 1
      counts[pair.right] += 1
    }
    guard counts.contains(where: { $0 > limit }) else { return pairs }
    let ranked = pairs.enumerated().map { (sketches[$1.left].estimate(sketches[$1.right]), $0) }
      .sorted { ($1.0, $0.1) < ($0.0, $1.1) }
    var kept = [Int](repeating: 0, count: sketches.count)
    var families = Families(count: sketches.count)
    var places: [Int] = []
    for (_, place) in ranked {
      let pair = pairs[place]
      let ties = families.join(pair.left, pair.right)
      guard ties || kept[pair.left] < limit || kept[pair.right] < limit else { continue }
      kept[pair.left] += 1
      kept[pair.right] += 1
      places.append(place)
    }
    return places.sorted().map { pairs[$0] }
  }

  /// The sketches in contiguous memory, because they are accessed often.
  private struct Shelf {
    let words: [UInt64]
    /// The texts with a sketch: the index of each text, and the position of its sketch.
    let texts: [(place: UInt64, shelf: Int)]

    init(_ sketches: [Sketch]) {
      var words: [UInt64] = []
      var texts: [(place: UInt64, shelf: Int)] = []
      for (place, sketch) in sketches.enumerated() where !sketch.words.isEmpty {
        texts.append((UInt64(place), texts.count))
        words += sketch.words
      }
      self.words = words
      self.texts = texts
    }

    /// Returns the pairs of a band, each as two indices packed in one number.
    func pairs(band: Int, _ threshold: Double, _ reach: Int) -> [UInt64] {
      words.withUnsafeBufferPointer { words in
        let length = Sketch.length / 8
        func sketch(_ shelf: Int) -> UnsafeBufferPointer<UInt64> {
          UnsafeBufferPointer(rebasing: words[shelf * length..<(shelf + 1) * length])
        }
        // Texts that also share the next band are adjacent, so the most similar ones are within reach.
        let shelfBits = UInt64(max(1, Int.bitWidth - texts.count.leadingZeroBitCount))
        let shelves: UInt64 = 1 << shelfBits - 1
        var keyed: [UInt64] = []
        keyed.reserveCapacity(texts.count)
        for text in texts {
          let own = sketch(text.shelf)
          let both = Sketch.band(band, of: own) << 40 | Sketch.band(band + 1, of: own) << 16
          keyed.append(both & ~shelves | UInt64(text.shelf))
        }
        keyed.sort()
        var pairs: [UInt64] = []
        var start = 0
        for end in keyed.indices.dropFirst() {
          if keyed[end] >> 40 != keyed[start] >> 40 { start = end }
          let right = Int(keyed[end] & shelves)
          for other in max(start, end - reach)..<end {
            let left = Int(keyed[other] & shelves)
            guard Sketch.estimate(sketch(left), sketch(right)) >= threshold else { continue }
            let (first, second) = (texts[left].place, texts[right].place)
            pairs.append(min(first, second) << 32 | max(first, second))
          }
        }
        return pairs
      }
    }
  }
}
