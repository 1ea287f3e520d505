import Files
import Pages
import Synchronization

/// Writes a site into a folder.
///
/// Each file is replaced whole, so that whoever looks at any moment sees an old file or a new one. What an earlier run wrote and this one does
/// not is removed; what Roster never wrote stays.
public struct Publisher: Sendable {
  private let folder: String
  private let jobs: Int

  /// Makes a publisher.
  ///
  /// - Parameters:
  ///   - folder: where the site goes; made if it is not there.
  ///   - jobs: how many tasks lay out and write at the same time.
  public init(folder: String, jobs: Int) {
    self.folder = folder.hasSuffix("/") && folder.count > 1 ? String(folder.dropLast()) : folder
    self.jobs = jobs
  }

  /// What a run did.
  public struct Outcome: Sendable, Equatable {
    /// Files whose content is new.
    public var written = 0
    /// Files that stood there already as they are.
    public var unchanged = 0
    /// Files of an earlier run that are gone.
    public var removed = 0
  }

  /// Lays out and writes every file of a site.
  ///
  /// - Parameters:
  ///   - site: what is to be published.
  ///   - search: what makes the index of the full-text search, or nil for a site without one. It runs only if a file has changed.
  ///   - progress: called now and then with the number of files that are done.
  /// - Throws: ``PublishingError``; the folder then holds whole files only, and the next run puts it right.
  public func publish(
    _ site: Site, search: SearchTool? = nil, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws(PublishingError) -> Outcome {
    let state = try prepare()
    defer { Disk.unlock(state.lock) }
    let plan = site.plan
    let paths = Set(plan.map { site.path($0).description })
    try refuseForeign(paths, known: state.manifest)
    try makeFolders(for: paths)
    // From here on a file may be new and not yet listed, should the run be killed: so list all that may come to be first.
    let earlier = state.manifest?.paths ?? []
    try save(Manifest(earlier.union(paths)))
    let tally = Tally()
    let mark = IndexMark(path: "\(folder)/\(Manifest.folder)/indexed")
    do throws(Disk.Failure) {
      try await concurrentForEach(plan.count, jobs: jobs) { (index, worker) throws(Disk.Failure) in
        let page = site.page(plan[index])
        let isNew = try write(page.bytes, to: page.path.description, worker: worker, index: mark)
        let done = tally.add(isNew: isNew)
        if done.isMultiple(of: 64) { progress(done) }
      }
    } catch {
      throw PublishingError.disk(error)
    }
    var outcome = Outcome(
      written: tally.written.load(ordering: .relaxed), unchanged: tally.unchanged.load(ordering: .relaxed))
    let earlierIndex = earlier.filter { $0.hasPrefix(Self.searchFolder + "/") }
    let stale = earlier.subtracting(paths).subtracting(earlierIndex)
    outcome.removed = stale.count
    if !stale.isEmpty || search == nil { mark.remove() }
    try remove(stale, kept: paths.union(earlierIndex))
    var index: Set<String> = []
    if let search {
      let isCurrent = mark.stands && !earlierIndex.isEmpty
      index = isCurrent ? earlierIndex : try makeIndex(with: search, listed: earlier.union(paths))
    }
    try remove(earlierIndex.subtracting(index), kept: paths.union(index))
    try save(Manifest(paths.union(index)))
    if search != nil { mark.set() }
    return outcome
  }

  private static let searchFolder = "pagefind"

  /// Makes the index beside the site and moves it there file by file, the one that names the others last. Returns its files.
  private func makeIndex(with search: SearchTool, listed: Set<String>) throws(PublishingError) -> Set<String> {
    let workshop = "\(folder)/\(Manifest.folder)/search"
    Disk.removeTree(workshop)
    let names = try search.run(on: folder, into: workshop)
    let paths = names.map { "\(Self.searchFolder)/\($0)" }
    try refuseForeign(Set(paths), known: Manifest(listed))
    try makeFolders(for: Set(paths))
    try save(Manifest(listed.union(paths)))
    do throws(Disk.Failure) {
      for (name, path) in zip(names, paths) { try Disk.replace("\(folder)/\(path)", by: "\(workshop)/\(name)") }
    } catch {
      throw PublishingError.disk(error)
    }
    Disk.removeTree(workshop)
    return Set(paths)
  }

  // MARK: Before

  private struct State {
    let lock: Int32
    let manifest: Manifest?
  }

  private func prepare() throws(PublishingError) -> State {
    do throws(Disk.Failure) {
      for own in [folder, "\(folder)/\(Manifest.folder)", "\(folder)/\(Manifest.folder)/new"] {
        if own != folder, Disk.kind(own, followsLinks: false) == .other {
          throw Disk.Failure(path: own, reason: Self.isLink)
        }
        try Disk.makeFolder(own)
      }
      let lock = try Disk.lock("\(folder)/\(Manifest.folder)/lock")
      let manifest = (try? Disk.read("\(folder)/\(Manifest.file)").get()).flatMap { Manifest($0) }
      return State(lock: lock, manifest: manifest)
    } catch {
      throw PublishingError.disk(error)
    }
  }

  /// Refuses to write over files that Roster did not write.
  private func refuseForeign(_ paths: Set<String>, known manifest: Manifest?) throws(PublishingError) {
    let foreign = paths.subtracting(manifest?.paths ?? []).filter {
      Disk.kind("\(folder)/\($0)", followsLinks: false) != nil
    }
    if !foreign.isEmpty { throw PublishingError.foreignFiles(folder: folder, files: foreign.sorted()) }
  }

  private func makeFolders(for paths: Set<String>) throws(PublishingError) {
    do throws(Disk.Failure) {
      for name in Self.folders(of: paths).sorted() {
        let path = "\(folder)/\(name)"
        if Disk.kind(path, followsLinks: false) == .other { throw Disk.Failure(path: path, reason: Self.isLink) }
        try Disk.makeFolder(path)
      }
    } catch {
      throw PublishingError.disk(error)
    }
  }

  private static let isLink = "this is a link, and nothing is written through links"

  // MARK: Writing

  /// Writes a file unless it stands there already. Returns whether it wrote.
  private func write(_ bytes: [UInt8], to path: String, worker: Int, index: IndexMark? = nil) throws(Disk.Failure)
    -> Bool
  {
    let target = "\(folder)/\(path)"
    if Disk.size(target) == bytes.count, case .success(let standing) = Disk.read(target), standing == bytes {
      return false
    }
    index?.remove()
    let temporary = "\(folder)/\(Manifest.folder)/new/\(worker)"
    do throws(Disk.Failure) {
      try Disk.write(bytes, to: temporary)
      try Disk.replace(target, by: temporary)
    } catch {
      try? Disk.removeFile(temporary)
      throw Disk.Failure(path: target, reason: error.reason)
    }
    return true
  }

  private func save(_ manifest: Manifest) throws(PublishingError) {
    do throws(Disk.Failure) {
      _ = try write(manifest.bytes, to: Manifest.file, worker: -1)
    } catch {
      throw PublishingError.disk(error)
    }
  }

  /// Removes files of an earlier run, and the folders that are empty then.
  private func remove(_ stale: Set<String>, kept: Set<String>) throws(PublishingError) {
    do throws(Disk.Failure) {
      for path in stale {
        // A folder that became a link since leads elsewhere.
        let isHere = Self.folders(of: [path]).allSatisfy {
          Disk.kind("\(folder)/\($0)", followsLinks: false) == .folder
        }
        if isHere { try Disk.removeFile("\(folder)/\(path)") }
      }
    } catch {
      throw PublishingError.disk(error)
    }
    for name in Self.folders(of: stale).subtracting(Self.folders(of: kept)).sorted(by: { $0.count > $1.count }) {
      Disk.removeFolderIfEmpty("\(folder)/\(name)")
    }
  }

  /// Every folder above some files.
  private static func folders(of paths: Set<String>) -> Set<String> {
    var folders: Set<String> = []
    for path in paths {
      var rest = path[...]
      while let slash = rest.lastIndex(of: "/") {
        rest = rest[..<slash]
        if !folders.insert(String(rest)).inserted { break }
      }
    }
    return folders
  }
}

/// A file that stands while the index of the search fits the pages: it goes before the first page changes, and comes back when the index is
/// made. So a run that is killed or fails in between leaves no index that looks current.
private struct IndexMark: Sendable {
  let path: String

