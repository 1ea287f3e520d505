import Catalogs
import Files
import Likenesses

/// The records of an earlier run, with the state of each file at that time.
///
/// `sources` lists the files. Their records are in `records/`, spread by the files' paths, so that a change of one
/// file changes one of them. `sources` holds the digest of each. Whatever is not as expected counts as missing, and
/// then everything is read.
struct RecordCache: Sendable {
  /// The files, by their published paths.
  let sources: [String: Source]
  /// How alike prompts are, by the digests of their files.
  let likenesses: [Two: Likeness]
  private let shelfCount: Int
  private let shelfDigests: [Digest]
  private let cache: CacheFolder

  /// Two files, by their digests.
  struct Two: Hashable {
    let left: Digest
    let right: Digest

    init(_ left: Digest, _ right: Digest) {
      self.left = left
      self.right = right
    }
  }

  /// The state of a file when its record was made.
  struct Source: Sendable {
    let path: RelativePath
    let plugin: PluginPlace?
    let skill: SkillFolder?
    let isNamed: Bool
    var identity: Disk.Identity
    /// Whether its identity would have changed with its content.
    var isSettled: Bool
    /// The digest of the file's own bytes.
    let digest: Digest
    /// The files of a skill that were read with it, by path.
    let parts: [Part]
    /// What is not among them: how many more there are, and what the scan skipped.
    let leftOut: [String]
    /// The digest of everything that is known of those; nil of what is no skill.
    let partsDigest: Digest?

    init(
      _ source: SourceFile, identity: Disk.Identity, isSettled: Bool, digest: Digest, parts: [Part] = [],
      leftOut: [String] = [], partsDigest: Digest? = nil
    ) {
      path = source.path
      plugin = source.plugin
      skill = source.skill
      isNamed = source.isNamed
      self.identity = identity
      self.isSettled = isSettled
      self.digest = digest
      self.parts = parts
      self.leftOut = leftOut
      self.partsDigest = partsDigest
    }

    /// Reads what ``store(in:)`` wrote. The path below the collection is the end of the published path.
    fileprivate init(
      from bytes: inout ByteReader, publishedPath: String
    ) throws(ByteReader.Failure) {
      let pathLength = try bytes.readNumber()
      guard let path = RelativePath(String(decoding: publishedPath.utf8.suffix(max(0, pathLength)), as: UTF8.self))
      else { throw ByteReader.Failure() }
      self.path = path
      plugin = try PluginPlace?(from: &bytes)
      skill = try SkillFolder?(from: &bytes)
      isNamed = try Bool(from: &bytes)
      identity = try Disk.Identity(from: &bytes)
      isSettled = try Bool(from: &bytes)
      digest = try Digest(from: &bytes)
      parts = try [Part](from: &bytes)
      leftOut = try [String](from: &bytes)
      partsDigest = try Digest?(from: &bytes)
    }

    fileprivate func store(in bytes: inout ByteWriter) {
      bytes.write(path.description.utf8.count)
      plugin.store(in: &bytes)
      skill.store(in: &bytes)
      isNamed.store(in: &bytes)
      identity.store(in: &bytes)
      isSettled.store(in: &bytes)
      digest.store(in: &bytes)
      parts.store(in: &bytes)
      leftOut.store(in: &bytes)
      partsDigest.store(in: &bytes)
    }

    /// Whether a file would be read in the same way: what it is part of decides what it is and what its fields mean.
    func describes(_ source: SourceFile) -> Bool {
      path == source.path && plugin == source.plugin && skill == source.skill && isNamed == source.isNamed
    }

    /// Whether the files of a skill are the ones that were read, and none may have changed.
    func hasParts(_ skill: SkillParts.Skill?) -> Bool {
      let found = skill?.parts ?? []
      return found.count == parts.count && skill?.leftOut ?? [] == leftOut
        && zip(found, parts).allSatisfy { found, part in
          part.path == found.path.description && part.identity == found.file.identity && part.isSettled
        }
    }
  }

  /// The state of a file of a skill when the record of the skill was made.
  struct Part: Sendable, Storable {
    /// Below the folder of the skill.
    let path: String
    let identity: Disk.Identity
    /// Whether its identity would have changed with its content.
    let isSettled: Bool

    init(path: String, identity: Disk.Identity, isSettled: Bool) {
      self.path = path
      self.identity = identity
      self.isSettled = isSettled
    }

    init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
      path = try bytes.readText()
      identity = try Disk.Identity(from: &bytes)
      isSettled = try Bool(from: &bytes)
    }

