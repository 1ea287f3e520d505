import Files
import Foundation

/// A clone that was made with `--filter`, so that objects of its commits may be missing. Nothing is fetched for it
/// unless the caller asked for it.
struct PartialClone {
  /// The names of its packs. They change when objects arrive.
  let packs: [String]

  /// How to get the missing objects.
  static let remedy = "git fetch --refetch --no-filter"

  /// Recognizes a partial clone by the files that git keeps beside packs from a filtering remote; nil for other clones.
  ///
  /// - Parameter folder: the folder of the packs, as git tells it.
  init?(root: String, packsIn folder: String) {
    let path = folder.hasPrefix("/") ? folder : "\(root)/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard names.contains(where: { $0.hasSuffix(".promisor") }) else { return nil }
    packs = names.filter { $0.hasSuffix(".pack") }.sorted { $0.precedesByBytes($1) }
  }
}