  var stands: Bool { Disk.kind(path, followsLinks: false) == .file }
  func remove() { try? Disk.removeFile(path) }
  func set() { try? Disk.write([], to: path) }
}

/// Counts what is done, from all tasks.
private final class Tally: Sendable {
  let written = Atomic<Int>(0)
  let unchanged = Atomic<Int>(0)

  /// Counts a file. Returns how many there are now.
  func add(isNew: Bool) -> Int {
    if isNew { written.add(1, ordering: .relaxed) } else { unchanged.add(1, ordering: .relaxed) }
    return written.load(ordering: .relaxed) + unchanged.load(ordering: .relaxed)
  }
}

/// Why a site could not be written.
public enum PublishingError: Error, Equatable, CustomStringConvertible {
  /// The operating system refused something.
  case disk(Disk.Failure)
  /// Files stand where pages would go, and Roster did not write them.
  case foreignFiles(folder: String, files: [String])
  /// The index of the full-text search could not be made.
  case search(String)

  /// The error as a sentence or two, with what to do.
  public var description: String {
    switch self {
    case .disk(let failure): return failure.description
    case .search(let reason):
      return
        "the site is there, but its full-text search is not: \(reason). Run again with --no-search to do without it."
    case .foreignFiles(let folder, let files):
      let named = files.prefix(3).joined(separator: ", ") + (files.count > 3 ? " and \(files.count - 3) more" : "")
      return
        "\(folder) holds files that Roster did not write and would have to replace: \(named). Choose another --output, or move them away."
    }
  }
}
