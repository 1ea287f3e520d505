import Foundation

/// A ranking of texts as answers to a query: BM25 (Robertson and Zaragoza, "The probabilistic relevance framework: BM25
/// and beyond", 2009, 3.4, with the logarithm kept above zero).
public struct Ranking: Sendable {
  private let index: TermIndex
  private let queries: [[TermIndex.Weighed]]

  /// The BM25 parameters: the saturation of repeated words (k1), and the strength of length normalization (b).
  private static let (saturation, lengthShare) = (1.2, 0.75)

  /// Indexes the texts.
  public init(_ texts: [[UInt8]]) {
    let counts = texts.map { text in
      var counts = WordCounts()
      Words.each(in: text[...]) { word, length in counts.add(word, length: length, times: 1) }
      return counts.all.sorted { $0.word < $1.word }
    }
    var having = WordCounts()
    for own in counts { for entry in own { having.add(entry.word, length: 1, times: 1) } }
    let lengths = counts.map { $0.reduce(0) { $0 + $1.count } }
    let mean = max(1, Double(lengths.reduce(0, +)) / Double(max(1, texts.count)))
    index = TermIndex(
      zip(counts, lengths).map { own, length in
        let share = Self.saturation * (1 - Self.lengthShare + Self.lengthShare * Double(length) / mean)
        return own.map { entry in
          let count = Double(entry.count)
          return .init(word: entry.word, weight: Float(count * (Self.saturation + 1) / (count + share)))
        }
      })
    let said = having
    func rarity(_ word: UInt32) -> Float { Float(Self.rarity(of: said.count(of: word), among: texts.count)) }
    queries = counts.map { own in own.map { .init(word: $0.word, weight: rarity($0.word)) } }
  }

  private static func rarity(of count: Int, among all: Int) -> Double {
    log(1 + (Double(all - count) + 0.5) / (Double(count) + 0.5))
  }

  /// Returns the second-best answer to each text used as a query, or nil if there is none.
  ///
  /// Its score is relative to the score of the text itself.
  public func runnersUp() -> [TermIndex.Found?] {
    zip(queries.indices, index.nearest(1, to: queries) { $0 != $1 }).map { place, found in
      let own = index.score(queries[place], of: place)
      guard let best = found.first, own > 0 else { return nil }
      return TermIndex.Found(place: best.place, score: best.score / own)
    }
  }
}
