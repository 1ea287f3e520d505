import Files

/// Texts that are near each other in topic: the cosine of their words, each weighed by how often it is said and by how
/// few texts say it (TF-IDF; Salton, Wong and Yang, "A vector space model for automatic indexing", 1975).
public enum Peers {
  /// How many texts one task looks up at most.
  private static let chunkLimit = 256

  /// Finds the peers of each text, the nearest first.
  ///
  /// How few texts say a word is taken in whole powers of two, so that one text more or less hardly ever moves the
  /// scores of others, and their pages stay as they are.
  ///
  /// - Parameters:
  ///   - terms: the words of each text.
  ///   - families: for each text the family that it belongs to: no peer is of one's own, and of another family there is
  ///     one at most.
  ///   - count: how many peers a text has at most.
  ///   - least: the score, 0 to 1, that a peer has at least.
  ///   - jobs: how many tasks work at the same time.
  public static func find(
    _ terms: [Terms], families: [Int], count: Int, least: Double, jobs: Int = 1
  ) async -> [[TermIndex.Found]] {
    var having = WordCounts()
    for text in terms { for term in text.all { having.add(term.word, length: 1, times: 1) } }
    let size = log2(terms.count)
    let index = TermIndex(
      terms.map { text in
        let weights = text.all.map { Float($0.weight) * Float(max(0, size - log2(having.count(of: $0.word)))) }
        let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return zip(text.all, weights).map { .init(word: $0.word, weight: length > 0 ? $1 / length : 0) }
      })
    // Several for each task, so that none waits long for another at the end.
    let chunk = min(chunkLimit, max(16, terms.count / (jobs * 8)))
    let starts = Array(stride(from: 0, to: terms.count, by: chunk))
    let found = await concurrentMap(starts, jobs: jobs) { start in
      let end = min(start + chunk, terms.count)
      return index.nearest(count * 4, to: Array(index.texts[start..<end])) { query, text in
        families[start + query] != families[text]
      }
    }
    return found.flatMap(\.self).map { found in
      var seen: Set<Int> = []
      return found.filter { $0.score >= least && seen.insert(families[$0.place]).inserted }.prefix(count).map(\.self)
    }
  }

  /// The logarithm to base two, rounded down.
  private static func log2(_ count: Int) -> Int { Int.bitWidth - 1 - max(1, count).leadingZeroBitCount }
}
