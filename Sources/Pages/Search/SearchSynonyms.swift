import Files

/// The words that people use for a task, with the words that catalogs use.
///
/// `Resources/synonyms.txt` has a line for each. `slides, slide deck > presentation, pptx` lets a question about slides
/// find presentations. `k8s = kubernetes` says that both mean the same.
enum SearchSynonyms {
  /// A word or phrase that is asked for, and what else it finds.
  struct Line: Sendable {
    /// The stems of the words.
    let words: [String]
    /// What means the same: all stems of one of these.
    let same: [[String]]
    /// What is related.
    let related: [[String]]
  }

  /// Every line, by its words; each word or phrase once.
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
