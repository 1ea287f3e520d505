import Catalogs
import Files
import Likenesses

/// The records of an earlier run, with the state of each file at that time.
///
/// `sources` lists the files and the digests of the files in `records/`. The records are distributed over `records/` by
/// path, so that a changed file affects only one of them. Anything unexpected counts as missing, and then all files are
/// read.
struct RecordCache: Sendable {
  /// The files, by published paths.
  let sources: [String: Source]
  /// The similarities of prompts, by the digests of their files.
  let likenesses: [Two: Likeness]
  private let shelfCount: Int
  private let shelfDigests: [Digest]
  private let cache: CacheFolder

  /// Two files, identified by their digests.
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
    let outside: OutsideFacts?
    var identity: Disk.Identity
    /// Whether any later change of the content would also change the identity.
    var isSettled: Bool
    /// The digest of the file's own bytes.
    let digest: Digest
    /// The files of a skill that were read with it, by path.
    let parts: [Part]
    /// The files of a skill that were left out: the number beyond the limit, and the paths that the scan skipped.
    let leftOut: [String]
    /// The digest of all facts about the parts of a skill, or of the texts that are filled into a configuration; nil for
    /// any other file.
    let partsDigest: Digest?

    init(
      _ source: SourceFile, identity: Disk.Identity, isSettled: Bool, digest: Digest, parts: [Part] = [],
      leftOut: [String] = [], partsDigest: Digest? = nil
    ) {
      path = source.path
      plugin = source.plugin
      skill = source.skill
      isNamed = source.isNamed
      outside = source.outside
      self.identity = identity
      self.isSettled = isSettled
      self.digest = digest
      self.parts = parts
      self.leftOut = leftOut
      self.partsDigest = partsDigest
    }

    /// Reads the output of ``store(in:)``. The path within the collection is a suffix of the published path.
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
      outside = try OutsideFacts?(from: &bytes)
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
      outside.store(in: &bytes)
      identity.store(in: &bytes)
      isSettled.store(in: &bytes)
      digest.store(in: &bytes)
      parts.store(in: &bytes)
      leftOut.store(in: &bytes)
      partsDigest.store(in: &bytes)
    }

    /// Returns whether a file would be read in the same way. Its surroundings determine its kind and the meaning of its
    /// fields.
    func describes(_ source: SourceFile) -> Bool {
      path == source.path && plugin == source.plugin && skill == source.skill && isNamed == source.isNamed
        && outside == source.outside
    }

    /// Returns whether a skill has the same files as before, and none may have changed.
    func hasParts(_ skill: SkillParts.Skill?) -> Bool {
      let found = skill?.parts ?? []
      return found.count == parts.count && skill?.leftOut ?? [] == leftOut
        && zip(found, parts).allSatisfy { found, part in
          part.path == found.path.description && part.identity == found.file.identity && part.isSettled
        }
    }
  }

  /// The state of a skill's file when the record of the skill was made.
  struct Part: Sendable, Storable {
    /// The path, relative to the skill's folder.
    let path: String
    let identity: Disk.Identity
    /// Whether any later change of the content would also change the identity.
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

  private static let heading = "roster sources 6"
  private static let list = "sources"
  private static func shelf(_ number: Int) -> String { "records/\(number)" }

  /// Loads the records of an earlier run; nil if nothing usable exists.
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

  /// Returns the records of each file, by its published path; nil if one can't be read.
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
  ///   - changed: The published paths of files whose records differ from those in `past`.
  ///   - past: The cache at the start of this run. Unchanged shelves aren't rewritten.
  static func save(
    _ records: [Record], changed: Set<String>, sources: [String: Source], likenesses: [Two: Likeness],
    after past: RecordCache?, recipe: Digest, to cache: CacheFolder, jobs: Int
  ) async {
    // A shelf holds about 50 records. The number of shelves changes only when the number of files doubles.
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

  /// Returns the shelf with the record of a file.
  private static func place(of name: String, _ count: Int) -> Int { Int(FNV.hash(name.utf8) >> 32) & (count - 1) }
}
