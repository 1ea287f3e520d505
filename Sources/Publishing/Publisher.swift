import Files
import Pages
import Synchronization

/// Writes a site into a folder.
///
/// Each file is replaced whole, so that whoever looks at any moment sees an old file or a new one. What an earlier run
/// wrote and this one does not is removed; what Roster never wrote stays.
public struct Publisher: Sendable {
  private let folder: SiteFolder
  private let cache: CacheFolder?
  private let jobs: Int
  private let isIgnoredByGit: Bool

  /// Makes a publisher.
  ///
  /// - Parameters:
  ///   - folder: where the site goes; made if it is not there.
  ///   - cache: where the next run finds what this one did; nil if every page is to be made.
  ///   - jobs: how many tasks lay out and write at the same time.
  ///   - isIgnoredByGit: whether git is to ignore the folder. The file that says so is no part of the site.
  public init(folder: String, cache: CacheFolder? = nil, jobs: Int, isIgnoredByGit: Bool = false) {
    self.isIgnoredByGit = isIgnoredByGit
    self.folder = SiteFolder(folder)
    self.cache = cache
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
    /// Files whose content was made, to be written or to turn out the same; of the others the fingerprint was enough.
    public var laidOut: Int
    /// How many bytes the written files have.
    public var bytesWritten: Int

    /// Makes an outcome.
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

  /// What is to stand before the rest does, for somebody who waits for it.
  public struct Urgency: Sendable {
    fileprivate let isUrgent: @Sendable (String) -> Bool
    fileprivate let ready: @Sendable (Set<String>) async -> Void

    /// Makes an urgency.
    ///
    /// - Parameters:
    ///   - isUrgent: whether a file, by its path below the folder, is waited for.
    ///   - ready: called with the files that were, when all of them stand as they are to be, and others do not yet;
    ///     those are written when it returns.
    public init(
      isUrgent: @escaping @Sendable (String) -> Bool, ready: @escaping @Sendable (Set<String>) async -> Void
    ) {
      self.isUrgent = isUrgent
      self.ready = ready
    }
  }

  /// The last run, as the cache has it.
  public var lastRun: LastRun { LastRun.load(from: cache) }

  /// Throws if nothing can be written into the folder, before there is any work that would be in vain.
  public func requireWritable() throws(PublishingError) {
    try PublishingError.asking { () throws(Disk.Failure) in try Disk.requireWritable(folder.path) }
  }

  /// The files that Roster wrote, below the folder, without the manifest.
  public var files: Set<String> {
    (try? Disk.read(folder.target(Manifest.file)).get()).flatMap { Manifest($0) }?.paths
      ?? (Disk.kind(folder.own, followsLinks: false) == .folder
        ? ManifestRecovery.manifest(of: folder.path).paths : [])
  }

  /// Removes everything that Roster wrote, and the folders that are empty then. Returns how many files were there.
  ///
  /// - Throws: ``PublishingError`` where something cannot be removed, or somebody else is writing.
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

  /// What the last run had to say, if the site stands as it left it and would be made from the same; else nil.
  ///
  /// - Parameter inputs: the digest of all that the site would be made from.
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

  /// Lays out what may have changed of a site, and writes what has.
  ///
  /// - Parameters:
  ///   - site: what is to be published.
  ///   - last: what ``lastRun`` gave.
  ///   - inputs: the digest of all that the site is made from.
  ///   - recipe: the digest of what the site's fingerprints leave out: program, settings, theme. Fingerprints of
  ///     another count for nothing.
  ///   - note: what ``standingNote(_:inputs:)`` is to give if nothing changes.
  ///   - urgency: what is written before the rest; nil where nobody waits.
  ///   - progress: called now and then with the number of files that are done.
  /// - Throws: ``PublishingError``; the folder then holds whole files only, and the next run puts it right.
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
    // From here on a file may be new and not yet listed, should the run be killed: so list all that may come to be
    // first, and let nothing stand that speaks of files as they were.
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
      // Whoever waited may still ask for them, and is to be answered at once.
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
      // A full disk may have room when that is gone which is not needed any more, and which goes last where there is
      // room.
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

  /// Every file as it stands now.
  private func outputs(_ files: [String], _ tally: Tally) -> [String: LastRun.Output] {
    var outputs: [String: LastRun.Output] = [:]
    outputs.reserveCapacity(files.count)
    for (file, output) in zip(files, tally.outputs) { outputs[file] = output }
    return outputs
  }

  /// Sees to it that a file stands as it is to be, with as little work as that takes.
  private func bring(
    _ item: SiteFile, as file: String, after last: LastRun, _ recipe: Digest, worker: Int, _ tally: Tally
  ) throws(PublishingError) -> LastRun.Output {
    let target = folder.target(file)
    var past = last.outputs[file]
    // What somebody has touched counts as unknown.
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
        throw Disk.Failure(path: target, reason: "it vanished when it had been written")
      }
      if isNew { tally.countWritten(identity.size) }
      return .init(identity: identity, content: content, fingerprint: fingerprint, pieces: pieces)
    } catch {
      throw .disk(error)
    }
  }
}

/// What is done, from all tasks.
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

  /// Counts a file. Returns how many there are now.
  func add(_ output: LastRun.Output, at index: Int) -> Int {
    results.withLock { $0[index] = output }
    return done.add(1, ordering: .relaxed).newValue
  }

  /// How many files are new.
  var written: Int { writes.load(ordering: .relaxed) }
  /// How many bytes those have.
  var bytesWritten: Int { bytes.load(ordering: .relaxed) }
  /// How many were laid out.
  var laidOut: Int { made.load(ordering: .relaxed) }

  var outputs: [LastRun.Output?] { results.withLock { $0 } }
}
