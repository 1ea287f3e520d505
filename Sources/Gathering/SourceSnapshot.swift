import Agents
import Catalogs
import Files
import Likenesses
import Scanning

/// The state of the sources as read by a ``CatalogReader``. Cached records are loaded when ``catalog()`` needs them.
public struct SourceSnapshot: Sendable {
  /// The result of the scan.
  public let scan: ScanResult
  /// Files that couldn't be read after they were found, with reasons.
  var unreadable: [UnreadFile] = []

  let reader: CatalogReader
  private let store: TextStore
  private let past: RecordCache?
  private let history: GitHistory
  private let approvals: ApprovalShelf
  private let emptyDigest: Digest
  private var items: [(source: SourceFile, state: State)] = []
  private var sources: [String: RecordCache.Source] = [:]

  enum State: Sendable {
    /// The records are in the cache.
    case cached
    /// The record of the file, and those of the items in it.
    case made([Record])
  }

  init(by reader: CatalogReader, scan: ScanResult, texts: TextStore, past: RecordCache?) {
    self.reader = reader
    self.scan = scan
    self.store = texts
    self.past = past
    history = GitHistory(
      of: scan.files, except: scan.copiesWithoutHistory, selection: reader.selection,
      versions: reader.settings.historyTexts, git: reader.git)
    approvals = ApprovalShelf(of: scan.files)
    emptyDigest = reader.key.digest([])
    items.reserveCapacity(scan.files.count)
    sources.reserveCapacity(scan.files.count)
  }

  mutating func add(_ state: State, _ source: SourceFile, _ entry: RecordCache.Source) {
    items.append((source, state))
    sources[source.publishedPath] = entry
    store.expect(entry.digest, of: source)
    if let digest = entry.partsDigest, source.outside?.inclusions.isEmpty == false {
      store.expectInclusions(digest, of: source)
    }
  }

  /// Returns the digest of everything that is read with a file: its bytes and the files of a skill. For an item in a
  /// file, it includes the position of the item.
  private func digest(of source: SourceFile) -> Digest {
    if let part = store.expectedPart(source) { return reader.key.digest(Array(part.utf8)) }
    guard let known = sources[source.publishedPath] else { return emptyDigest }
    if known.partsDigest == nil, source.item == nil { return known.digest }
    var digester = Digester(key: reader.key)
    digester.add(known.digest)
    if let parts = known.partsDigest { digester.add(parts) }
    if let item = source.item {
      digester.add(item.path)
      digester.add([item.range.lowerBound, item.range.upperBound].map(String.init))
    }
    return digester.digest
  }

  // MARK: Queries

  /// All files that couldn't be read, with reasons.
  public var unreadableFiles: [UnreadFile] { scan.unreadable + unreadable }

  /// The number of source files read so far: those that may have changed, and those whose text was needed for pages. A
  /// file that was read twice counts twice.
  public var filesRead: Int { store.readCount }

  /// Whether a repository is a shallow clone.
  public var isShallow: Bool { history.isShallow }

  /// Sentences about why history is missing or incomplete.
  public var historyNotes: [String] { history.notes(cache: reader.cache) }

  /// Adds all inputs of the catalog and its texts to a digest, except the settings.
  public func add(to digester: inout Digester) {
    history.add(to: &digester)
    approvals.add(to: &digester)
    digester.add(scan.owners.count)
    for (path, owners) in scan.owners.sorted(by: { $0.key.precedesByBytes($1.key) }) { digester.add([path] + owners) }
    digester.add(scan.collections.count)
    for collection in scan.collections { collection.add(to: &digester) }
    digester.add(items.count)
    for (source, _) in items {
      digester.add(source.path.description)
      digester.add(source.publishedPath)
      digester.add(source.collection)
      source.add(to: &digester)
      digester.add(digest(of: source))
    }
  }

  // MARK: The catalog

  /// Creates the catalog. If the cache is broken, every file is read again.
  ///
  /// - Throws: ``SourceChanged`` if a file has changed since it was read.
  public func catalog() async throws(SourceChanged) -> CatalogSnapshot {
    guard let records = await records() else {
      return try await reader.read(scan, after: nil, { _, _ in }).catalog()
    }
    for case .agent(let record) in records { store.expectParts(of: record.agent) }
    let assembly = Assembly(records, collections: scan.collections, settings: reader.settings)
    let prompts = ComparedPrompts()
    let related = try await assembly.related(jobs: reader.jobs) { (tasks) throws(SourceChanged) in
      try await likenesses(of: tasks, prompts)
    }
    var texts = store.texts(digest: { digest(of: $0) })
    let approvals = try await approvals.approvals(of: records, texts: texts, jobs: reader.jobs)
    let (chronicle, notes) = history.chronicle(of: scan.files, cache: reader.cache)
    let items = records.compactMap { if case .agent(let record) = $0 { record.agent } else { nil } }
      .filter { $0.source.item == nil }
    var dated = await VersionAccess(reader).completed(chronicle, of: items.map(\.source), from: history)
    dated.formerNames = await FormerNames(reader).names(of: items, in: chronicle, from: history)
    let catalog = await Catalog(
      related, chronicle: dated, approvals: approvals, owners: scan.owners, jobs: reader.jobs)
    let versions = history.contents(
      of: catalog.entries.compactMap { $0.hasVersions ? $0.history?.publishedBlobs : nil })
    texts.versions = { versions.contents(of: $0) }
    return CatalogSnapshot(
      catalog: catalog, texts: texts, historyNotes: notes, sources: self, records: records, related: related)
  }

