import Files
import Pages

/// The output folder. Roster writes nothing outside it and nothing through links, and removes only what it wrote.
struct SiteFolder: Sendable {
  /// The path, without a trailing slash.
  let path: String

  init(_ path: String) { self.path = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path }

  /// Roster's own folder inside it.
  var own: String { "\(path)/\(Manifest.folder)" }

  /// Returns the path of a file of the site.
  func target(_ file: String) -> String { "\(path)/\(file)" }

  // MARK: Before

  /// The state of the locked folder, valid until ``release(_:)``.
  struct State {
    let lock: Int32
    let manifest: Manifest?
    /// Whether the manifest was read from disk, rather than recovered.
    let isOnDisk: Bool
  }

  private var lock: String { "\(own)/lock" }
  private var drafts: String { "\(own)/new" }

  /// Creates and locks the folder, and determines which files in it Roster wrote.
  func prepare(after last: LastRun) throws(Disk.Failure) -> State {
    let hasBeenHere = Disk.kind(own, followsLinks: false) == .folder
    try Disk.makeFolder(path)
    try Self.makeFolder(own)
    let held = try Disk.lock(lock)
    do throws(Disk.Failure) {
      try Self.makeFolder(drafts)
    } catch {
      release(held)
      throw error
    }
    removeOldCaches()
    let manifest = (try? Disk.read(target(Manifest.file)).get()).flatMap { Manifest($0) }
    if manifest == nil {
      // The cache lists the files of the last run. Files that have changed since then are not ours.
      let own = last.outputs.filter { Disk.identity(target($0.key)) == $0.value.identity }.keys
      if hasBeenHere || !own.isEmpty {
        let found = hasBeenHere ? ManifestRecovery.manifest(of: path).paths : []
        return State(lock: held, manifest: Manifest(found.union(own)), isOnDisk: false)
      }
    }
    return State(lock: held, manifest: manifest, isOnDisk: manifest != nil)
  }

  /// Releases the lock, and removes the files that exist only during a build.
  func release(_ held: Int32) {
    Disk.removeTree(drafts)
    Disk.unlock(held, at: lock)
    Disk.removeFolderIfEmpty(own)
  }

  /// Runs `body` with the folder locked, for removing its content.
  func whileLocked<Result>(_ body: () throws(Disk.Failure) -> Result) throws(Disk.Failure) -> Result {
    let held = try Disk.lock(lock)
    defer { release(held) }
    return try body()
  }

  /// Removes the caches that older versions kept in the output.
  private func removeOldCaches() {
    for name in Disk.names(in: own) {
      let isCache =
        ["sources", "sources.new", "records", "outputs", "indexed", "search"].contains(name)
        || name.hasPrefix("history.") || name.hasPrefix("scratch.")
      if isCache { Disk.removeTree("\(own)/\(name)") }
    }
  }

  /// Throws if files that Roster did not write would be overwritten.
  func refuseForeign(_ files: Set<String>, known: Set<String>) throws(PublishingError) {
    let foreign = files.subtracting(known).filter { Disk.kind(target($0), followsLinks: false) != nil }
    if !foreign.isEmpty { throw .foreignFiles(folder: path, files: foreign.sorted()) }
  }

  /// Creates the folders of some files.
  func makeFolders(for files: Set<String>) throws(Disk.Failure) {
    for name in Self.folders(of: files).sorted() { try Self.makeFolder(target(name)) }
  }

  private static func makeFolder(_ path: String) throws(Disk.Failure) {
    if Disk.kind(path, followsLinks: false) == .other {
      throw Disk.Failure(path: path, reason: "this is a symbolic link, and Roster does not write through links")
    }
    try Disk.makeFolder(path)
  }

  // MARK: Writing

  /// A file to write.
  struct Draft {
    /// The path below the folder.
    let file: String
    /// The digest of the existing content, if known.
    let standing: Digest?
    /// The number of the task that writes. Each task has its own temporary file.
    let worker: Int
  }

