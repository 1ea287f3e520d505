import Files

/// Pairs of texts that may be much alike, by their sketches.
public enum Candidates {
  /// Two texts, by their places; the first is the lesser one.
  public struct Pair: Sendable, Hashable {
    /// The place of the first.
    public let left: Int
    /// The place of the second.
    public let right: Int

    /// Makes a pair.
    public init(left: Int, right: Int) {
      self.left = left
      self.right = right
    }
  }

  /// With how many others of one band a text is held. More of them are no news: they are found through each other.
  public static let usualReach = 16
  /// How many pairs a text keeps, the likest; more only where others need them.
  public static let usualLimit = 24
  /// How far below the threshold an estimate may be.
  private static let margin = 0.15

  /// Finds the pairs that have a band in common and are alike by their sketches, in order, each once.
  ///
  /// - Parameters:
  ///   - sketches: the texts.
  ///   - threshold: from which share of runs in common a pair is wanted; a few that are below it are among those found.
  ///   - reach: with how many others of one band a text is held at most, so that a thousand that are all alike make no
  ///     half million of pairs.
  ///   - limit: how many pairs a text keeps.
  ///   - jobs: how many tasks work at the same time.
  public static func pairs(
    of sketches: [Sketch], threshold: Double, reach: Int = usualReach, limit: Int = usualLimit, jobs: Int = 1
  ) async -> [Pair] {
    guard sketches.contains(where: { !$0.words.isEmpty }) else { return [] }
    let shelf = Shelf(sketches)
    let found = await concurrentMap(Array(0..<Sketch.bandCount), jobs: jobs) {
      shelf.pairs(band: $0, threshold - margin, reach)
    }
    // Left and right in one number, so that sorting is quick.
    let all = found.flatMap(\.self).sorted()
    var pairs: [Pair] = []
    var previous: UInt64?
    for pair in all where pair != previous {
      previous = pair
      pairs.append(Pair(left: Int(pair >> 32), right: Int(pair & 0xFFFF_FFFF)))
    }
    return likest(pairs, of: sketches, limit)
  }

  /// The likest pairs of each text, and those that hold together what belongs together, in order.
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

  /// The sketches behind each other in memory: they are looked at a lot.
  private struct Shelf {
    let words: [UInt64]
    /// Which texts have one, and at which place it lies.
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

    /// The pairs of a band, each as two places in one number.
    func pairs(band: Int, _ threshold: Double, _ reach: Int) -> [UInt64] {
      words.withUnsafeBufferPointer { words in
        let length = Sketch.length / 8
        func sketch(_ shelf: Int) -> UnsafeBufferPointer<UInt64> {
          UnsafeBufferPointer(rebasing: words[shelf * length..<(shelf + 1) * length])
        }
        // Those that share the next band too stand beside each other, so that the likest are within reach.
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
