import Files

/// The index of the full-text search, which is part of a site though another program makes it.
///
/// A file stands beside it while it fits the pages: it goes before the first page changes, and comes back when the index is made. So a run that is
/// killed or fails in between leaves no index that looks current.
struct SearchIndex: Sendable {
  let folder: SiteFolder

  private static let name = "pagefind"
  private var mark: String { "\(folder.own)/indexed" }

  /// Which files of a site are those of an index.
  static func files(among files: Set<String>) -> Set<String> { files.filter { $0.hasPrefix(name + "/") } }

  /// Says that the index does not fit the pages any more.
  func expire() { try? Disk.removeFile(mark) }
  /// Says that it fits.
  func confirm() { try? Disk.write([], to: mark) }

  /// Whether the files of an earlier run are an index that fits the pages.
  func isCurrent(_ earlier: Set<String>, _ last: LastRun) -> Bool {
    Disk.kind(mark, followsLinks: false) == .file && !earlier.isEmpty
      && earlier.allSatisfy { Disk.identity(folder.target($0)) == last.outputs[$0]?.identity }
  }

  /// Makes the index beside the site and moves it there file by file, the one that names the others last. Returns its files.
  ///
  /// - Parameter listed: the files that Roster may replace.
  func make(with tool: SearchTool, listed: Set<String>) throws(PublishingError) -> Set<String> {
    let workshop = "\(folder.own)/search"
    Disk.removeTree(workshop)
    let names = try tool.run(on: folder.path, into: workshop)
    let files = names.map { "\(Self.name)/\($0)" }
    try folder.refuseForeign(Set(files), known: listed)
    try PublishingError.asking { () throws(Disk.Failure) in
      try folder.makeFolders(for: Set(files))
      try folder.keep(Manifest.file, Manifest(listed.union(files)).bytes)
      for (name, file) in zip(names, files) { try Disk.replace(folder.target(file), by: "\(workshop)/\(name)") }
    }
    Disk.removeTree(workshop)
    return Set(files)
  }
}
