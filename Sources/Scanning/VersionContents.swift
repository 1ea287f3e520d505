import Files
import Synchronization

/// The contents of old file versions. They are read from the repositories on demand, in portions: the versions of the
/// requested item and, after several requests, of the next items. A portion replaces the one before, so few are in
/// memory. Nothing is fetched from a remote.
public final class VersionContents: Sendable {
  /// The blobs of each item, in the order in which they are expected to be needed.
  private let items: [[String]]
  private let places: [[String]: Int]
  private let roots: [String]
  private let git: Git?
  private let state = Mutex(State())

  /// The location of a blob.
  private struct Location {
    /// The index of the repository.
    let root: Int
    let size: Int
  }

  private struct State {
    /// The blobs that exist and are not too large; nil before the first request.
    var locations: [String: Location]?
    /// The current portion.
    var contents: [String: [UInt8]] = [:]
    /// The maximum number of items in the next portion.
    var count = 1
  }

  /// The size of the largest version that is read, in bytes.
  private static let sizeLimit = 1 << 20
  /// The size of a portion, in bytes. The versions of one item may exceed it.
  private static let portionLimit = 16 << 20

  init(of items: [[String]], in roots: [String], git: Git?) {
    self.items = items
    places = Dictionary(items.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    self.roots = roots
    self.git = git
  }

  /// Returns the contents of an item's versions; nil for each one that is too large or missing from the clone.
  ///
  /// - Parameter blobs: The blobs of one of the items.
  public func contents(of blobs: [String]) -> [[UInt8]?] {
    state.withLock { state in
      let locations = state.locations ?? located()
      state.locations = locations
      if blobs.contains(where: { locations[$0] != nil && state.contents[$0] == nil }) {
        state.contents = [:]
        state.contents = read(portion(from: blobs, of: state.count, locations), locations)
        // The first request may be the only one. Later ones mean that most items are needed.
        state.count = min(2 * state.count, items.count)
      }
      return blobs.map { state.contents[$0] }
    }
  }

  /// Returns the blobs of an item and the next ones, up to a number of items and a size.
  private func portion(from blobs: [String], of count: Int, _ locations: [String: Location]) -> Set<String> {
    var portion = Set(blobs)
    guard let first = places[blobs] else { return portion }
    func size(_ blobs: some Sequence<String>) -> Int { blobs.reduce(0) { $0 + (locations[$1]?.size ?? 0) } }
    var total = size(portion)
    for next in items[first...].prefix(count).dropFirst() {
      total += size(next)
      if total > Self.portionLimit { break }
      portion.formUnion(next)
    }
    return portion
  }

  /// Returns the locations of all blobs that can be read.
  private func located() -> [String: Location] {
    var wanted = Set(items.joined())
    var locations: [String: Location] = [:]
    guard let git, !wanted.isEmpty else { return locations }
    let check = "--batch-check=%(objectname) %(objectsize)"
    for (root, folder) in roots.enumerated() where !wanted.isEmpty {
      // In a partial clone, git fails at the first missing blob. In that case, list all objects that exist.
      let answer =
        Self.ask(git, check, wanted, in: folder)
        ?? git.answer(["cat-file", check, "--batch-all-objects", "--unordered"], in: folder)
      for line in (answer ?? []).split(separator: 0x0A) {
        let parts = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 2, let size = Int(parts[1]), size <= Self.sizeLimit, wanted.contains(parts[0]) else {
          continue
        }
        locations[parts[0]] = Location(root: root, size: size)
      }
      wanted.subtract(locations.keys)
    }
    return locations
  }

  /// Returns the contents of blobs.
  private func read(_ blobs: Set<String>, _ locations: [String: Location]) -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for (root, folder) in roots.enumerated() {
      let own = blobs.filter { locations[$0]?.root == root }
      guard let git, !own.isEmpty else { continue }
      // Each answer is a line with the hash, type and size, followed by the bytes and a line feed.
      var rest = (Self.ask(git, "--batch", own, in: folder) ?? [])[...]
      while let end = rest.firstIndex(of: 0x0A) {
        let head = rest[..<end].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        rest = rest[(end + 1)...]
        guard head.count == 3 else { continue }
        guard let size = Int(head[2]), size < rest.count else { break }
        contents[head[0]] = Array(rest.prefix(size))
        rest = rest.dropFirst(size + 1)
      }
    }
    return contents
  }

  /// Asks git about blobs.
  private static func ask(_ git: Git, _ option: String, _ blobs: Set<String>, in root: String) -> [UInt8]? {
    guard let folder = try? Disk.makeTemporaryFolder() else { return nil }
    defer { Disk.removeTree(folder) }
    let list = "\(folder)/wanted"
    guard (try? Disk.write(Array(blobs.sorted().map { $0 + "\n" }.joined().utf8), to: list)) != nil else { return nil }
    return git.answer(["cat-file", option], in: root, input: list)
  }
}
