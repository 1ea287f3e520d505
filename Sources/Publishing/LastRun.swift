import Files

/// The cached record of the last run: the files it wrote, and the digests of their inputs.
public struct LastRun: Sendable {
  /// The key of its digests.
  public let key: DigestKey
  /// The digest of all inputs of the site, or nil if there is no record.
  let inputs: Digest?
  /// The note stored with the run.
  let note: [UInt8]
  /// The files, by path below the folder.
  let outputs: [String: Output]
  /// The paths of all files of the site, below the folder.
  public var files: Set<String> { Set(outputs.keys) }

  /// A written file.
  struct Output: Sendable {
    /// The identity of the file after writing.
    let identity: Disk.Identity
    /// The digest of its content; nil for files of the search index and for files in pieces.
    let content: Digest?
    /// The digest of its inputs; nil for files that are rendered in every run.
    let fingerprint: Digest?
    /// The pieces of a file that is made in pieces; nil for other files.
    var pieces: Pieces?
  }

  /// The pieces of a file, in order.
  struct Pieces: Sendable {
    /// The digest of the inputs that are not part of their fingerprints.
    let recipe: Digest
    /// The digest of each piece's inputs; nil for pieces that are rendered in every run.
    let fingerprints: [Digest?]
    /// The length of each piece in bytes.
    let lengths: [Int]
  }

  private static let heading = "roster outputs 3"
  private static let file = "outputs"

  /// Returns an empty record.
  static func unknown(_ key: DigestKey = .random()) -> LastRun {
    LastRun(key: key, inputs: nil, note: [], outputs: [:])
  }

  /// Loads the record of the last run. Returns an empty record if the cache is missing or broken.
  static func load(from cache: CacheFolder?) -> LastRun {
    guard let cache else { return unknown() }
    guard let bytes = cache.read(file) else { return unknown(cache.key) }
    var reader = ByteReader(bytes)
    return (try? LastRun(&reader, key: cache.key)) ?? unknown(cache.key)
  }

  /// Stores the record for the next run.
  func keep(in cache: CacheFolder) { cache.write(bytes, to: Self.file) }

  /// Removes the record, before its files change.
  static func forget(in cache: CacheFolder) { cache.remove(file) }

  init(_ bytes: inout ByteReader, key: DigestKey) throws(ByteReader.Failure) {
    guard try bytes.readText() == Self.heading else { throw ByteReader.Failure() }
    let inputs = try Digest(from: &bytes)
    let note = try bytes.readBytes()
    let count = try bytes.readCount()
    var outputs: [String: Output] = [:]
    outputs.reserveCapacity(count)
    for _ in 0..<count {
      guard let path = RelativePath(try bytes.readText()) else { throw ByteReader.Failure() }
      outputs[path.description] = Output(
        identity: try Disk.Identity(from: &bytes), content: try Digest?(from: &bytes),
        fingerprint: try Digest?(from: &bytes), pieces: try Pieces?(from: &bytes))
    }
    self.init(key: key, inputs: inputs, note: note, outputs: outputs)
  }

  init(key: DigestKey, inputs: Digest?, note: [UInt8], outputs: [String: Output]) {
    self.key = key
    self.inputs = inputs
    self.note = note
    self.outputs = outputs
  }

  private var bytes: [UInt8] {
    var writer = ByteWriter(capacity: outputs.count * 128)
    writer.write(Self.heading)
    (inputs ?? key.digest([])).store(in: &writer)
    writer.write(note)
    writer.write(outputs.count)
    for (path, output) in outputs {
      writer.write(path)
      output.identity.store(in: &writer)
      output.content.store(in: &writer)
      output.fingerprint.store(in: &writer)
      output.pieces.store(in: &writer)
    }
    return writer.bytes
  }
}

extension LastRun.Pieces: Storable {
  init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    recipe = try Digest(from: &bytes)
    fingerprints = try [Digest?](from: &bytes)
    lengths = try [Int](from: &bytes)
    guard fingerprints.count == lengths.count else { throw ByteReader.Failure() }
  }

  func store(in bytes: inout ByteWriter) {
    recipe.store(in: &bytes)
    fingerprints.store(in: &bytes)
    lengths.store(in: &bytes)
  }
}
