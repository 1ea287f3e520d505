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
    self.jobs = jobs
    self.memoryLimit = memoryLimit
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
    let texts = TextStore(files, reader: AgentReader(), folder: folder, memoryLimit: memoryLimit)
    // What may have changed is read; what turns out to be the same is not parsed.
    let suspects = files.indices.filter { index in
      guard let past = known[files[index].source.displayPath] else { return true }
      return past.path != files[index].source.path || past.identity != files[index].identity || !past.isSettled
    }
    let looks = Mutex<[Int: Look]>([:])
    let done = Atomic<Int>(0)
    try await concurrentForEach(suspects.count, jobs: jobs) { (position, _) throws(Disk.Failure) in
      let index = suspects[position]
      let look = try look(at: files[index], known[files[index].source.displayPath], texts)
      looks.withLock { $0[index] = look }
      let count = done.add(1, ordering: .relaxed).newValue
      if count.isMultiple(of: 64) { progress(count, suspects.count) }
    }
    let found = looks.withLock { $0 }
    var gathering = Gathering(scan: scan, texts: texts, memory: memory, key: key, jobs: jobs)
    for (index, file) in files.enumerated() {
      switch found[index] {
      case nil:
        guard let past = known[file.source.displayPath] else { continue }
        gathering.add(.remembered, file.source, past)
      case .same(let identity):
        guard var past = known[file.source.displayPath] else { continue }
        past.identity = identity
        past.isSettled = identity.isSettled(at: scan.time)
        gathering.add(.remembered, file.source, past)
      case .new(let record, let digest, let identity):
        let past = SourceMemory.Source(
          path: file.source.path, identity: identity, isSettled: identity.isSettled(at: scan.time), digest: digest)
        gathering.add(.made(record), file.source, past)
      case .unreadable(let reason): gathering.unreadable.append((file.source.displayPath, reason))
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
      texts.note(identity, digest, of: file.source)
      if let past, past.digest == digest, past.path == file.source.path { return .same(identity) }
      let reading = AgentReader().read(bytes, of: file.source)
      try texts.put(reading.rendering, of: file.source)
      return .new(Record(reading.facts, settings: settings), digest, identity)
    }
  }
}

/// What was gathered: a record of each file, though those of an earlier run are fetched only when they are asked for.
public struct Gathering: Sendable {
  /// What was found.
  public let scan: ScanResult
  /// Files that could not be read, each with the reason.
  public var unreadable: [(path: String, reason: String)] = []
  /// How many files were read and parsed.
  public private(set) var parsedCount = 0
  /// Where pages get the files' own text.
  public var texts: Texts { store.texts(digest: { [digests] in digests[$0.displayPath] ?? emptyDigest }) }

  private let store: TextStore
  private let memory: SourceMemory?
  private let key: DigestKey
  private let jobs: Int
  private let emptyDigest: Digest
  private var items: [(source: SourceFile, state: State)] = []
  private var digests: [String: Digest] = [:]
  private var sources: [String: SourceMemory.Source] = [:]

  enum State: Sendable {
    /// An earlier run made its record.
    case remembered
    case made(Record)
  }

  init(scan: ScanResult, texts: TextStore, memory: SourceMemory?, key: DigestKey, jobs: Int) {
    self.scan = scan
    self.store = texts
    self.memory = memory
    self.key = key
    self.jobs = jobs
    emptyDigest = key.digest([])
    items.reserveCapacity(scan.files.count)
    digests.reserveCapacity(scan.files.count)
    sources.reserveCapacity(scan.files.count)
  }

  mutating func add(_ state: State, _ source: SourceFile, _ past: SourceMemory.Source) {
    items.append((source, state))
    digests[source.displayPath] = past.digest
    sources[source.displayPath] = past
    store.note(past.identity, past.digest, of: source)
    if case .made = state { parsedCount += 1 }
  }

  /// Adds everything that records and texts are made from to a digest.
  public func add(to digester: inout Digester) {
    digester.add(scan.collections.count)
    for collection in scan.collections { digester.add([collection.name, collection.folder]) }
    digester.add(items.count)
    for (source, _) in items {
      digester.add(source.path.description)
      digester.add(source.displayPath)
      digester.add(source.collection)
      digester.add(digests[source.displayPath] ?? emptyDigest)
    }
  }

  /// The record of each file, in the order of the files; nil where those of an earlier run cannot be had any more.
  public func records() async -> [Record]? {
    let remembered = items.contains { if case .remembered = $0.state { true } else { false } }
    let past = remembered ? await memory?.records(jobs: jobs) : [:]
    guard let past else { return nil }
    var records: [Record] = []
    records.reserveCapacity(items.count)
    for (source, state) in items {
      switch state {
      case .made(let record): records.append(record)
      case .remembered:
        guard var record = past[source.displayPath] else { return nil }
        record.place(at: source)
        records.append(record)
      }
    }
    return records
  }

  /// Holds every two prompts of groups of files against each other; those of which no file has changed are remembered.
  ///
  /// - Throws: ``SourceChanged`` where a file is not any more what it was.
  public func likenesses(of groups: [[SourceFile]]) async throws(SourceChanged) -> [[Likeness.Pair]] {
    let results = await concurrentMap(groups, jobs: jobs) { group -> Result<[Likeness.Pair], SourceChanged> in
      if let known = rememberedPairs(of: group) { return .success(known) }
      do throws(SourceChanged) {
        var prompts: [ArraySlice<UInt8>] = []
        for source in group { prompts.append(AgentReader.prompt(in: try store.bytes(of: source))) }
        return .success(Likeness.pairs(of: prompts))
      } catch {
        return .failure(error)
      }
    }
    var likenesses: [[Likeness.Pair]] = []
    for result in results { likenesses.append(try result.get()) }
    return likenesses
  }

  private func rememberedPairs(of group: [SourceFile]) -> [Likeness.Pair]? {
    guard let known = memory?.likenesses else { return nil }
    let own = group.map { self.digests[$0.displayPath] ?? emptyDigest }
    var pairs: [Likeness.Pair] = []
    for left in own.indices {
      for right in own.indices.dropFirst(left + 1) {
        guard let likeness = known[[own[left], own[right]]] else { return nil }
        pairs.append(.init(left: left, right: right, likeness: likeness))
      }
    }
    return pairs
  }

  /// Keeps everything for the next run. What cannot be kept is made anew then.
  ///
  /// - Parameters:
  ///   - records: what ``records()`` gave.
  ///   - likenesses: what ``likenesses(of:)`` gave, for its groups.
  public func keep(
    _ records: [Record], likenesses: [[Likeness.Pair]], of groups: [[SourceFile]], recipe: Digest, in folder: String
  ) async {
    var known: [[Digest]: Likeness] = [:]
    for (group, pairs) in zip(groups, likenesses) {
      let own = group.map { self.digests[$0.displayPath] ?? emptyDigest }
      for pair in pairs { known[[own[pair.left], own[pair.right]]] = pair.likeness }
    }
    let changed = Set(items.indices.filter { if case .made = items[$0].state { true } else { false } })
    await SourceMemory.save(
      records, changed: changed, sources: sources, likenesses: known, after: memory, recipe: recipe, key: key,
      to: folder, jobs: jobs)
  }
}
