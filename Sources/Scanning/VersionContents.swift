import Files
import Synchronization

/// The contents of old file versions. They are read from the repositories on demand, with few runs of git for each
/// repository. Nothing is fetched from a remote.
public final class VersionContents: Sendable {
  private let blobs: Set<String>
  private let roots: [String]
  private let git: Git?
  private let state = Mutex(State())

  private struct State {
    var contents: [String: [UInt8]] = [:]
    /// The blobs requested so far. Those without content are missing.
    var asked: Set<String> = []
  }

  /// The size of the largest version that is read, in bytes.
  private static let sizeLimit = 1 << 20
  /// The approximate number of bytes to request from git at once.
  private static let portion = 32 << 20

  init(of blobs: Set<String>, in roots: [String], git: Git?) {
    self.blobs = blobs
    self.roots = roots
    self.git = git
  }

  /// Loads several versions at once.
  public func load(_ blobs: Set<String>) {
    state.withLock { load(blobs, into: &$0) }
  }

  /// Returns the content of a version; nil if the clone lacks it or it is too large. If the version was not loaded
  /// before, all versions are loaded.
  public func content(of blob: String) -> [UInt8]? {
    state.withLock { state in
      if !state.asked.contains(blob) { load(blobs, into: &state) }
      return state.contents[blob]
    }
  }

  private func load(_ blobs: Set<String>, into state: inout State) {
    var wanted = blobs.subtracting(state.asked)
    state.asked.formUnion(wanted)
    guard let git, !wanted.isEmpty, let folder = try? Disk.makeTemporaryFolder() else { return }
    defer { Disk.removeTree(folder) }
    for root in roots where !wanted.isEmpty {
      let found = Self.contents(wanted.sorted(), in: root, git, list: "\(folder)/wanted")
      state.contents.merge(found) { $1 }
      wanted.subtract(found.keys)
    }
  }

  /// Returns the contents of the blobs that a repository has.
  private static func contents(_ blobs: [String], in root: String, _ git: Git, list: String) -> [String: [UInt8]] {
    func ask(_ option: String, _ blobs: [String]) -> [UInt8]? {
      guard (try? Disk.write(Array(blobs.map { $0 + "\n" }.joined().utf8), to: list)) != nil else { return nil }
      return git.answer(["cat-file", option], in: root, input: list)
    }
    let check = "--batch-check=%(objectname) %(objectsize)"
    // In a partial clone, git fails at the first missing blob. In that case, list all objects that exist.
    let answer = ask(check, blobs) ?? git.answer(["cat-file", check, "--batch-all-objects", "--unordered"], in: root)
    let wanted = Set(blobs)
    let sizes = (answer ?? []).split(separator: 0x0A).compactMap { line -> (blob: String, size: Int)? in
      let parts = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 2, wanted.contains(parts[0]) else { return nil }
      return Int(parts[1]).map { (parts[0], $0) }
    }
    var contents: [String: [UInt8]] = [:]
    var (portion, total): ([String], Int) = ([], 0)
    func finish() {
      // Each answer is a line with the hash, type and size, followed by the bytes and a line feed.
      var rest = (portion.isEmpty ? [] : ask("--batch", portion) ?? [])[...]
      while let end = rest.firstIndex(of: 0x0A) {
        let head = rest[..<end].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        rest = rest[(end + 1)...]
        guard head.count == 3 else { continue }
        guard let size = Int(head[2]), size < rest.count else { break }
        contents[head[0]] = Array(rest.prefix(size))
        rest = rest.dropFirst(size + 1)
      }
      (portion, total) = ([], 0)
    }
    for (blob, size) in sizes where size <= sizeLimit {
      if total + size > Self.portion { finish() }
      portion.append(blob)
      total += size
    }
    finish()
    return contents
  }
}
