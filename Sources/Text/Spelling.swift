/// Spelling suggestions.
public enum Spelling {
  /// Returns the candidate nearest to `word`, or nil if none is near enough.
  ///
  /// Near enough is an edit distance of at most 1 for up to five letters, 2 for up to nine, and 3 beyond.
  public static func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
    let meant = Array(word.lowercased().unicodeScalars)
    let allowed = meant.count <= 5 ? 1 : meant.count <= 9 ? 2 : 3
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let distance = self.distance(meant, Array(candidate.lowercased().unicodeScalars))
      guard distance <= allowed else { continue }
      if best.map({ (distance, candidate) < ($0.distance, $0.candidate) }) ?? true { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// Returns the optimal string alignment distance: insertions, deletions, substitutions and swaps of adjacent letters.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 1...left.count {
      var row = [i]
      for j in 1...right.count {
        let cost = left[i - 1] == right[j - 1] ? 0 : 1
        var value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          value = min(value, beforeLast[j - 2] + 1)
        }
        row.append(value)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
