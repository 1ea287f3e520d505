import Files

/// What the last run left in a folder, as far as the next one can build on it.
public struct LastRun: Sendable {
  /// What digests are made with here.
  public let key: DigestKey
  /// The digest of all that the site was made from, or nil where nothing is known.
  let inputs: Digest?
  /// What the run had to say.
  let note: [UInt8]
  /// The files, by their paths below the folder.
  let outputs: [String: Output]
  /// The paths of all files of the site, below the folder.
  public var files: Set<String> { Set(outputs.keys) }

  /// A file as it was written.
  struct Output: Sendable {
    /// What it was then.
    let identity: Disk.Identity
    /// The digest of its content; nil for files of the search index.
    let content: Digest?
    /// The digest of what it was made from; nil for what is made every time.
    let fingerprint: Digest?
  }

  private static let heading = "roster outputs 1"
  /// Where it lies: below the site, but no part of it.
  static let file = "\(Manifest.folder)/outputs"

  /// What is known where nothing is.
  static func unknown(_ key: DigestKey = .random()) -> LastRun {
    LastRun(key: key, inputs: nil, note: [], outputs: [:])
  }

  /// Loads what the last run left; what is not as expected counts as not there.
  static func load(from folder: String) -> LastRun {
    guard case .success(let bytes) = Disk.read("\(folder)/\(file)") else { return unknown() }
    var reader = ByteReader(bytes)
    guard let key = try? DigestKey(from: &reader), let content = key.opening(Array(bytes.dropFirst(16))) else {
      return unknown()
    }
    reader = ByteReader(content)
    return (try? LastRun(&reader, key: key)) ?? unknown(key)
  }

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
        fingerprint: try Digest?(from: &bytes))
    }
    self.init(key: key, inputs: inputs, note: note, outputs: outputs)
  }

  init(key: DigestKey, inputs: Digest?, note: [UInt8], outputs: [String: Output]) {
    self.key = key
    self.inputs = inputs
    self.note = note
    self.outputs = outputs
  }

  /// The run as a file.
  var bytes: [UInt8] {
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
    }
    var file = ByteWriter()
    key.store(in: &file)
    return file.bytes + key.sealing(writer.bytes)
  }
}
