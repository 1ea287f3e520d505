import Catalogs
import Files
import Likenesses

/// What a run leaves for the next one to read less: for each file what it was, and its record.
///
/// `sources` lists the files; their records lie in `records/`, spread by the files' paths, so that a change of one file changes one of them. Each
/// is led by its digest, and whatever is not as expected counts as not there: then everything is read.
struct SourceMemory: Sendable {
  /// The files, by their published paths.
  let sources: [String: Source]
  /// How alike prompts are, by the digests of their files.
  let likenesses: [Two: Likeness]
  private let shelfCount: Int
  private let shelfDigests: [Digest]
  private let folder: String
  private let key: DigestKey

  /// Two files, by their digests.
  struct Two: Hashable {
    let left: Digest
    let right: Digest

    init(_ left: Digest, _ right: Digest) {
      self.left = left
      self.right = right
    }
  }

  /// What a file was.
  struct Source: Sendable {
    let path: RelativePath
    var identity: Disk.Identity
    /// Whether its identity would have changed with its content.
    var isSettled: Bool
    let digest: Digest
  }

  private static let heading = "roster sources 1"

  private static func file(in folder: String) -> String { "\(folder)/sources" }
  private static func shelf(_ number: Int, in folder: String) -> String { "\(folder)/records/\(number)" }

  /// Loads what an earlier run left, or returns nil where there is nothing that can be used.
  static func load(from folder: String, recipe: Digest, key: DigestKey) -> SourceMemory? {
    guard case .success(let sealed) = Disk.read(file(in: folder)), let bytes = key.opening(sealed) else { return nil }
    var reader = ByteReader(bytes)
    return try? SourceMemory(&reader, folder: folder, recipe: recipe, key: key)
  }

  private init(
    _ bytes: inout ByteReader, folder: String, recipe: Digest, key: DigestKey
  ) throws(ByteReader.Failure) {
    guard try bytes.readText() == Self.heading, try Digest(from: &bytes) == recipe else { throw ByteReader.Failure() }
    self.folder = folder
    self.key = key
    shelfDigests = try [Digest](from: &bytes)
    shelfCount = shelfDigests.count
    let count = try bytes.readCount()
    var sources: [String: Source] = [:]
    sources.reserveCapacity(count)
    for _ in 0..<count {
      let name = try bytes.readText()
      let pathLength = try bytes.readNumber()
      let identity = try Disk.Identity(from: &bytes)
      // The path below the collection is the end of the published path.
      guard let path = RelativePath(String(decoding: name.utf8.suffix(max(0, pathLength)), as: UTF8.self)) else {
        throw ByteReader.Failure()
      }
      sources[name] = Source(
        path: path, identity: identity, isSettled: try Bool(from: &bytes), digest: try Digest(from: &bytes))
    }
    self.sources = sources
    var likenesses: [Two: Likeness] = [:]
    for _ in 0..<(try bytes.readCount()) {
      let pair = Two(try Digest(from: &bytes), try Digest(from: &bytes))
      likenesses[pair] = try Likeness(from: &bytes)
    }
    self.likenesses = likenesses
  }

  /// The records, by their published paths; nil where one cannot be read.
  func records(jobs: Int) async -> [String: Record]? {
    let shelves = await concurrentMap(Array(0..<shelfCount), jobs: jobs) { number -> [(String, Record)]? in
      guard case .success(let bytes) = Disk.read(Self.shelf(number, in: folder)),
        key.digest(bytes) == shelfDigests[number]
      else { return nil }
      var reader = ByteReader(bytes)
      var records: [(String, Record)] = []
      while !reader.isAtEnd {
        guard let name = try? reader.readText(), let record = try? Record(from: &reader) else { return nil }
        records.append((name, record))
      }
      return records
    }
    var all: [String: Record] = [:]
    all.reserveCapacity(sources.count)
    for shelf in shelves {
      guard let shelf else { return nil }
      for (name, record) in shelf { all[name] = record }
    }
    return all
  }

  /// Saves everything for the next run.
  ///
  /// - Parameters:
  ///   - changed: the places of the records that are not in `past` as they are.
  ///   - past: what this run began with; shelves that nothing changes are left as they are.
  static func save(
    _ records: [Record], changed: Set<Int>, sources: [String: Source], likenesses: [Two: Likeness],
    after past: SourceMemory?, recipe: Digest, key: DigestKey, to folder: String, jobs: Int
  ) async {
    // A shelf holds about fifty; the number of shelves changes only when the number of files doubles.
    var shelfCount = 1
    while shelfCount * 64 < records.count { shelfCount *= 2 }
    // Nothing is written through a link; without records, the next run makes them again.
    guard Disk.kind("\(folder)/records", followsLinks: false) != .other else { return forget(in: folder) }
    let stays = past?.shelfCount == shelfCount
    var members = Array(repeating: [Int](), count: shelfCount)
    var isChanged = Array(repeating: !stays, count: shelfCount)
    for (index, record) in records.enumerated() {
      let shelf = place(of: record.source.publishedPath, shelfCount)
      members[shelf].append(index)
      if changed.contains(index) { isChanged[shelf] = true }
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
      guard replace(shelf(number, in: folder), by: writer.bytes) else { return nil }
      return key.digest(writer.bytes)
    }
    let digests = written.compactMap(\.self)
    guard digests.count == shelfCount else { return forget(in: folder) }
    for number in shelfCount..<max(shelfCount, past?.shelfCount ?? 0) {
      try? Disk.removeFile(shelf(number, in: folder))
    }
    var writer = ByteWriter(capacity: sources.count * 128)
    writer.write(heading)
    recipe.store(in: &writer)
    digests.store(in: &writer)
    writer.write(sources.count)
    for (name, source) in sources {
      writer.write(name)
      writer.write(source.path.description.utf8.count)
      source.identity.store(in: &writer)
      source.isSettled.store(in: &writer)
      source.digest.store(in: &writer)
    }
    writer.write(likenesses.count)
    for (pair, likeness) in likenesses {
      pair.left.store(in: &writer)
      pair.right.store(in: &writer)
      likeness.store(in: &writer)
    }
    if !replace(file(in: folder), by: key.sealing(writer.bytes)) { forget(in: folder) }
  }

  private static func forget(in folder: String) { try? Disk.removeFile(file(in: folder)) }

  /// Where the record of a file lies.
  private static func place(of name: String, _ count: Int) -> Int { Int(FNV.hash(name.utf8) >> 32) & (count - 1) }

  private static func replace(_ path: String, by bytes: [UInt8]) -> Bool {
    do throws(Disk.Failure) {
      try Disk.makeFolder(String(path[..<(path.lastSlash ?? path.startIndex)]))
      try Disk.replace(path, with: bytes, through: path + ".new")
      return true
    } catch {
      return false
    }
  }
}
