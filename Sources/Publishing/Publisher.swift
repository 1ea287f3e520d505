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
    public var written: Int
    /// Files that stood there already as they are.
    public var unchanged: Int
    /// Files of an earlier run that are gone.
    public var removed: Int

    /// Makes an outcome.
    public init(written: Int = 0, unchanged: Int = 0, removed: Int = 0) {
      self.written = written
      self.unchanged = unchanged
      self.removed = removed
    }
  }

  /// The folder that Roster keeps for itself inside the site's.
  public var ownFolder: String { "\(folder)/\(Manifest.folder)" }

  /// What the last run left.
  public var lastRun: LastRun { LastRun.load(from: folder) }

  /// What the last run had to say, if the site stands as it left it and would be made from the same; else nil.
  ///
  /// - Parameter inputs: the digest of all that the site would be made from.
  public func standingNote(_ last: LastRun, inputs: Digest) async -> [UInt8]? {
    guard last.inputs == inputs else { return nil }
    let outputs = Array(last.outputs)
    do {
      try await concurrentForEach(outputs.count, jobs: jobs) { (index, _) throws(Differs) in
        let (path, output) = outputs[index]
        if Disk.identity("\(folder)/\(path)") != output.identity { throw Differs() }
      }
    } catch {
      return nil
    }
    return last.note
  }

  private struct Differs: Error {}

  /// Lays out what may have changed of a site, and writes what has.
  ///
  /// - Parameters:
  ///   - site: what is to be published.
  ///   - last: what ``lastRun`` gave.
  ///   - inputs: the digest of all that the site is made from.
  ///   - recipe: the digest of what ``Site/fingerprint(_:key:)`` leaves out: program, settings, theme. Fingerprints of another count for nothing.
  ///   - note: what ``standingNote(_:inputs:)`` is to give if nothing changes.
  ///   - search: what makes the index of the full-text search, or nil for a site without one. It runs only if a file has changed.
  ///   - progress: called now and then with the number of files that are done.
  /// - Throws: ``PublishingError``; the folder then holds whole files only, and the next run puts it right.
  public func publish(
    _ site: Site, after last: LastRun, inputs: Digest, recipe: Digest, note: [UInt8] = [],
    search: SearchTool? = nil, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws(PublishingError) -> Outcome {
    let state = try prepare(after: last)
    defer { Disk.unlock(state.lock) }
    let plan = site.plan
    let paths = Set(plan.map { site.path($0).description })
    try refuseForeign(paths, known: state.manifest)
    try makeFolders(for: paths)
    // From here on a file may be new and not yet listed, should the run be killed: so list all that may come to be first, and let nothing stand
    // that speaks of files as they were.
    let earlier = state.manifest?.paths ?? []
    let either = earlier.union(paths)
    if !state.isOnDisk || earlier != either { try save(Manifest(either)) }
    try forgetLastRun()
    let mark = IndexMark(path: "\(ownFolder)/indexed")
    let earlierIndex = earlier.filter { $0.hasPrefix(Self.searchFolder + "/") }
    let stale = earlier.subtracting(paths).subtracting(earlierIndex)
    let tally = Tally(count: plan.count)
    func bringAll() async throws(PublishingError) {
      try await concurrentForEach(plan.count, jobs: jobs) { (index, worker) throws(PublishingError) in
        let output = try bring(plan[index], of: site, after: last, recipe: recipe, worker: worker, index: mark, tally)
        let done = tally.add(output, at: index)
        if done.isMultiple(of: 64) { progress(done) }
      }
    }
    var removed = 0
    do throws(PublishingError) {
      try await bringAll()
    } catch {
      // A full disk may have room when that is gone which is not needed any more, and which goes last where there is room.
      guard case .disk = error else { throw error }
      mark.remove()
      removed = try remove(stale, kept: paths.union(earlierIndex))
      guard removed > 0 else { throw error }
      try await bringAll()
    }
    if !stale.isEmpty || search == nil { mark.remove() }
    removed += try remove(stale, kept: paths.union(earlierIndex))
    let outcome = Outcome(
      written: tally.written, unchanged: max(0, plan.count - tally.written), removed: removed)
    var index: Set<String> = []
    if let search {
      let isCurrent =
        mark.stands && !earlierIndex.isEmpty
        && earlierIndex.allSatisfy { Disk.identity("\(folder)/\($0)") == last.outputs[$0]?.identity }
      index = isCurrent ? earlierIndex : try makeIndex(with: search, listed: either)
    }
    _ = try remove(earlierIndex.subtracting(index), kept: paths.union(index))
    let all = paths.union(index)
    if all != either || !index.isEmpty { try save(Manifest(all)) }
    if search != nil { mark.set() }
    var outputs: [String: LastRun.Output] = [:]
    outputs.reserveCapacity(plan.count)
    for (item, output) in zip(plan, tally.outputs) { outputs[site.path(item).description] = output }
    for path in index {
      guard let identity = Disk.identity("\(folder)/\(path)") else { continue }
      outputs[path] = .init(identity: identity, content: nil, fingerprint: nil)
    }
    let run = LastRun(key: last.key, inputs: inputs, note: note, outputs: outputs)
    do throws(Disk.Failure) {
      _ = try write(run.bytes, to: LastRun.file, worker: -1)
    } catch {
      throw PublishingError.disk(error)
    }
    return outcome
  }

  /// Sees to it that a file stands as it is to be, with as little work as that takes.
  private func bring(
    _ item: Site.Plan, of site: Site, after last: LastRun, recipe: Digest, worker: Int, index: IndexMark, _ tally: Tally
  ) throws(PublishingError) -> LastRun.Output {
    let path = site.path(item).description
    let target = "\(folder)/\(path)"
    var past = last.outputs[path]
    // What somebody has touched counts as unknown.
    if past != nil, past?.identity != Disk.identity(target) { past = nil }
    let fingerprint: Digest?
    let page: Page
    do throws(SourceChanged) {
      fingerprint = try site.fingerprint(item).map { made in
        var digester = Digester(key: last.key)
        digester.add(recipe)
        digester.add(made)
        return digester.digest
      }
      if let past, let made = past.fingerprint, made == fingerprint { return past }
      page = try site.page(item)
    } catch {
      throw PublishingError.sourceChanged(error)
    }
    do throws(Disk.Failure) {
      let (content, isNew) = try write(page.content, to: path, past?.content, last.key, worker, index)
      if isNew { tally.countWritten() }
      guard let identity = isNew ? Disk.identity(target) : past?.identity ?? Disk.identity(target) else {
        throw Disk.Failure(path: target, reason: "it vanished when it had been written")
      }
      return .init(identity: identity, content: content, fingerprint: fingerprint)
    } catch {
      throw PublishingError.disk(error)
    }
  }

  private func forgetLastRun() throws(PublishingError) {
    do throws(Disk.Failure) {
      try Disk.removeFile("\(folder)/\(LastRun.file)")
    } catch {
      throw PublishingError.disk(error)
    }
  }

  private static let searchFolder = "pagefind"

  /// Makes the index beside the site and moves it there file by file, the one that names the others last. Returns its files.
  private func makeIndex(with search: SearchTool, listed: Set<String>) throws(PublishingError) -> Set<String> {
    let workshop = "\(ownFolder)/search"
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
    /// Whether the manifest is the one on the disk, and not a recovered one.
    let isOnDisk: Bool
  }

  /// Makes the folder that Roster keeps for itself inside the site's, and that one.
  public func makeOwnFolder() throws(PublishingError) {
    do throws(Disk.Failure) {
      for own in [folder, ownFolder, "\(ownFolder)/new", "\(ownFolder)/records"] {
        if own != folder, Disk.kind(own, followsLinks: false) == .other {
          throw Disk.Failure(path: own, reason: Self.isLink)
        }
        try Disk.makeFolder(own)
      }
    } catch {
      throw PublishingError.disk(error)
    }
  }

  private func prepare(after last: LastRun) throws(PublishingError) -> State {
    try makeOwnFolder()
    do throws(Disk.Failure) {
      let lock = "\(ownFolder)/lock"
      let hasBeenHere = Disk.kind(lock, followsLinks: false) != nil
      let held = try Disk.lock(lock)
      let manifest = (try? Disk.read("\(folder)/\(Manifest.file)").get()).flatMap { Manifest($0) }
      if manifest == nil, hasBeenHere {
        let found = ManifestRecovery.manifest(of: folder).paths
        return State(lock: held, manifest: Manifest(found.union(last.outputs.keys)), isOnDisk: false)
      }
      return State(lock: held, manifest: manifest, isOnDisk: manifest != nil)
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

  /// Writes a file of the site unless it stands there already. Returns the digest of its content, and whether it wrote.
  private func write(
    _ content: Page.Content, to path: String, _ standing: Digest?, _ key: DigestKey, _ worker: Int, _ index: IndexMark
  ) throws(Disk.Failure) -> (content: Digest, isNew: Bool) {
    let target = "\(folder)/\(path)"
    switch content {
    case .bytes(let bytes):
      let digest = key.digest(bytes)
      if standing == digest { return (digest, false) }
      return (digest, try write(bytes, to: path, worker: worker, index: index))
    case .parts(let count, let part):
      // Written first and compared then, so that each part is made once.
      var digester = Digester(key: key)
      let temporary = temporary(worker)
      do throws(Disk.Failure) {
        try Disk.write(parts: count, to: temporary) { number in
          let bytes = part(number)
          digester.add(bytes)
          return bytes
        }
        let digest = digester.digest
        if standing == digest || Disk.holdTheSame(target, temporary) {
          try Disk.removeFile(temporary)
          return (digest, false)
        }
        index.remove()
        try Disk.replace(target, by: temporary)
        return (digest, true)
      } catch {
        try? Disk.removeFile(temporary)
        throw Disk.Failure(path: target, reason: error.reason)
      }
    }
  }

  /// Writes a file unless it stands there already. Returns whether it wrote.
  private func write(
    _ bytes: [UInt8], to path: String, worker: Int, index: IndexMark? = nil
  ) throws(Disk.Failure) -> Bool {
    let target = "\(folder)/\(path)"
    if Disk.holds(target, bytes) { return false }
    index?.remove()
    let temporary = temporary(worker)
    do throws(Disk.Failure) {
      try Disk.write(bytes, to: temporary)
      try Disk.replace(target, by: temporary)
    } catch {
      try? Disk.removeFile(temporary)
      throw Disk.Failure(path: target, reason: error.reason)
    }
    return true
  }

  private func temporary(_ worker: Int) -> String { "\(ownFolder)/new/\(worker)" }

  private func save(_ manifest: Manifest) throws(PublishingError) {
    do throws(Disk.Failure) {
      _ = try write(manifest.bytes, to: Manifest.file, worker: -1)
    } catch {
      throw PublishingError.disk(error)
    }
  }

  /// Removes files of an earlier run, and the folders that are empty then. Returns how many were there.
  private func remove(_ stale: Set<String>, kept: Set<String>) throws(PublishingError) -> Int {
    if stale.isEmpty { return 0 }
    var count = 0
    do throws(Disk.Failure) {
      for path in stale {
        // A folder that became a link since leads elsewhere.
        let isHere = Self.folders(of: [path]).allSatisfy {
          Disk.kind("\(folder)/\($0)", followsLinks: false) == .folder
        }
        guard isHere, Disk.kind("\(folder)/\(path)", followsLinks: false) != nil else { continue }
        try Disk.removeFile("\(folder)/\(path)")
        count += 1
      }
    } catch {
      throw PublishingError.disk(error)
    }
    for name in Self.folders(of: stale).subtracting(Self.folders(of: kept)).sorted(by: { $0.count > $1.count }) {
      Disk.removeFolderIfEmpty("\(folder)/\(name)")
    }
    return count
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

/// What is done, from all tasks.
private final class Tally: Sendable {
  private let writes = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let results: Mutex<[LastRun.Output?]>

  init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

  func countWritten() { writes.add(1, ordering: .relaxed) }

  /// Counts a file. Returns how many there are now.
  func add(_ output: LastRun.Output, at index: Int) -> Int {
    results.withLock { $0[index] = output }
    return done.add(1, ordering: .relaxed).newValue
  }

  /// How many files are new.
  var written: Int { writes.load(ordering: .relaxed) }

  var outputs: [LastRun.Output?] { results.withLock { $0 } }
}

/// Why a site could not be written.
public enum PublishingError: Error, Equatable, CustomStringConvertible {
  /// The operating system refused something.
  case disk(Disk.Failure)
  /// Files stand where pages would go, and Roster did not write them.
  case foreignFiles(folder: String, files: [String])
  /// A file is not any more what it was when the build began.
  case sourceChanged(SourceChanged)
  /// The index of the full-text search could not be made.
  case search(String)

  /// The error as a sentence or two, with what to do.
  public var description: String {
    switch self {
    case .disk(let failure): return failure.description
    case .sourceChanged(let change): return change.description
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
