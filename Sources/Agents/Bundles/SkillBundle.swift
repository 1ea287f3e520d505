import Files
import Text

/// The files of a skill's folder, without the file that describes the skill.
public struct SkillBundle: Sendable, Hashable {
  /// The files, sorted by path.
  public let files: [BundleFile]
  /// The number of files beyond ``fileLimit``.
  public let omitted: Int
  /// The paths in the folder that the scan skipped; at most 100.
  public let skipped: [String]

  /// The maximum number of files.
  public static let fileLimit = 1000
  /// The maximum total size of the files, in bytes.
  public static let byteLimit = 64 << 20

  /// Creates a bundle from its parts.
  public init(files: [BundleFile], omitted: Int = 0, skipped: [String] = []) {
    self.files = files
    self.omitted = omitted
    self.skipped = skipped
  }

  /// The total size of all files, in bytes.
  public var size: Int { files.reduce(0) { $0 + $1.size } }

  /// Returns the index of the file at a path, or nil if there is none.
  public func place(of path: RelativePath) -> Int? {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path == path ? low : nil
  }

  /// Returns whether a path may exist: as a file, as a folder, or among skipped or omitted files.
  func holds(_ path: RelativePath) -> Bool {
    if place(of: path) != nil || omitted > 0 { return true }
    return files.contains { $0.path.description.path(below: path.description) != nil }
      || skipped.contains { path.description.path(below: $0) != nil || $0.path(below: path.description) != nil }
  }
}

/// A file of a skill.
public struct BundleFile: Sendable, Hashable {
  /// The path relative to the skill's folder.
  public let path: RelativePath
  /// The size in bytes.
  public let size: Int
  /// The type.
  public let type: FileType
  /// The SHA-256 digest of the content, in hexadecimal.
  public let digest: String
  /// Whether the file is executable.
  public let isExecutable: Bool
  /// Whether the content is text, judged by its first bytes.
  public let isText: Bool
  /// The calls of a script, each name once.
  public let calls: [ScriptCall]
  /// The relative link targets of a Markdown file, without duplicates.
  public let relativeLinks: [String]

  /// The maximum size of a file that is read and shown, in bytes.
  public static let readLimit = 1 << 20
  /// The maximum size of a published image, in bytes.
  public static let publishedLimit = 5 << 20

  /// Creates a file from its parts.
  public init(
    path: RelativePath, size: Int, type: FileType, digest: String, isExecutable: Bool = false, isText: Bool = true,
    calls: [ScriptCall] = [], relativeLinks: [String] = []
  ) {
    self.path = path
    self.size = size
    self.type = type
    self.digest = digest
    self.isExecutable = isExecutable
    self.isText = isText
    self.calls = calls
    self.relativeLinks = relativeLinks
  }

  /// The calls as a sentence: `scripts/deploy.sh calls curl (line 3, network).`
  public var sentence: String {
    let calls = calls.map { call in
      call.effect == .remoteCode
        ? "runs code from the network: “\(call.name)” (line \(call.line))"
        : "calls \(call.name) (line \(call.line), \(call.effect.word))"
    }
    return "\(path) \(calls.joined(before: "and"))."
  }

  /// Whether the file is shown as text.
  public var isShown: Bool { isText && size <= Self.readLimit }
  /// Whether the file is shown as an image. Its bytes match the image format.
  public var isShownImage: Bool { type.kind == .image && size <= Self.publishedLimit }
}

extension SkillBundle: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    files.store(in: &bytes)
    omitted.store(in: &bytes)
    skipped.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      files: try [BundleFile](from: &bytes), omitted: try Int(from: &bytes), skipped: try [String](from: &bytes))
  }
}

extension BundleFile: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    path.description.store(in: &bytes)
    size.store(in: &bytes)
    type.store(in: &bytes)
    digest.store(in: &bytes)
    isExecutable.store(in: &bytes)
    isText.store(in: &bytes)
    calls.store(in: &bytes)
    relativeLinks.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    guard let path = RelativePath(try bytes.readText()) else { throw ByteReader.Failure() }
    self.init(
      path: path, size: try Int(from: &bytes), type: try FileType(from: &bytes), digest: try String(from: &bytes),
      isExecutable: try Bool(from: &bytes), isText: try Bool(from: &bytes), calls: try [ScriptCall](from: &bytes),
      relativeLinks: try [String](from: &bytes))
  }
}
