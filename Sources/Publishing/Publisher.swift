import Files
import Pages
import Synchronization

/// Writes a site to a folder.
///
/// Each file is replaced atomically, so readers see either the old or the new file. Files of an earlier run that are no
/// longer part of the site are removed. Files that Roster never wrote are kept.
public struct Publisher: Sendable {
  private let folder: SiteFolder
  /// The cache for the record of the run; nil if every page is rendered in every run.
  public let cache: CacheFolder?
  private let jobs: Int
  private let isIgnoredByGit: Bool

  /// Creates a publisher.
  ///
  /// - Parameters:
  ///   - folder: The output folder; created if it is missing.
  ///   - cache: The cache for the record of the run; nil to render every page in every run.
  ///   - jobs: The number of concurrent tasks.
  ///   - isIgnoredByGit: Whether to add a `.gitignore` file to the folder. It is not part of the site.
  public init(folder: String, cache: CacheFolder? = nil, jobs: Int, isIgnoredByGit: Bool = false) {
    self.isIgnoredByGit = isIgnoredByGit
    self.folder = SiteFolder(folder)
    self.cache = cache
    self.jobs = jobs
  }

  /// The result of a run.
  public struct Outcome: Sendable, Equatable {
    /// The number of new or changed files.
    public var written: Int
    /// The number of files that were up to date.
    public var unchanged: Int
    /// The number of files of an earlier run that were removed.
    public var removed: Int
    /// The number of files that were rendered, whether or not they had changed. The others were skipped by their
    /// fingerprint.
    public var laidOut: Int
    /// The total size of the written files in bytes.
    public var bytesWritten: Int

    /// Creates an outcome.
    public init(
      written: Int = 0, unchanged: Int = 0, removed: Int = 0, laidOut: Int = 0, bytesWritten: Int = 0
    ) {
      self.written = written
      self.unchanged = unchanged
      self.removed = removed
      self.laidOut = laidOut
      self.bytesWritten = bytesWritten
    }
  }

  /// The files to write first, because someone is waiting for them.
  public struct Urgency: Sendable {
    fileprivate let isUrgent: @Sendable (String) -> Bool
    fileprivate let ready: @Sendable (Set<String>) async -> Void

    /// Creates an urgency.
    ///
    /// - Parameters:
    ///   - isUrgent: Whether a file is urgent, by its path below the folder.
    ///   - ready: Called with the urgent files once all of them are up to date. The other files are written after it
    ///     returns.
    public init(
      isUrgent: @escaping @Sendable (String) -> Bool, ready: @escaping @Sendable (Set<String>) async -> Void
    ) {
      self.isUrgent = isUrgent
      self.ready = ready
    }
  }

  /// The record of the last run, from the cache.
  public var lastRun: LastRun { LastRun.load(from: cache) }

  /// Throws if the folder is not writable, before any work is done.
  public func requireWritable() throws(PublishingError) {
    try PublishingError.asking { () throws(Disk.Failure) in try Disk.requireWritable(folder.path) }
  }

  /// The files that Roster wrote, below the folder, without the manifest.
  public var files: Set<String> {
    (try? Disk.read(folder.target(Manifest.file)).get()).flatMap { Manifest($0) }?.paths
      ?? (Disk.kind(folder.own, followsLinks: false) == .folder
        ? ManifestRecovery.manifest(of: folder.path).paths : [])
  }

  /// Removes everything that Roster wrote, and folders that become empty. Returns the number of files removed.
  ///
  /// - Throws: ``PublishingError`` if a file cannot be removed, or if another process is writing.
  public func clear() throws(PublishingError) -> Int {
    let files = files
    if files.isEmpty, Disk.kind(folder.own, followsLinks: false) != .folder { return 0 }
    return try PublishingError.asking { () throws(Disk.Failure) in
      let count = try folder.whileLocked { () throws(Disk.Failure) in
        let count = try folder.remove(files, kept: [])
        folder.removeIgnoreFile()
        Disk.removeTree(folder.own)
        return count
      }
      Disk.removeFolderIfEmpty(folder.path)
      return count
    }
  }

