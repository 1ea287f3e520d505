import Files

/// The synonyms of the search, which map words that people use to words in catalogs.
///
/// `Resources/synonyms.txt` has one entry per line. With `slides, slide deck > presentation, pptx`, a query for slides
/// finds presentations. `k8s = kubernetes` means that both are equivalent.
enum SearchSynonyms {
  /// A word or phrase of a query, with its synonyms.
  struct Line: Sendable {
    /// The stems of the words.
    let words: [String]
    /// The equivalent phrases, each as stems that must all match.
    let same: [[String]]
    /// The related phrases.
    let related: [[String]]
  }

  /// All entries, sorted by words; each word or phrase has one entry.
  static let all: [Line] = lines(String(decoding: EmbeddedFiles.bytes(of: path), as: UTF8.self))

  private static let path = "Sources/Pages/Resources/synonyms.txt"

  static func lines(_ text: String) -> [Line] {
    var (same, related): ([[String]: [[String]]], [[String]: [[String]]]) = ([:], [:])
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let means = line.contains("=")
      let sides = line.split(separator: means ? "=" : ">").map { side in
        side.split(separator: ",").map { SearchWords.stems(String($0)) }.filter { !$0.isEmpty }
      }
      let asked = means ? sides.flatMap(\.self) : sides.first ?? []
      let found = means ? asked : sides.dropFirst().flatMap(\.self)
      for words in asked {
        for target in found where target != words {
          if same[words, default: []].contains(target) || related[words, default: []].contains(target) { continue }
          if means { same[words, default: []].append(target) } else { related[words, default: []].append(target) }
        }
      }
    }
    return Set(same.keys).union(related.keys).sorted { $0.lexicographicallyPrecedes($1) }.map {
      Line(words: $0, same: same[$0] ?? [], related: related[$0] ?? [])
    }
  }
}
