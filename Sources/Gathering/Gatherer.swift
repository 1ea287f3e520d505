import Agents
import Catalogs
import Files
import Pages
import Scanning
import Synchronization

/// Makes a record of every file, and reads only those for it that have changed since the last run.
public struct Gatherer: Sendable {
  private let folder: String
  private let recipe: Digest
  private let key: DigestKey
  private let settings: CatalogSettings
  private let reader: AgentReader
  private var keepsTexts = true
  private let jobs: Int
  private let memoryLimit: Int

  /// Makes a gatherer.
  ///
  /// - Parameters:
  ///   - folder: where records are kept between runs.
  ///   - recipe: what records are made with besides the files: those that were made with another are made anew.
  ///   - key: what digests are made with.
  ///   - settings: what records are to hold.
  ///   - jobs: how many tasks read at the same time.
  ///   - memoryLimit: how many bytes of rendered text are held in memory; more go to a file.
  public init(
    folder: String, recipe: Digest, key: DigestKey, settings: CatalogSettings, jobs: Int,
    memoryLimit: Int = 64 << 20
  ) {
    self.folder = folder
    self.recipe = recipe
    self.key = key
    self.settings = settings
    reader = AgentReader(runtimes: settings.runtimes)
    self.jobs = jobs
    self.memoryLimit = memoryLimit
  }

  /// Makes a gatherer that keeps nothing between runs, and no texts.
  ///
  /// - Parameters:
  ///   - settings: what records are to hold.
  ///   - jobs: how many tasks read at the same time.
  public init(settings: CatalogSettings, jobs: Int) {
    let key = DigestKey.random()
    self.init(folder: "", recipe: key.digest([]), key: key, settings: settings, jobs: jobs)
    keepsTexts = false
  }

  /// Reads what has changed.
  ///
  /// - Parameters:
  ///   - remembers: whether records of an earlier run are used.
  ///   - progress: called now and then with the number of files that are read, and of those that are to be.
  /// - Throws: ``Disk/Failure`` where what memory is too small for cannot be put aside.
  public func gather(
    _ scan: ScanResult, remembers: Bool = true, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async throws(Disk.Failure) -> Gathering {
    let memory = remembers ? SourceMemory.load(from: folder, recipe: recipe, key: key) : nil
    let known = memory?.sources ?? [:]
    let files = scan.files
    let texts = TextStore(files, reader: reader, key: key, folder: folder, memoryLimit: memoryLimit)
    // What may have changed is read; what turns out to be the same is not parsed.
    let suspects = files.indices.filter { index in
      guard let past = known[files[index].source.publishedPath] else { return true }
      return past.path != files[index].source.path || past.identity != files[index].identity || !past.isSettled
    }
    let looks = Mutex<[Int: Look]>([:])
    let done = Atomic<Int>(0)
    try await concurrentForEach(suspects.count, jobs: jobs) { (position, _) throws(Disk.Failure) in
      let index = suspects[position]
      let look = try look(at: files[index], known[files[index].source.publishedPath], texts)
      looks.withLock { $0[index] = look }
      let count = done.add(1, ordering: .relaxed).newValue
      if count.isMultiple(of: 64) { progress(count, suspects.count) }
    }
    let found = looks.withLock { $0 }
    var gathering = Gathering(scan: scan, texts: texts, memory: memory, key: key, jobs: jobs)
    for (index, file) in files.enumerated() {
      switch found[index] {
      case nil:
        guard let past = known[file.source.publishedPath] else { continue }
        gathering.add(.remembered, file.source, past)
      case .same(let identity):
        guard var past = known[file.source.publishedPath] else { continue }
        past.identity = identity
        past.isSettled = identity.isSettled(at: scan.time)
        gathering.add(.remembered, file.source, past)
      case .new(let record, let digest, let identity):
        let past = SourceMemory.Source(
          path: file.source.path, identity: identity, isSettled: identity.isSettled(at: scan.time), digest: digest)
        gathering.add(.made(record), file.source, past)
      case .unreadable(let reason):
        gathering.unreadable.append(
          UnreadFile(
            displayPath: file.source.displayPath, publishedPath: file.source.publishedPath, reason: reason))
      }
    }
    return gathering
  }

  /// What reading a file came to.
  private enum Look: Sendable {
    /// It holds what it held when its record was made.
    case same(Disk.Identity)
    case new(Record, Digest, Disk.Identity)
    case unreadable(String)
  }

  private func look(
    at file: FoundFile, _ past: SourceMemory.Source?, _ texts: TextStore
  ) throws(Disk.Failure) -> Look {
    switch Disk.readWithIdentity(file.absolutePath) {
    case .failure(let failure): return .unreadable(failure.reason)
    case .success(let (bytes, identity)):
      let digest = key.digest(bytes)
      if let past, past.digest == digest, past.path == file.source.path { return .same(identity) }
      let reading = reader.read(bytes, of: file.source)
      if keepsTexts { try texts.put(reading.rendering, of: file.source) }
      return .new(Record(reading.facts, settings: settings), digest, identity)
    }
  }
}
