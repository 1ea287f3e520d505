import Agents
import Catalogs
import Files
import Likenesses
import Pages
import Scanning

/// What was gathered: a record of each file, though those of an earlier run are fetched only when they are asked for.
public struct Gathering: Sendable {
  /// What was found.
  public let scan: ScanResult
  /// Files that could not be read, each with the reason.
  public var unreadable: [UnreadFile] = []
  /// Where pages get the files' own text.
  public var texts: Texts { store.texts(digest: { digest(of: $0) }) }

  private let store: TextStore
  private let memory: SourceMemory?
  private let key: DigestKey
  private let jobs: Int
  private let emptyDigest: Digest
  private var items: [(source: SourceFile, state: State)] = []
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
    sources.reserveCapacity(scan.files.count)
  }

  mutating func add(_ state: State, _ source: SourceFile, _ past: SourceMemory.Source) {
    items.append((source, state))
    sources[source.publishedPath] = past
    store.expect(past.digest, of: source)
  }

  private func digest(of source: SourceFile) -> Digest { sources[source.publishedPath]?.digest ?? emptyDigest }

  /// Adds everything that records and texts are made from to a digest.
  public func add(to digester: inout Digester) {
    digester.add(scan.collections.count)
    for collection in scan.collections {
      digester.add([collection.name, collection.folder])
      collection.about.add(to: &digester)
    }
    digester.add(items.count)
    for (source, _) in items {
      digester.add(source.path.description)
      digester.add(source.publishedPath)
      digester.add(source.collection)
      digester.add(digest(of: source))
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
        guard var record = past[source.publishedPath] else { return nil }
        record.place(at: source)
        records.append(record)
      }
    }
    return records
  }

  /// Holds prompts of files against each other; pairs of which no file has changed are remembered.
  ///
  /// - Returns: for each task its pairs, in order.
  /// - Throws: ``SourceChanged`` where a file is not any more what it was.
  public func likenesses(of tasks: [Assembly.Task]) async throws(SourceChanged) -> [[Likeness.Pair]] {
    let results = await concurrentMap(tasks, jobs: jobs) { task -> Result<[Likeness.Pair], SourceChanged> in
      if let known = rememberedPairs(of: task) { return .success(known) }
      do throws(SourceChanged) {
        var prompts: [ArraySlice<UInt8>] = []
        for source in task.files { prompts.append(AgentReader.prompt(in: try store.bytes(of: source))) }
        return .success(Likeness.pairs(task.pairs, of: prompts))
      } catch {
        return .failure(error)
      }
    }
    var likenesses: [[Likeness.Pair]] = []
    for result in results { likenesses.append(try result.get()) }
    return likenesses
  }

  private func rememberedPairs(of task: Assembly.Task) -> [Likeness.Pair]? {
    guard let known = memory?.likenesses else { return nil }
    let own = task.files.map { digest(of: $0) }
    var pairs: [Likeness.Pair] = []
    for pair in task.pairs {
      guard let likeness = known[.init(own[pair.left], own[pair.right])] else { return nil }
      pairs.append(.init(left: pair.left, right: pair.right, likeness: likeness))
    }
    return pairs
  }

  /// Keeps everything for the next run. What cannot be kept is made anew then.
  ///
  /// - Parameters:
  ///   - records: what ``records()`` gave.
  ///   - related: what was held against each other.
  public func keep(
    _ records: [Record], _ related: Related, recipe: Digest, in folder: String
  ) async {
    var known: [SourceMemory.Two: Likeness] = [:]
    for (task, pairs) in zip(related.tasks, related.results) {
      let own = task.files.map { digest(of: $0) }
      for pair in pairs { known[.init(own[pair.left], own[pair.right])] = pair.likeness }
    }
    let changed = Set(items.indices.filter { if case .made = items[$0].state { true } else { false } })
    await SourceMemory.save(
      records, changed: changed, sources: sources, likenesses: known, after: memory, recipe: recipe, key: key,
      to: folder, jobs: jobs)
  }
}