  /// Writes a file that is made in pieces, unless it is up to date. Returns the length of each piece in bytes, and
  /// whether the file was written.
  ///
  /// The new content is first written to a temporary file and then compared, so that each piece is rendered only once.
  ///
  /// - Parameter past: The existing file, if its pieces are known.
  func write(
    _ draft: Draft, _ pieces: SiteFile.Pieces, after past: PastPieces?
  ) throws(Disk.Failure) -> (lengths: [Int], isNew: Bool) {
    let (target, temporary) = (target(draft.file), temporary(draft.worker))
    var lengths: [Int] = []
    lengths.reserveCapacity(pieces.fingerprints.count)
    let steps = PastPieces.steps(to: pieces, after: past)
    do throws(Disk.Failure) {
      try Disk.write(parts: steps.count, to: temporary) { number in
        let step = steps[number]
        if let range = step.standing, let bytes = past?.bytes(range) {
          lengths += step.lengths
          return bytes
        }
        let made = pieces.make(step.pieces)
        var start = 0
        for end in made.ends {
          lengths.append(end - start)
          start = end
        }
        return made.bytes
      }
      if Disk.holdTheSame(target, temporary) {
        try Disk.removeFile(temporary)
        return (lengths, false)
      }
      try Disk.replace(target, by: temporary)
      return (lengths, true)
    } catch {
      try? Disk.removeFile(temporary)
      throw Disk.Failure(path: target, reason: error.reason)
    }
  }

  /// Writes a file unless it is up to date. Returns the digest of its content, and whether it was written.
  func write(
    _ draft: Draft, _ bytes: [UInt8], key: DigestKey
  ) throws(Disk.Failure) -> (content: Digest, isNew: Bool) {
    let digest = key.digest(bytes)
    if draft.standing == digest { return (digest, false) }
    if Disk.holds(target(draft.file), bytes) { return (digest, false) }
    try replace(draft.file, by: bytes, worker: draft.worker)
    return (digest, true)
  }

  /// Writes one of Roster's own files, unless it is up to date.
  func keep(_ file: String, _ bytes: [UInt8]) throws(Disk.Failure) {
    if !Disk.holds(target(file), bytes) { try replace(file, by: bytes, worker: -1) }
  }

  private func replace(_ file: String, by bytes: [UInt8], worker: Int) throws(Disk.Failure) {
    try Disk.replace(target(file), with: bytes, through: temporary(worker))
  }

  private func temporary(_ worker: Int) -> String { "\(drafts)/\(worker)" }

  // MARK: Ignoring

  /// The file that makes git ignore the whole folder, including the file itself.
  private var ignoreFile: String { target(".gitignore") }
  private static let ignored = Array("# Written by Roster: git ignores this folder.\n*\n".utf8)

  /// Adds the ignore file, unless one exists.
  func addIgnoreFile() throws(Disk.Failure) {
    if Disk.kind(ignoreFile, followsLinks: false) == nil { try replace(".gitignore", by: Self.ignored, worker: -1) }
  }

  /// Removes the file written by ``addIgnoreFile()``, if it is unchanged.
  func removeIgnoreFile() {
    if Disk.kind(ignoreFile, followsLinks: false) == .file, Disk.holds(ignoreFile, Self.ignored) {
      try? Disk.removeFile(ignoreFile)
    }
  }

  // MARK: Removing

  /// Removes files of an earlier run, and folders that become empty. Returns the number of files removed.
  func remove(_ stale: Set<String>, kept: Set<String>) throws(Disk.Failure) -> Int {
    if stale.isEmpty { return 0 }
    var count = 0
    for file in stale {
      // A folder that was replaced by a link may point elsewhere.
      let isHere = Self.folders(of: [file]).allSatisfy { Disk.kind(target($0), followsLinks: false) == .folder }
      guard isHere, Disk.kind(target(file), followsLinks: false) != nil else { continue }
      try Disk.removeFile(target(file))
      count += 1
    }
    for name in Self.folders(of: stale).subtracting(Self.folders(of: kept)).sorted(by: { $0.count > $1.count }) {
      Disk.removeFolderIfEmpty(target(name))
    }
    return count
  }

  /// Returns all parent folders of some files.
  private static func folders(of files: Set<String>) -> Set<String> {
    var folders: Set<String> = []
    for file in files {
      var rest = file.utf8[...]
      while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
        rest = rest[..<slash]
        if !folders.insert(String(Substring(rest))).inserted { break }
      }
    }
    return folders
  }
}