  /// Returns the note of the last run if the site is unchanged on disk and has the same inputs; nil if not.
  ///
  /// - Parameter inputs: The digest of all inputs of the site.
  public func standingNote(_ last: LastRun, inputs: Digest) async -> [UInt8]? {
    guard last.inputs == inputs, Disk.kind(folder.target(Manifest.file), followsLinks: false) == .file else {
      return nil
    }
    let outputs = Array(last.outputs)
    do {
      try await concurrentForEach(outputs.count, jobs: jobs) { (index, _) throws(Differs) in
        let (file, output) = outputs[index]
        if Disk.identity(folder.target(file)) != output.identity { throw Differs() }
      }
    } catch {
      return nil
    }
    return last.note
  }

  private struct Differs: Error {}

  /// Renders the files that may have changed, and writes those that did.
  ///
  /// - Parameters:
  ///   - site: The site to publish.
  ///   - last: The value of ``lastRun``.
  ///   - inputs: The digest of all inputs of the site.
  ///   - recipe: The digest of the inputs that are not part of the site's fingerprints: program, settings, theme. If it
  ///     differs, earlier fingerprints are ignored.
  ///   - note: The note that ``standingNote(_:inputs:)`` returns if nothing changes.
  ///   - urgency: The files to write first; nil if there are none.
  ///   - progress: Called at intervals with the number of finished files.
  /// - Throws: ``PublishingError``. The folder then contains only complete files, and the next run repairs the site.
  public func publish(
    _ site: some PageSet, after last: LastRun, inputs: Digest, recipe: Digest, note: [UInt8] = [],
    urgency: Urgency? = nil, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws(PublishingError) -> Outcome {
    let state = try PublishingError.asking { () throws(Disk.Failure) in try folder.prepare(after: last) }
    defer { folder.release(state.lock) }
    let files = site.plan.map(\.path.description)
    let pages = Set(files)
    let earlier = state.manifest?.paths ?? []
    try folder.refuseForeign(pages, known: earlier)
    // If the run is killed from here on, there may be new files that are not listed. So first list all files that may
    // exist, and remove the record of the previous files.
    let either = earlier.union(pages)
    try PublishingError.asking { () throws(Disk.Failure) in
      if isIgnoredByGit { try folder.addIgnoreFile() }
      try folder.makeFolders(for: pages)
      if !state.isOnDisk || earlier != either { try folder.keep(Manifest.file, Manifest(either).bytes) }
    }
    if let cache { LastRun.forget(in: cache) }
    let stale = earlier.subtracting(pages)
    let tally = Tally(count: site.plan.count)
    func bringAll() async throws(PublishingError) {
      let plan = site.plan
      func bring(_ numbers: [Int], jobs: Int) async throws(PublishingError) {
        try await concurrentForEach(numbers.count, jobs: jobs) { (place, worker) throws(PublishingError) in
          let number = numbers[place]
          let output = try self.bring(
            plan[number], as: files[number], after: last, recipe, worker: worker, tally)
          let done = tally.add(output, at: number)
          if done.isMultiple(of: 64) { progress(done) }
        }
      }
      guard let urgency else { return try await bring(Array(plan.indices), jobs: jobs) }
      let urgent = plan.indices.filter { urgency.isUrgent(files[$0]) }
      try await bring(urgent, jobs: jobs)
      await urgency.ready(Set(urgent.map { files[$0] }))
      let done = Set(urgent)
      // The reader who waited may still request the files, so leave a core for the server.
      try await bring(plan.indices.filter { !done.contains($0) }, jobs: max(1, jobs - 1))
    }
    func removeStale() throws(PublishingError) -> Int {
      try PublishingError.asking { () throws(Disk.Failure) in
        try folder.remove(stale, kept: pages)
      }
    }
    var removed = 0
    do throws(PublishingError) {
      try await bringAll()
    } catch {
      // On a full disk, removing stale files may free space. Normally they are removed last.
      guard case .disk = error else { throw error }
      removed = try removeStale()
      guard removed > 0 else { throw error }
      try await bringAll()
    }
    removed += try removeStale()
    if pages != either {
      try PublishingError.asking { () throws(Disk.Failure) in
        try folder.keep(Manifest.file, Manifest(pages).bytes)
      }
    }
    if let cache {
      LastRun(key: last.key, inputs: inputs, note: note, outputs: outputs(files, tally)).keep(in: cache)
    }
    return Outcome(
      written: tally.written, unchanged: max(0, site.plan.count - tally.written), removed: removed,
      laidOut: tally.laidOut, bytesWritten: tally.bytesWritten)
  }

  /// Returns all files with their current state.
  private func outputs(_ files: [String], _ tally: Tally) -> [String: LastRun.Output] {
    var outputs: [String: LastRun.Output] = [:]
    outputs.reserveCapacity(files.count)
    for (file, output) in zip(files, tally.outputs) { outputs[file] = output }
    return outputs
  }

  /// Brings a file up to date with as little work as possible.
  private func bring(
    _ item: SiteFile, as file: String, after last: LastRun, _ recipe: Digest, worker: Int, _ tally: Tally
  ) throws(PublishingError) -> LastRun.Output {
    let target = folder.target(file)
    var past = last.outputs[file]
    // A file that someone has modified counts as unknown.
    if past != nil, past?.identity != Disk.identity(target) { past = nil }
    let page = item.draft()
    let fingerprint = page.fingerprint.map { made in
      var digester = Digester(key: last.key)
      digester.add(recipe)
      digester.add(made)
      return digester.digest
    }
    if let past, let made = past.fingerprint, made == fingerprint { return past }
    tally.countLaidOut()
    let made: SiteFile.Content
    do throws(SourceChanged) { made = try page.content() } catch { throw .sourceChanged(error) }
    let draft = SiteFolder.Draft(
      file: file, standing: past?.content, worker: worker)
    do throws(Disk.Failure) {
      var content: Digest?
      var pieces: LastRun.Pieces?
      let isNew: Bool
      switch made {
      case .bytes(let bytes): (content, isNew) = try folder.write(draft, bytes, key: last.key)
      case .pieces(let made):
        let written = try folder.write(draft, made, after: PastPieces(target, past, recipe: recipe))
        isNew = written.isNew
        pieces = .init(recipe: recipe, fingerprints: made.fingerprints, lengths: written.lengths)
      }
      guard let identity = isNew ? Disk.identity(target) : past?.identity ?? Disk.identity(target) else {
        throw Disk.Failure(path: target, reason: "it disappeared after it was written")
      }
      if isNew { tally.countWritten(identity.size) }
      return .init(identity: identity, content: content, fingerprint: fingerprint, pieces: pieces)
    } catch {
      throw .disk(error)
    }
  }
}

/// Counters of finished work, shared by all tasks.
private final class Tally: Sendable {
  private let writes = Atomic<Int>(0)
  private let bytes = Atomic<Int>(0)
  private let made = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let results: Mutex<[LastRun.Output?]>

  init(count: Int) { results = Mutex(Array(repeating: nil, count: count)) }

  func countLaidOut() { made.add(1, ordering: .relaxed) }

  func countWritten(_ size: Int) {
    writes.add(1, ordering: .relaxed)
    bytes.add(size, ordering: .relaxed)
  }

  /// Adds a finished file. Returns the number of finished files.
  func add(_ output: LastRun.Output, at index: Int) -> Int {
    results.withLock { $0[index] = output }
    return done.add(1, ordering: .relaxed).newValue
  }

  /// The number of files written.
  var written: Int { writes.load(ordering: .relaxed) }
  /// The total size of the written files in bytes.
  var bytesWritten: Int { bytes.load(ordering: .relaxed) }
  /// The number of files rendered.
  var laidOut: Int { made.load(ordering: .relaxed) }

  var outputs: [LastRun.Output?] { results.withLock { $0 } }
}
