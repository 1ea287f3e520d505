/// An inverted index that finds texts with words in common, the nearest first, in time proportional to their number.
///
/// See Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, 6.3 and 7.1. Candidates are looked
/// up by the query words with the greatest weight that not too many texts contain. The best candidates are then scored
/// by all their words. A score is the sum of the products of the weights of the common words.
public struct TermIndex: Sendable {
  /// A word with its weight in a text or a query.
  public struct Weighed: Sendable, Hashable {
    /// The hash of the word.
    let word: UInt32
    /// The weight.
    let weight: Float
  }

  /// A search result.
  public struct Found: Sendable, Hashable {
    /// The index of the text.
    public let place: Int
    /// The score.
    public let score: Double
  }

  /// The words of each text, sorted by hash.
  let texts: [[Weighed]]
  private let table: Table

  /// The limits of a search: the texts that contain a lookup word, the lookup words of a query, and the candidates
  /// scored by all their words.
  private static let (commonLimit, wordLimit, candidateLimit) = (400, 16, 32)

  /// Creates an index.
  ///
  /// - Parameter texts: The weighted words of each text, sorted by hash.
  init(_ texts: [[Weighed]]) {
    self.texts = texts
    table = Table(texts, limit: Self.commonLimit)
  }

  /// Finds the nearest texts for each query.
  ///
  /// - Parameters:
  ///   - count: The maximum number of results per query.
  ///   - queries: The weighted words of each query.
  ///   - isWanted: Whether a query, given by its index, may find a text, given by its index.
  func nearest(
    _ count: Int, to queries: [[Weighed]], where isWanted: (_ query: Int, _ text: Int) -> Bool
  ) -> [[Found]] {
    var scores = [Float](repeating: 0, count: texts.count)
    return queries.enumerated().map { number, query in
      var touched: [Int] = []
      let telling = query.filter { $0.weight > 0 && !table[$0.word].isEmpty }
        .sorted { ($1.weight, $0.word) < ($0.weight, $1.word) }
      for term in telling.prefix(Self.wordLimit) {
        for posting in table[term.word] {
          let place = Int(posting)
          if scores[place] == 0 { touched.append(place) }
          scores[place] += term.weight
        }
      }
      var best = Best(limit: max(Self.candidateLimit, count))
      for place in touched {
        if scores[place] > best.least, isWanted(number, place) { best.add(place, scores[place]) }
        scores[place] = 0
      }
      let asked = Query(query)
      return best.places.map { Found(place: $0, score: score(asked, of: $0)) }
        .filter { $0.score > 0 }
        .sorted { ($1.score, $0.place) < ($0.score, $1.place) }.prefix(count).map(\.self)
    }
  }

  /// The best candidates, in descending order of score.
  private struct Best {
    let limit: Int
    private(set) var places: [Int] = []
    private var scores: [Float] = []

    init(limit: Int) { self.limit = limit }

    /// The score to exceed for being added.
    var least: Float { scores.count < limit ? 0 : scores[limit - 1] }

    mutating func add(_ place: Int, _ score: Float) {
      let rank = scores.lastIndex { $0 >= score }.map { $0 + 1 } ?? 0
      places.insert(place, at: rank)
      scores.insert(score, at: rank)
      if scores.count > limit {
        places.removeLast()
        scores.removeLast()
      }
    }
  }

  /// Returns the score of a text for a query.
  func score(_ query: [Weighed], of place: Int) -> Double { score(Query(query), of: place) }

  private func score(_ query: Query, of place: Int) -> Double {
    var sum: Float = 0
    for term in texts[place] { sum += query[term.word] * term.weight }
    return Double(sum)
  }

  /// The weights of a query's words in a sparse hash table with linear probing.
  private struct Query {
    /// The hash of a word and the bits of its weight; 0 for an empty slot.
    private var places: [UInt64]
    private let mask: Int

    init(_ words: [Weighed]) {
      var size = 64
      while size < words.count * 16 { size *= 2 }
      mask = size - 1
      places = Array(repeating: 0, count: size)
      for term in words where term.weight != 0 {
        var place = Int(term.word) & mask
        while places[place] != 0 { place = (place + 1) & mask }
        places[place] = UInt64(term.word) << 32 | UInt64(term.weight.bitPattern)
      }
    }

    /// The weight of a word; 0 for words that are not in the query.
    subscript(word: UInt32) -> Float {
      var place = Int(word) & mask
      while true {
        let found = places[place]
        if found == 0 { return 0 }
        if found >> 32 == word { return Float(bitPattern: UInt32(truncatingIfNeeded: found)) }
        place = (place + 1) & mask
      }
    }
  }

  /// The texts that contain each word, for words in at least two texts and at most `limit`.
  ///
  /// Words whose hashes have the same low bits share a bucket. That does not affect scores, because this table only
  /// proposes candidates.
  private struct Table: Sendable {
    private let mask: UInt32
    private let starts: [Int32]
    private let postings: [Int32]

    init(_ texts: [[Weighed]], limit: Int) {
      var size = 1 << 12
      while size < texts.count * 64, size < 1 << 22 { size *= 2 }
      let mask = UInt32(size - 1)
      var counts = [Int32](repeating: 0, count: size)
      for text in texts { for term in text { counts[Int(term.word & mask)] += 1 } }
      var starts = [Int32](repeating: 0, count: size + 1)
      for place in counts.indices {
        let isListed = counts[place] > 1 && counts[place] <= limit
        starts[place + 1] = starts[place] + (isListed ? counts[place] : 0)
      }
      var postings = [Int32](repeating: 0, count: Int(starts[size]))
      var next = starts
      for (place, text) in texts.enumerated() {
        for term in text {
          let bucket = Int(term.word & mask)
          guard starts[bucket] < starts[bucket + 1] else { continue }
          postings[Int(next[bucket])] = Int32(truncatingIfNeeded: place)
          next[bucket] += 1
        }
      }
      (self.mask, self.starts, self.postings) = (mask, starts, postings)
    }

    /// The indices of the texts that contain a word.
    subscript(word: UInt32) -> ArraySlice<Int32> {
      let place = Int(word & mask)
      return postings[Int(starts[place])..<Int(starts[place + 1])]
    }
  }
}