  /// Returns the records of all files, in order; nil if the cache is broken.
  private func records() async -> [Record]? {
    let isCacheNeeded = items.contains { if case .cached = $0.state { true } else { false } }
    let cached = isCacheNeeded ? await past?.records(jobs: reader.jobs) : [:]
    guard let cached else { return nil }
    var records: [Record] = []
    records.reserveCapacity(items.count)
    for (source, state) in items {
      switch state {
      case .made(let made): records += made
      case .cached:
        guard let kept = cached[source.publishedPath] else { return nil }
        for var record in kept {
          record.place(at: source)
          records.append(record)
        }
      }
    }
    return records
  }

  /// Compares the prompts of files. Pairs of unchanged files come from the cache.
  private func likenesses(
    of tasks: [Assembly.Task], _ prompts: ComparedPrompts
  ) async throws(SourceChanged) -> [[Likeness.Pair]] {
    let results = await concurrentMap(tasks, jobs: reader.jobs) { task -> Result<[Likeness.Pair], SourceChanged> in
      do throws(SourceChanged) { return .success(try pairs(of: task, prompts)) } catch { return .failure(error) }
    }
    var likenesses: [[Likeness.Pair]] = []
    for result in results { likenesses.append(try result.get()) }
    return likenesses
  }

  private func pairs(of task: Assembly.Task, _ prompts: ComparedPrompts) throws(SourceChanged) -> [Likeness.Pair] {
    let known = past?.likenesses
    let own = task.files.map { digest(of: $0) }
    var texts = [ComparedText?](repeating: nil, count: own.count)
    func text(_ place: Int) throws(SourceChanged) -> ComparedText {
      if let text = texts[place] { return text }
      let source = task.files[place]
      let text = try prompts.prompt(own[place]) { () throws(SourceChanged) in
        ComparedText(reader.reader.prompt(in: try store.bytes(of: source), of: source), key: reader.key)
      }
      texts[place] = text
      return text
    }
    var pairs: [Likeness.Pair] = []
    pairs.reserveCapacity(task.pairs.count)
    for pair in task.pairs {
      let likeness: Likeness
      if let past = known?[.init(own[pair.left], own[pair.right])] {
        likeness = past
      } else {
        likeness = try text(pair.left).likeness(to: try text(pair.right))
      }
      pairs.append(.init(left: pair.left, right: pair.right, likeness: likeness))
    }
    return pairs
  }

  /// Writes everything to the cache.
  func keep(_ records: [Record], _ related: Related) async {
    guard let cache = reader.cache, cache.isKept else { return }
    var known: [RecordCache.Two: Likeness] = [:]
    for (task, pairs) in zip(related.tasks, related.results) {
      let own = task.files.map { digest(of: $0) }
      for pair in pairs { known[.init(own[pair.left], own[pair.right])] = pair.likeness }
    }
    let changed = Set(
      items.filter { if case .made = $0.state { true } else { false } }.map(\.source.publishedPath))
    await RecordCache.save(
      records, changed: changed, sources: sources, likenesses: known, after: past, recipe: reader.recipe, to: cache,
      jobs: reader.jobs)
  }
}

/// A catalog with the texts of its files.
public struct CatalogSnapshot: Sendable {
  /// The catalog.
  public let catalog: Catalog
  /// The source texts for pages.
  public let texts: Texts
  /// Sentences about why history is missing or incomplete.
  public let historyNotes: [String]
  /// The sources of the catalog.
  public let sources: SourceSnapshot
  let records: [Record]
  let related: Related

  /// Files that couldn't be read, with reasons.
  public var unreadable: [UnreadFile] { sources.unreadableFiles }

  /// Everything that isn't in the catalog, with reasons: paths that the scan skipped, and files that aren't items.
  public var skipped: [SkippedPath] {
    sources.scan.skipped + catalog.skipped
  }

  /// Writes the records to the cache, for the next run.
  public func keep() async { await sources.keep(records, related) }
}
