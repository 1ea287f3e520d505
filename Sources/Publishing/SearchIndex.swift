import Files
import Synchronization

/// The index of the full-text search. It is part of a site, though another program makes it.
///
/// An index of the last run fits the pages as long as every page is as the last run left it. A run that is killed or
/// fails is no last run, so the next one makes the index again.
final class SearchIndex: Sendable {
  private let folder: SiteFolder
  private let hasExpired = Atomic<Bool>(false)

  init(folder: SiteFolder) { self.folder = folder }

  private static let name = "pagefind"

  /// The files of an index among those of a site.
  static func files(among files: Set<String>) -> Set<String> { files.filter { $0.hasPrefix(name + "/") } }

  /// Records that a page is not as the last run left it.
  func expire() { hasExpired.store(true, ordering: .relaxed) }

  /// Whether the files of an earlier run are an index that fits the pages.
  func isCurrent(_ earlier: Set<String>, _ last: LastRun) -> Bool {
    !hasExpired.load(ordering: .relaxed) && !earlier.isEmpty
      && earlier.allSatisfy { Disk.identity(folder.target($0)) == last.outputs[$0]?.identity }
  }

  /// Makes the index in a folder of its own and moves it beside the pages file by file, the one that names the others
  /// last. Returns its files.
  ///
  /// - Parameters:
  ///   - workshop: where the index is made; the folder is removed afterwards.
  ///   - listed: the files that Roster may replace.
  func make(
    with tool: SearchTool, in workshop: String, listed: Set<String>
  ) throws(PublishingError) -> Set<String> {
    Disk.removeTree(workshop)
    defer { Disk.removeTree(workshop) }
    let names = try tool.run(on: folder.path, into: workshop)
    let files = names.map { "\(Self.name)/\($0)" }
    try folder.refuseForeign(Set(files), known: listed)
    try PublishingError.asking { () throws(Disk.Failure) in
      try folder.makeFolders(for: Set(files))
      try folder.keep(Manifest.file, Manifest(listed.union(files)).bytes)
      for (name, file) in zip(names, files) { try folder.move("\(workshop)/\(name)", to: file) }
    }
    return Set(files)
  }
}
