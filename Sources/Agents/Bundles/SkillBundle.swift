import Files
import Text

/// The files of a skill's folder, without the one that describes it.
public struct SkillBundle: Sendable, Hashable {
  /// The files, by path.
  public let files: [BundleFile]
  /// How many files more there are than a bundle holds.
  public let omitted: Int
  /// Files and folders below that the scan skipped, by their paths; not more than a hundred.
  public let skipped: [String]

  /// How many files a bundle holds.
  public static let fileLimit = 1000
  /// How many bytes the files of a bundle have together.
  public static let byteLimit = 64 << 20

  /// Makes a bundle from its parts.
  public init(files: [BundleFile], omitted: Int = 0, skipped: [String] = []) {
    self.files = files
    self.omitted = omitted
    self.skipped = skipped
  }

  /// The number of bytes of all files.
  public var size: Int { files.reduce(0) { $0 + $1.size } }

  /// The place of a file, or nil if there is none at a path.
  public func place(of path: RelativePath) -> Int? {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low < files.count && files[low].path == path ? low : nil
  }

  /// Whether there is something at a path: a file, a folder of files, or something that the scan skipped.
  func holds(_ path: RelativePath) -> Bool {
    if place(of: path) != nil || omitted > 0 { return true }
    return files.contains { $0.path.description.path(below: path.description) != nil }
      || skipped.contains { path.description.path(below: $0) != nil || $0.path(below: path.description) != nil }
  }
}

/// A file of a skill.
public struct BundleFile: Sendable, Hashable {
  /// Where it is, below the folder of the skill.
  public let path: RelativePath
  /// The number of bytes.
  public let size: Int
  /// What is in it.
  public let type: FileType
  /// The SHA-256 of its bytes, in hexadecimal digits.
  public let digest: String
  /// Whether it may be run as a program.
  public let isExecutable: Bool
  /// Whether its bytes are text, as far as they were read.
  public let isText: Bool
  /// What a script calls that reaches beyond it, each once.
  public let calls: [ScriptCall]
  /// Where links of Markdown lead that are relative to the file, each once.
  public let relativeLinks: [String]

  /// How many bytes of a file are looked at; a longer one is described and not shown.
  public static let readLimit = 1 << 20
  /// How many bytes an image may have that is published.
  public static let publishedLimit = 5 << 20

  /// Makes a file from its parts.
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

  /// What it calls, as a sentence: `scripts/deploy.sh calls curl (line 3, network).`
  public var sentence: String {
    let calls = calls.map { call in
      call.effect == .remoteCode
        ? "runs code from the network: “\(call.name)” (line \(call.line))"
        : "calls \(call.name) (line \(call.line), \(call.effect.word))"
    }
    return "\(path) \(calls.joined(before: "and"))."
  }

  /// Whether it can be read as text.
  public var isShown: Bool { isText && size <= Self.readLimit }
  /// Whether it is an image that a browser can be given: the bytes are those of its type.
  public var isShownImage: Bool { type.kind == .image && size <= Self.publishedLimit }
}

extension SkillBundle: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    files.store(in: &bytes)
    omitted.store(in: &bytes)
    skipped.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      files: try [BundleFile](from: &bytes), omitted: try Int(from: &bytes), skipped: try [String](from: &bytes))
  }
}

extension BundleFile: Storable {
  /// Writes every part of it, in order.
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

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    guard let path = RelativePath(try bytes.readText()) else { throw ByteReader.Failure() }
    self.init(
      path: path, size: try Int(from: &bytes), type: try FileType(from: &bytes), digest: try String(from: &bytes),
      isExecutable: try Bool(from: &bytes), isText: try Bool(from: &bytes), calls: try [ScriptCall](from: &bytes),
      relativeLinks: try [String](from: &bytes))
  }
}
