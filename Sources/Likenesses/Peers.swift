import Files

/// Texts with related topics, by cosine similarity of their words.
///
/// Words are weighted by frequency in the text and by rarity among the texts (TF-IDF; Salton, Wong and Yang, "A vector
/// space model for automatic indexing", 1975).
public enum Peers {
  /// The maximum number of texts that one task looks up.
  private static let chunkLimit = 256

  /// Finds the peers of each text, the nearest first.
  ///
  /// The number of texts with a word is rounded to a power of two. So adding or removing a text rarely changes the
  /// scores of other texts, and their pages stay the same.
  ///
  /// - Parameters:
  ///   - terms: The words of each text.
  ///   - families: The family of each text. Peers come from other families, at most one from each.
  ///   - count: The maximum number of peers of a text.
  ///   - least: The minimum score of a peer, 0 to 1.
  ///   - jobs: The number of concurrent tasks.
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
    // Several chunks per task, so that no task waits long at the end.
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

  /// Returns the base-two logarithm, rounded down.
  private static func log2(_ count: Int) -> Int { Int.bitWidth - 1 - max(1, count).leadingZeroBitCount }
}
