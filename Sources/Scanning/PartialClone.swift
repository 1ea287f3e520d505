import Files
import Foundation

/// A clone made with `--filter`, so that objects of its commits may be missing. They are fetched only on request.
struct PartialClone {
  /// The names of its packs. They change when objects arrive.
  let packs: [String]

  /// The command that fetches the missing objects.
  static let remedy = "git fetch --refetch --no-filter"

  /// Recognizes a partial clone by the files that git keeps next to packs from a filtering remote; nil for other
  /// clones.
  ///
  /// - Parameter folder: The folder of the packs, as reported by git.
  init?(root: String, packsIn folder: String) {
    let path = folder.hasPrefix("/") ? folder : "\(root)/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard names.contains(where: { $0.hasSuffix(".promisor") }) else { return nil }
    packs = names.filter { $0.hasSuffix(".pack") }.sorted { $0.precedesByBytes($1) }
  }
}