    func store(in bytes: inout ByteWriter) {
      bytes.write(path)
      identity.store(in: &bytes)
      isSettled.store(in: &bytes)
    }
  }

  private static let heading = "roster sources 5"
  private static let list = "sources"
  private static func shelf(_ number: Int) -> String { "records/\(number)" }

  /// Loads what an earlier run left; nil if there is nothing usable.
  static func load(from cache: CacheFolder, recipe: Digest) -> RecordCache? {
    guard let bytes = cache.read(list) else { return nil }
    var reader = ByteReader(bytes)
    return try? RecordCache(&reader, cache: cache, recipe: recipe)
  }

  private init(_ bytes: inout ByteReader, cache: CacheFolder, recipe: Digest) throws(ByteReader.Failure) {
    guard try bytes.readText() == Self.heading, try Digest(from: &bytes) == recipe else { throw ByteReader.Failure() }
    self.cache = cache
    shelfDigests = try [Digest](from: &bytes)
    shelfCount = shelfDigests.count
    let count = try bytes.readCount()
    var sources: [String: Source] = [:]
    sources.reserveCapacity(count)
    for _ in 0..<count {
      let name = try bytes.readText()
      sources[name] = try Source(from: &bytes, publishedPath: name)
    }
    self.sources = sources
    var likenesses: [Two: Likeness] = [:]
    for _ in 0..<(try bytes.readCount()) {
      let pair = Two(try Digest(from: &bytes), try Digest(from: &bytes))
      likenesses[pair] = try Likeness(from: &bytes)
    }
    self.likenesses = likenesses
  }

  /// The records of each file, by its published path; nil where one cannot be read.
  func records(jobs: Int) async -> [String: [Record]]? {
    let shelves = await concurrentMap(Array(0..<shelfCount), jobs: jobs) { number -> [(String, Record)]? in
      guard let bytes = cache.content(of: Self.shelf(number)), cache.key.digest(bytes) == shelfDigests[number] else {
        return nil
      }
      var reader = ByteReader(bytes)
      var records: [(String, Record)] = []
      while !reader.isAtEnd {
        guard let name = try? reader.readText(), let record = try? Record(from: &reader) else { return nil }
        records.append((name, record))
      }
      return records
    }
    var all: [String: [Record]] = [:]
    all.reserveCapacity(sources.count)
    for shelf in shelves {
      guard let shelf else { return nil }
      for (name, record) in shelf { all[name, default: []].append(record) }
    }
    return all
  }

  /// Saves everything for the next run.
  ///
  /// - Parameters:
  ///   - changed: the published paths of files whose records are not in `past` as they are.
  ///   - past: what this run began with. Shelves in which nothing changes are left as they are.
  static func save(
    _ records: [Record], changed: Set<String>, sources: [String: Source], likenesses: [Two: Likeness],
    after past: RecordCache?, recipe: Digest, to cache: CacheFolder, jobs: Int
  ) async {
    // A shelf holds about fifty; the number of shelves changes only when the number of files doubles.
    var shelfCount = 1
    while shelfCount * 64 < records.count { shelfCount *= 2 }
    let stays = past?.shelfCount == shelfCount
    var members = Array(repeating: [Int](), count: shelfCount)
    var isChanged = Array(repeating: !stays, count: shelfCount)
    for (index, record) in records.enumerated() {
      let shelf = place(of: record.source.publishedPath, shelfCount)
      members[shelf].append(index)
      if changed.contains(record.source.publishedPath) { isChanged[shelf] = true }
    }
    for name in past?.sources.keys ?? [:].keys where sources[name] == nil {
      isChanged[place(of: name, shelfCount)] = true
    }
    let (shelves, changes) = (members, isChanged)
    let written = await concurrentMap(Array(0..<shelfCount), jobs: jobs) { number -> Digest? in
      if !changes[number], let digest = past?.shelfDigests[number] { return digest }
      var writer = ByteWriter(capacity: shelves[number].count * 6000)
      for index in shelves[number] {
        writer.write(records[index].source.publishedPath)
        records[index].store(in: &writer)
      }
      return cache.replace(shelf(number), by: writer.bytes) ? cache.key.digest(writer.bytes) : nil
    }
    let digests = written.compactMap(\.self)
    guard digests.count == shelfCount else { return cache.remove(list) }
    for number in shelfCount..<max(shelfCount, past?.shelfCount ?? 0) {
      cache.remove(shelf(number))
    }
    var writer = ByteWriter(capacity: sources.count * 128)
    writer.write(heading)
    recipe.store(in: &writer)
    digests.store(in: &writer)
    writer.write(sources.count)
    for (name, source) in sources {
      writer.write(name)
      source.store(in: &writer)
    }
    writer.write(likenesses.count)
    for (pair, likeness) in likenesses {
      pair.left.store(in: &writer)
      pair.right.store(in: &writer)
      likeness.store(in: &writer)
    }
    if !cache.write(writer.bytes, to: list) { cache.remove(list) }
  }

  /// The shelf that holds the record of a file.
  private static func place(of name: String, _ count: Int) -> Int { Int(FNV.hash(name.utf8) >> 32) & (count - 1) }
}
