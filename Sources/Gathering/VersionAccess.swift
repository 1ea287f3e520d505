import Agents
import Files
import Histories
import Scanning

/// What Roster knows about one version of an item.
struct VersionReading: Hashable {
  /// The access-related values; nil if the version is not an item.
  let facts: VersionFacts?
  /// Whether the text contains a suspected secret, so that it must not be published.
  let isWithheld: Bool
}

extension VersionReading: Storable {
  func store(in bytes: inout ByteWriter) {
    facts.store(in: &bytes)
    isWithheld.store(in: &bytes)
  }

  init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    facts = try VersionFacts?(from: &bytes)
    isWithheld = try Bool(from: &bytes)
  }
}

/// Reads all file versions: their access-related values, and whether they may be published. Readings from earlier runs
/// are cached.
struct VersionAccess {
  private let reader: CatalogReader
  private static let file = "versions"
  /// The format of the cache.
  private static let format = "roster versions 2"

  init(_ reader: CatalogReader) { self.reader = reader }

  /// Returns the chronicle with the access changes of each version filled in, and whether it may be published.
  ///
  /// - Parameter items: The files that consist of a single item.
  func completed(_ chronicle: Chronicle, of items: [SourceFile], from history: GitHistory) async -> Chronicle {
    var histories = chronicle.histories
    let files = items.filter { histories[$0.publishedPath].map { $0.versions.count > 1 } ?? false }
    if files.isEmpty { return chronicle }
    func key(_ blob: String, _ file: SourceFile) -> String { "\(blob) \(file.publishedPath)" }
    let known = load()
    let wanted = files.compactMap { file -> (file: SourceFile, blobs: [String])? in
      let blobs = Set(histories[file.publishedPath]?.versions.map(\.blob) ?? []).filter { known[key($0, file)] == nil }
      return blobs.isEmpty ? nil : (file, blobs.sorted())
    }
    let contents = history.contents(of: wanted.map(\.blobs))
    let read = await concurrentMap(wanted, jobs: reader.jobs) { file, blobs in
      contents.contents(of: blobs).map { bytes in bytes.map { self.reading(of: $0, in: file) } }
    }
    var new: [String: VersionReading] = [:]
    for ((file, blobs), readings) in zip(wanted, read) {
      for (blob, reading) in zip(blobs, readings) { new[key(blob, file)] = reading }
    }
    var kept: [String: VersionReading] = [:]
    for file in files {
      guard var history = histories[file.publishedPath] else { continue }
      let all = history.versions.map { version in
        let key = key(version.blob, file)
        let reading = new[key] ?? known[key]
        kept[key] = reading
        return reading
      }
      for (place, reading) in all.enumerated() {
        history.versions[place].isMissing = reading == nil
        history.versions[place].isWithheld = reading?.isWithheld ?? false
        // Versions that cannot be read are skipped, so that no change is lost.
        guard let facts = reading?.facts, let past = all[(place + 1)...].lazy.compactMap({ $0?.facts }).first else {
          continue
        }
        history.versions[place].changes = facts.changes(since: past)
      }
      histories[file.publishedPath] = history
    }
    if !new.isEmpty { keep(kept) }
    return Chronicle(
      histories: histories, commits: chronicle.commits, former: chronicle.former, neighbors: chronicle.neighbors,
      states: chronicle.states)
  }

  /// Searches the whole text for secrets. Reads the frontmatter of a Markdown file, or the whole content of any other
  /// file.
  private func reading(of bytes: [UInt8], in file: SourceFile) -> VersionReading {
    let secrets = Secrets.find(in: bytes)
    var facts: VersionFacts?
    if case .agent(let agent) = reader.reader.read(Self.head(of: bytes, in: file), of: file).facts {
      facts = VersionFacts(agent, without: secrets)
    }
    return VersionReading(facts: facts, isWithheld: !secrets.isEmpty)
  }

  /// Returns the frontmatter of a Markdown file, or the whole content of any other file.
  static func head(of bytes: [UInt8], in file: SourceFile) -> [UInt8] {
    guard ["md", "markdown", "mdc"].contains(file.path.fileExtension), bytes.starts(with: "---".utf8) else {
      return bytes
    }
    var start = 3
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      let line = bytes[(end + 1)...].prefix { $0 != 0x0A }
      if line.starts(with: "---".utf8), line.dropFirst(3).allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) {
        return Array(bytes[..<line.endIndex]) + Array("\n\nx\n".utf8)
      }
      start = end + 1
    }
    return bytes
  }

  // MARK: Keeping

  private func load() -> [String: VersionReading] {
    guard let cache = reader.cache, let bytes = cache.read(Self.file) else { return [:] }
    var stored = ByteReader(bytes)
    return (try? read(&stored)) ?? [:]
  }

  private func read(_ bytes: inout ByteReader) throws(ByteReader.Failure) -> [String: VersionReading] {
    guard try bytes.readText() == Self.format, try Digest(from: &bytes) == reader.recipe else {
      throw ByteReader.Failure()
    }
    var facts: [String: VersionReading] = [:]
    for _ in 0..<(try bytes.readCount()) { facts[try bytes.readText()] = try VersionReading(from: &bytes) }
    return facts
  }

  private func keep(_ facts: [String: VersionReading]) {
    guard let cache = reader.cache, cache.isKept else { return }
    var writer = ByteWriter()
    writer.write(Self.format)
    reader.recipe.store(in: &writer)
    writer.write(facts.count)
    for (key, value) in facts.sorted(by: { $0.key < $1.key }) {
      writer.write(key)
      value.store(in: &writer)
    }
    cache.write(writer.bytes, to: Self.file)
  }
}
