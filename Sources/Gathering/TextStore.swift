import Agents
import Files
import Pages
import Scanning
import Synchronization

/// The rendered texts of files: held in memory while there is room, then put into a file, or made again of the source where an earlier run
/// made the record.
final class TextStore: Sendable {
  private let files: [FoundFile]
  private let reader: AgentReader
  private let key: DigestKey
  private let folder: String
  private let memoryLimit: Int
  private let state: Mutex<State>

  private struct State {
    var places: [Place]
    var expected: [Digest?]
    var held = 0
    var scratch: ScratchFile?
  }

  private enum Place: Sendable {
    case source
    case memory(Rendering)
    case scratch(Range<Int>)
  }

  init(_ files: [FoundFile], reader: AgentReader, key: DigestKey, folder: String, memoryLimit: Int) {
    self.files = files
    self.reader = reader
    self.key = key
    self.folder = folder
    self.memoryLimit = memoryLimit
    state = Mutex(
      State(
        places: Array(repeating: .source, count: files.count), expected: Array(repeating: nil, count: files.count)))
  }

  /// Says what a file must still hold when it is read again.
  func expect(_ digest: Digest, of source: SourceFile) { state.withLock { $0.expected[source.number] = digest } }

  /// Puts the rendering of a file aside.
  func put(_ rendering: Rendering, of source: SourceFile) throws(Disk.Failure) {
    let isHeld = state.withLock { state in
      guard state.held + rendering.size <= memoryLimit else { return false }
      state.held += rendering.size
      state.places[source.number] = .memory(rendering)
      return true
    }
    if isHeld { return }
    let scratch = try scratchFile()
    var writer = ByteWriter(capacity: rendering.size + 64)
    rendering.store(in: &writer)
    let range = try scratch.append(writer.bytes)
    state.withLock { $0.places[source.number] = .scratch(range) }
  }

  private func scratchFile() throws(Disk.Failure) -> ScratchFile {
    let made = state.withLock { state -> Result<ScratchFile, Disk.Failure> in
      if let scratch = state.scratch { return .success(scratch) }
      do throws(Disk.Failure) {
        let scratch = try ScratchFile(in: folder)
        state.scratch = scratch
        return .success(scratch)
      } catch {
        return .failure(error)
      }
    }
    return try made.get()
  }

  /// The texts as pages ask for them.
  func texts(digest: @escaping @Sendable (SourceFile) -> Digest) -> Texts {
    Texts(
      rendering: { (source) throws(SourceChanged) in try self.rendering(of: source) },
      bytes: { (source) throws(SourceChanged) in try self.bytes(of: source) }, digest: digest)
  }

  private func rendering(of source: SourceFile) throws(SourceChanged) -> Rendering {
    let (place, scratch) = state.withLock { ($0.places[source.number], $0.scratch) }
    switch place {
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

  /// A file as it was when its record was made.
  func bytes(of source: SourceFile) throws(SourceChanged) -> [UInt8] {
    let expected = state.withLock { $0.expected[source.number] }
    guard let expected, case .success(let bytes) = Disk.read(files[source.number].absolutePath),
      key.digest(bytes) == expected
    else { throw SourceChanged(path: source.displayPath) }
    return bytes
  }
}
