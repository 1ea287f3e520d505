import Agents
import Catalogs
import Files
import Likenesses
import Scanning

/// The sources as a ``CatalogReader`` found them. Records from the cache are loaded when ``catalog()`` needs them.
public struct SourceSnapshot: Sendable {
  /// What was found.
  public let scan: ScanResult
  /// Files that could not be read after they were found, each with the reason.
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
    /// Its records are in the cache.
    case cached
    /// Its record, and those of the items that it holds.
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
  }

  /// The digest of everything that is read with a file: its bytes, and the files of a skill; of an item in a file, of
  /// that and of where the item is.
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

  // MARK: Asking

  /// All files that could not be read, each with the reason.
  public var unreadableFiles: [UnreadFile] { scan.unreadable + unreadable }

  /// How many source files have been read so far: those that may have changed, and those of which pages asked for the
  /// text. One that was read twice counts twice.
  public var filesRead: Int { store.readCount }

  /// Whether there is a repository with its newest commits only.
  public var isShallow: Bool { history.isShallow }

  /// Why history is missing or incomplete, in sentences.
  public var historyNotes: [String] { history.notes(cache: reader.cache) }

  /// Adds everything that the catalog and its texts are made from to a digest, except the settings.
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

  /// Makes the catalog. If the cache turns out to be broken, every file is read again.
  ///
  /// - Throws: ``SourceChanged`` if a file is no longer what it was.
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
    let versions = history.contents(of: chronicle)
    texts.version = { versions.content(of: $0) }
    let items = records.compactMap { if case .agent(let record) = $0 { record.agent.source } else { nil } }
    let dated = await VersionAccess(reader).completed(
      chronicle, of: items.filter { $0.item == nil }, from: versions)
    let catalog = await Catalog(
      related, chronicle: dated, approvals: approvals, owners: scan.owners, jobs: reader.jobs)
    return CatalogSnapshot(
      catalog: catalog, texts: texts, historyNotes: notes, sources: self, records: records, related: related)
  }

  /// The records of each file, in the order of the files; nil if the cache is broken.
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

/// A catalog as it was read, with the texts of its files.
public struct CatalogSnapshot: Sendable {
  /// The catalog.
  public let catalog: Catalog
  /// Where pages get the files' own text.
  public let texts: Texts
  /// Why history is missing or incomplete, in sentences.
  public let historyNotes: [String]
  /// The sources that it was made from.
  public let sources: SourceSnapshot
  let records: [Record]
  let related: Related

  /// Files that could not be read, each with the reason.
  public var unreadable: [UnreadFile] { sources.unreadableFiles }

  /// What is not in the catalog, each with the reason: what the scan skipped, and files that are no items.
  public var skipped: [SkippedPath] {
    sources.scan.skipped + catalog.skipped
  }

  /// Writes what was read to the cache, for the next run.
  public func keep() async { await sources.keep(records, related) }
}
