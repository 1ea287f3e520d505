/// Finds texts that have words in common, the nearest first, in time that grows with their number.
///
/// An inverted index (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, 6.3 and 7.1):
/// candidates are looked up by the words that weigh most in a query and that not too many texts have; those that come
/// out best are then scored by all their words. A score is the sum, over the words of both, of the weights multiplied.
public struct TermIndex: Sendable {
  /// A word with its weight in a text, or in a query.
  public struct Weighed: Sendable, Hashable {
    /// The hash of the word.
    let word: UInt32
    /// The weight.
    let weight: Float
  }

  /// A text that was found.
  public struct Found: Sendable, Hashable {
    /// The text, by its place.
    public let place: Int
    /// Its score.
    public let score: Double
  }

  /// The words of each text, by their hashes.
  let texts: [[Weighed]]
  private let table: Table

  /// How many texts a word may be in for texts to be looked up by it, how many words of a query they are looked up by,
  /// and how many are scored by all their words.
  private static let (commonLimit, wordLimit, candidateLimit) = (400, 16, 32)

  /// Makes an index.
  ///
  /// - Parameter texts: for each text its words with their weights, by their hashes.
  init(_ texts: [[Weighed]]) {
    self.texts = texts
    table = Table(texts, limit: Self.commonLimit)
  }

  /// Looks texts up for queries.
  ///
  /// - Parameters:
  ///   - count: how many are kept of each.
  ///   - queries: the words of each, with their weights.
  ///   - isWanted: whether a text, by its place, may be found by a query, by its place.
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

  /// The best of many, kept in order.
  private struct Best {
    let limit: Int
    private(set) var places: [Int] = []
    private var scores: [Float] = []

    init(limit: Int) { self.limit = limit }

    /// What a score must exceed to be among the best.
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

  /// The score of a text for a query.
  func score(_ query: [Weighed], of place: Int) -> Double { score(Query(query), of: place) }

  private func score(_ query: Query, of place: Int) -> Double {
    var sum: Float = 0
    for term in texts[place] { sum += query[term.word] * term.weight }
    return Double(sum)
  }

  /// The weights of a query's words, to be looked up by their hashes: a table that is nearly empty, in which a word
  /// stands at the next free place from where its hash leads.
  private struct Query {
    /// A word and the bits of its weight; nothing where there is none.
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

    /// The weight of a word; 0 for those that the query has not.
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

  /// In which texts each word is that more than one has, and no more than the limit. Words whose hashes end alike share
  /// a place, which no score shows, since only candidates are looked up here.
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

    /// The texts of a word.
    subscript(word: UInt32) -> ArraySlice<Int32> {
      let place = Int(word & mask)
      return postings[Int(starts[place])..<Int(starts[place + 1])]
    }
  }
}
