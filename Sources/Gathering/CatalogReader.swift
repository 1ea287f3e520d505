import Agents
import Approvals
import Catalogs
import Files
import Scanning
import Synchronization

/// Reads the files of a scan into a catalog, for every command.
///
/// ``read(_:progress:)`` reads the files that have changed and returns a ``SourceSnapshot``, which knows whether
/// anything has. Its ``SourceSnapshot/catalog()`` makes the catalog, and ``CatalogSnapshot/keep()`` writes the records
/// to the cache.
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

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - settings: The settings from `roster.yml` and the command line.
  ///   - selection: The rules for which files of a repository count in its history.
  ///   - git: Used to read the history of files; nil to skip it.
  ///   - cache: The cache for records; nil to read all files.
  ///   - program: An identifier of the program. Records of other versions aren't used.
  ///   - jobs: The number of concurrent tasks.
  ///   - memoryLimit: The maximum size of rendered text in memory, in bytes. The rest goes to a temporary file in the
  ///     cache folder. Without a cache it is rendered again when a page needs it.
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
    reader = AgentReader(runtimes: settings.runtimes, enforcedRules: Set(settings.policy.floors.keys))
    var digester = Digester(key: key)
    digester.add(program)
    settings.forRecords.add(to: &digester)
    recipe = digester.digest
  }

  /// Reads the files that have changed.
  ///
  /// - Parameter progress: Called occasionally with the number of files read so far and the total.
  public func read(
    _ scan: ScanResult, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) async -> SourceSnapshot {
    await read(scan, after: cache.flatMap { RecordCache.load(from: $0, recipe: recipe) }, progress)
  }

  func read(
    _ scan: ScanResult, after past: RecordCache?, _ progress: @escaping @Sendable (Int, Int) -> Void
  ) async -> SourceSnapshot {
    let known = past?.sources ?? [:]
    let skills = SkillParts(of: scan, by: settings.runtimes)
    var outside = OutsideReader(scan, by: settings.runtimes)
    let files = scan.files.filter { !skills.numbers.contains($0.source.number) }
      .map { file in outside.facts(about: file).map(file.with) ?? file }
    let texts = TextStore(scan, reader: reader, key: key, folder: cache?.path, memoryLimit: memoryLimit)
    let inclusions = InclusionReader(scan, reader: reader, key: key)
    // Read the files that may have changed. If the content is the same, it isn't parsed again.
    let suspects = files.indices.filter { index in
      let file = files[index]
      guard let past = known[file.source.publishedPath] else { return true }
      return !past.describes(file.source) || past.identity != file.identity || !past.isSettled
        || !past.hasParts(skills.skills[file.source.number]) || reader.mayInclude(file.source)
    }
    let done = Atomic<Int>(0)
    let looks = await concurrentMap(suspects, jobs: jobs) { index in
      let file = files[index]
      let look = look(
        at: file, skills.skills[file.source.number], inclusions, known[file.source.publishedPath], at: scan.time, texts)
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
      case .same(let source, let entry, let unreadable):
        snapshot.add(.cached, source, entry)
        snapshot.unreadable += unreadable
      case .new(let records, let source, let entry, let unreadable):
        snapshot.add(.made(records), source, entry)
        snapshot.unreadable += unreadable
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
    /// Unchanged since its record was made, with the parts of a skill that can't be read.
    case same(SourceFile, RecordCache.Source, [UnreadFile])
    case new([Record], SourceFile, RecordCache.Source, [UnreadFile])
    case unreadable(String)
  }

  private func look(
    at file: FoundFile, _ skill: SkillParts.Skill?, _ inclusions: InclusionReader, _ past: RecordCache.Source?,
    at time: Int, _ texts: TextStore
  ) -> Look {
    texts.countRead()
    switch Disk.readWithIdentity(file.absolutePath, followsLinks: false) {
    case .failure(let failure): return .unreadable(failure.reason)
    case .success(let (bytes, identity)):
      let content = skill.map { self.content(of: $0, file.source, at: time, texts) } ?? PartsContent()
      let included = inclusions.read(bytes, of: file)
      var outside = file.source.outside ?? OutsideFacts()
      outside.inclusions = included?.inclusions ?? []
      let source = file.source.with(outside)
      let entry = RecordCache.Source(
        source, identity: identity, isSettled: identity.isSettled(at: time), digest: key.digest(bytes),
        parts: content.parts, leftOut: skill?.leftOut ?? [], partsDigest: content.digester?.digest ?? included?.digest)
      if let past, past.digest == entry.digest, past.partsDigest == entry.partsDigest, past.describes(source) {
        return .same(source, entry, content.unreadable)
      }
      let filled = included?.texts ?? IncludedTexts()
      let readings = reader.readAll(bytes, of: source, with: content.bundle, including: filled)
      if let whole = readings.first { texts.put(whole.rendering, of: source) }
      return .new(records(of: readings, in: bytes, including: filled), source, entry, content.unreadable)
    }
  }

  /// The records of a file and of the items in it, each with the digest of the content that an approval covers.
  private func records(of readings: [Reading], in bytes: [UInt8], including included: IncludedTexts) -> [Record] {
    let sources = readings.map { reading in
      switch reading.facts {
      case .agent(let agent): agent.source
      case .document(let document): document.source
      }
    }
    return zip(readings, AgentReader.excerpts(of: bytes, sources, including: included)).map { reading, excerpt in
      guard case .agent(let agent) = reading.facts else { return Record(reading.facts, settings: settings) }
      let content = ApprovalRecord(of: agent, excerpt, by: Approval.Approver(name: "", day: ""))
      return Record(reading.facts, settings: settings, digest: content.digest)
    }
  }

  /// The contents of a skill's files.
  private struct PartsContent {
    var bundle: BundleReading?
    var digester: Digester?
    var parts: [RecordCache.Part] = []
    var unreadable: [UnreadFile] = []
  }

  /// Reads the files of a skill one at a time, keeping only the facts about each.
  private func content(
    of skill: SkillParts.Skill, _ source: SourceFile, at time: Int, _ texts: TextStore
  ) -> PartsContent {
    var content = PartsContent()
    var digester = Digester(key: key)
    var reading = BundleReading(omitted: skill.omitted, skipped: skill.skipped)
    for part in skill.parts {
      texts.countRead()
      switch Disk.summary(of: part.file.absolutePath, keeping: BundleFile.readLimit) {
      case .failure(let failure):
        content.unreadable.append(
          UnreadFile(
            displayPath: part.file.source.displayPath, publishedPath: part.file.source.publishedPath,
            reason: failure.reason))
      case .success(let (summary, identity)):
        digester.add([part.path.description, summary.digest])
        digester.add(summary.isExecutable)
        content.parts.append(
          RecordCache.Part(
            path: part.path.description, identity: identity, isSettled: identity.isSettled(at: time)))
        reader.read(summary, at: part.path, of: source, into: &reading)
      }
    }
    digester.add(skill.leftOut)
    content.digester = digester
    content.bundle = reading
    return content
  }
}
