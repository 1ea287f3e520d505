import Agents
import Catalogs
import Files
import Scanning
import Synchronization

/// Reads the files of a scan into a catalog. Every command that reads agents does it here.
///
/// ``read(_:progress:)`` reads the files that have changed and returns a ``SourceSnapshot``, which knows whether
/// anything has. Its ``SourceSnapshot/catalog()`` makes the catalog, and ``CatalogSnapshot/keep()`` writes the
/// records to the cache.
public struct CatalogReader: Sendable {
  let settings: CatalogSettings
  let selection: FileSelection
  let git: Git?
  let cache: CacheFolder?
  let key: DigestKey
  let recipe: Digest
  let jobs: Int
  let reader: AgentReader
  private let memoryLimit: Int

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - settings: what `roster.yml` and the command line say.
  ///   - selection: which files of a repository count among its history.
  ///   - git: what reads the history of files; nil if no history is wanted.
  ///   - cache: where records are kept between runs; nil if all files are to be read.
  ///   - program: identifies the program: records that another one made are not used.
  ///   - jobs: how many tasks work at the same time.
  ///   - memoryLimit: how many bytes of rendered text are held for pages. The rest goes to a temporary file in the
  ///     cache; without a cache it is rendered again when a page needs it.
  public init(
    settings: CatalogSettings, selection: FileSelection = FileSelection(), git: Git? = nil, cache: CacheFolder? = nil,
    program: [UInt8] = [], jobs: Int, memoryLimit: Int = 0
  ) {
    self.settings = settings
    self.selection = selection
    self.git = git
    self.cache = cache
    self.jobs = jobs
    self.memoryLimit = memoryLimit
    key = cache?.key ?? .random()
    reader = AgentReader(runtimes: settings.runtimes)
    var digester = Digester(key: key)
    digester.add(program)
    settings.forRecords.add(to: &digester)
    recipe = digester.digest
  }

  /// Reads what has changed.
  ///
  /// - Parameter progress: called now and then with the number of files that are read, and of those that are to be.
  public func read(
    _ scan: ScanResult, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async -> SourceSnapshot {
    await read(scan, after: cache.flatMap { RecordCache.load(from: $0, recipe: recipe) }, progress)
  }

  func read(
    _ scan: ScanResult, after past: RecordCache?, _ progress: @escaping @Sendable (Int, Int) -> Void
  ) async -> SourceSnapshot {
    let known = past?.sources ?? [:]
    let files = scan.files
    let texts = TextStore(files, reader: reader, key: key, folder: cache?.path, memoryLimit: memoryLimit)
    // Files that may have changed are read; those that turn out to be the same are not parsed.
    let suspects = files.indices.filter { index in
      guard let past = known[files[index].source.publishedPath] else { return true }
      return !past.describes(files[index].source) || past.identity != files[index].identity || !past.isSettled
    }
    let done = Atomic<Int>(0)
    let looks = await concurrentMap(suspects, jobs: jobs) { index in
      let look = look(at: files[index], known[files[index].source.publishedPath], texts)
      let count = done.add(1, ordering: .relaxed).newValue
      if count.isMultiple(of: 64) { progress(count, suspects.count) }
      return look
    }
    let found = Dictionary(uniqueKeysWithValues: zip(suspects, looks))
    var snapshot = SourceSnapshot(by: self, scan: scan, texts: texts, past: past)
    for (index, file) in files.enumerated() {
      switch found[index] {
      case nil:
        guard let past = known[file.source.publishedPath] else { continue }
        snapshot.add(.cached, file.source, past)
      case .same(let identity):
        guard var past = known[file.source.publishedPath] else { continue }
        past.identity = identity
        past.isSettled = identity.isSettled(at: scan.time)
        snapshot.add(.cached, file.source, past)
      case .new(let records, let digest, let identity):
        let entry = RecordCache.Source(
          file.source, identity: identity, isSettled: identity.isSettled(at: scan.time), digest: digest)
        snapshot.add(.made(records), file.source, entry)
      case .unreadable(let reason):
        snapshot.unreadable.append(
          UnreadFile(
            displayPath: file.source.displayPath, publishedPath: file.source.publishedPath, reason: reason))
      }
    }
    return snapshot
  }

  /// The result of reading a file.
  private enum Look: Sendable {
    /// It is as it was when its record was made.
    case same(Disk.Identity)
    case new([Record], Digest, Disk.Identity)
    case unreadable(String)
  }

  private func look(at file: FoundFile, _ past: RecordCache.Source?, _ texts: TextStore) -> Look {
    switch Disk.readWithIdentity(file.absolutePath, followsLinks: false) {
    case .failure(let failure): return .unreadable(failure.reason)
    case .success(let (bytes, identity)):
      let digest = key.digest(bytes)
      if let past, past.digest == digest, past.describes(file.source) { return .same(identity) }
      let readings = reader.readAll(bytes, of: file.source)
      if let whole = readings.first { texts.put(whole.rendering, of: file.source) }
      return .new(readings.map { Record($0.facts, settings: settings) }, digest, identity)
    }
  }
}
