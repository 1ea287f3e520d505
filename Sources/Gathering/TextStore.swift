import Agents
import Files
import Scanning
import Synchronization

/// The rendered texts of files: in memory up to a limit, then in a temporary file. Texts in neither place are rendered
/// again from the source.
final class TextStore: Sendable {
  private let files: [FoundFile]
  /// The absolute paths of skills' files, by published path.
  private let parts: [String: String]
  private let reader: AgentReader
  private let inclusions: InclusionReader
  private let key: DigestKey
  private let folder: String?
  private let memoryLimit: Int
  private let state: Mutex<State>
  private let reads = Atomic<Int>(0)

  private struct State {
    var places: [Place]
    var expected: [Digest?]
    /// The digests of the texts that are filled into files, by the numbers of the files.
    var expectedInclusions: [Int: Digest] = [:]
    /// The SHA-256 of skills' files, by published path.
    var expectedParts: [String: String] = [:]
    var held = 0
    var scratch: ScratchFile?
  }

  private enum Place: Sendable {
    case source
    case memory(Rendering)
    case scratch(Range<Int>)
  }

  init(_ scan: ScanResult, reader: AgentReader, key: DigestKey, folder: String?, memoryLimit: Int) {
    files = scan.files
    parts = Dictionary(
      scan.parts.map { ($0.file.source.publishedPath, $0.file.absolutePath) }, uniquingKeysWith: { first, _ in first })
    self.reader = reader
    inclusions = InclusionReader(scan, reader: reader, key: key)
    self.key = key
    self.folder = folder
    self.memoryLimit = memoryLimit
    state = Mutex(
      State(
        places: Array(repeating: .source, count: files.count), expected: Array(repeating: nil, count: files.count)))
  }

  /// The number of times that files were read.
  var readCount: Int { reads.load(ordering: .relaxed) }

  /// Counts the reading of a file.
  func countRead() { reads.add(1, ordering: .relaxed) }

  /// Sets the expected digest of a file, for when it is read again.
  func expect(_ digest: Digest, of source: SourceFile) { state.withLock { $0.expected[source.number] = digest } }

  /// Sets the expected digest of the texts that are filled into a file, for when they are read again.
  func expectInclusions(_ digest: Digest, of source: SourceFile) {
    state.withLock { $0.expectedInclusions[source.number] = digest }
  }

  /// Sets the expected digests of a skill's files.
  func expectParts(of agent: Agent) {
    guard let bundle = agent.bundle, !bundle.files.isEmpty else { return }
    state.withLock { state in
      for file in bundle.files { state.expectedParts[agent.source.part(file.path).publishedPath] = file.digest }
    }
  }

  /// Returns the expected SHA-256 of a skill's file; nil for other files.
  func expectedPart(_ source: SourceFile) -> String? {
    guard source.number == SourceFile.unnumbered else { return nil }
    return state.withLock { $0.expectedParts[source.publishedPath] }
  }

  /// Stores the rendering of a file if there is room.
  func put(_ rendering: Rendering, of source: SourceFile) {
    let isHeld = state.withLock { state in
      guard state.held + rendering.size <= memoryLimit else { return false }
      state.held += rendering.size
      state.places[source.number] = .memory(rendering)
      return true
    }
    if isHeld { return }
    guard let scratch = scratchFile() else { return }
    var writer = ByteWriter(capacity: rendering.size + 64)
    rendering.store(in: &writer)
    guard let range = try? scratch.append(writer.bytes) else { return }
    state.withLock { $0.places[source.number] = .scratch(range) }
  }

  private func scratchFile() -> ScratchFile? {
    guard let folder, memoryLimit > 0 else { return nil }
    return state.withLock { state in
      if state.scratch == nil { state.scratch = try? ScratchFile(in: folder) }
      return state.scratch
    }
  }

  /// Returns the texts for pages.
  func texts(digest: @escaping @Sendable (SourceFile) -> Digest) -> Texts {
    Texts(
      rendering: { (source) throws(SourceChanged) in try self.rendering(of: source) },
      bytes: { (source) throws(SourceChanged) in try self.bytes(of: source) }, digest: digest)
  }

  private func rendering(of source: SourceFile) throws(SourceChanged) -> Rendering {
    if source.number == SourceFile.unnumbered { return reader.read(try bytes(of: source), of: source).rendering }
    let (place, scratch) = state.withLock { ($0.places[source.number], $0.scratch) }
    // Items in a file are small, so they are rendered when their page is made.
    switch source.item == nil ? place : .source {
    case .memory(let rendering): return rendering
    case .source: return reader.read(try bytes(of: source), of: source).rendering
    case .scratch(let range):
      if let bytes = try? scratch?.read(range) {
        var reader = ByteReader(bytes)
        if let rendering = try? Rendering(from: &reader) { return rendering }
      }
      return reader.read(try bytes(of: source), of: source).rendering
    }
  }

  /// Returns the bytes of a file, or of an item in it, as they were when the record was made.
  func bytes(of source: SourceFile) throws(SourceChanged) -> [UInt8] {
    if source.number == SourceFile.unnumbered { return try part(source) }
    let (expected, included) = state.withLock { ($0.expected[source.number], $0.expectedInclusions[source.number]) }
    countRead()
    guard let expected, case .success(let bytes) = Disk.read(files[source.number].absolutePath),
      key.digest(bytes) == expected
    else { throw SourceChanged(path: source.displayPath) }
    guard let included else { return AgentReader.excerpt(of: bytes, source) }
    guard let reading = inclusions.read(bytes, of: files[source.number]), reading.digest == included else {
      throw SourceChanged(path: source.displayPath)
    }
    return AgentReader.excerpt(of: bytes, source, including: reading.texts)
  }

  /// Returns the bytes of a skill's file as they were when the record of the skill was made.
  private func part(_ source: SourceFile) throws(SourceChanged) -> [UInt8] {
    countRead()
    guard let expected = expectedPart(source), let path = parts[source.publishedPath],
      case .success(let (summary, _)) = Disk.summary(of: path, keeping: BundleFile.publishedLimit),
      summary.digest == expected
    else { throw SourceChanged(path: source.displayPath) }
    return summary.start
  }
}
