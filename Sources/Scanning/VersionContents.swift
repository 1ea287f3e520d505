import Files
import Synchronization

/// The contents of old versions of files. They are read from the repositories when one is needed, with one run of git
/// for each repository, and never fetched.
public final class VersionContents: Sendable {
  private let blobs: Set<String>
  private let roots: [String]
  private let git: Git?
  private let state = Mutex(State())

  private struct State {
    var contents: [String: [UInt8]] = [:]
    /// What was asked for; those without content are missing.
    var asked: Set<String> = []
  }

  /// The largest version that is read, in bytes.
  private static let sizeLimit = 1 << 20
  /// About how many bytes git is asked for at once.
  private static let portion = 32 << 20

  init(of blobs: Set<String>, in roots: [String], git: Git?) {
    self.blobs = blobs
    self.roots = roots
    self.git = git
  }

  /// Reads some versions at once.
  public func load(_ blobs: Set<String>) {
    state.withLock { load(blobs, into: &$0) }
  }

  /// The content of a version; nil if the clone lacks it, or it is too large. The first version that was not loaded
  /// before loads all others, too.
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

  /// What a repository has of some blobs.
  private static func contents(_ blobs: [String], in root: String, _ git: Git, list: String) -> [String: [UInt8]] {
    func ask(_ option: String, _ blobs: [String]) -> [UInt8]? {
      guard (try? Disk.write(Array(blobs.map { $0 + "\n" }.joined().utf8), to: list)) != nil else { return nil }
      return git.answer(["cat-file", option], in: root, input: list)
    }
    let check = "--batch-check=%(objectname) %(objectsize)"
    // In a partial clone git fails at the first blob that is missing, and lists those that are there.
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
      // Each answer is a line of the name, the kind and the size, then the bytes and a line feed.
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
