import Files
import Pages

/// The folder that a site goes into. Roster writes nothing outside it and nothing through a link, and removes only what
/// it wrote.
struct SiteFolder: Sendable {
  /// The path, without a slash at its end.
  let path: String

  init(_ path: String) { self.path = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path }

  /// The folder inside it that Roster keeps for itself.
  var own: String { "\(path)/\(Manifest.folder)" }

  /// The path of a file of the site.
  func target(_ file: String) -> String { "\(path)/\(file)" }

  // MARK: Before

  /// What is known of a folder that nobody else writes into, until ``release(_:)``.
  struct State {
    let lock: Int32
    let manifest: Manifest?
    /// Whether the manifest is the one on the disk, and not a recovered one.
    let isOnDisk: Bool
  }

  private var lock: String { "\(own)/lock" }
  private var drafts: String { "\(own)/new" }

  /// Makes the folder, locks it, and finds out which files in it Roster wrote.
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
      // The cache knows what the last run wrote; what somebody has put there since is not ours.
      let own = last.outputs.filter { Disk.identity(target($0.key)) == $0.value.identity }.keys
      if hasBeenHere || !own.isEmpty {
        let found = hasBeenHere ? ManifestRecovery.manifest(of: path).paths : []
        return State(lock: held, manifest: Manifest(found.union(own)), isOnDisk: false)
      }
    }
    return State(lock: held, manifest: manifest, isOnDisk: manifest != nil)
  }

  /// Gives up the lock and removes the files that are there only during a build.
  func release(_ held: Int32) {
    Disk.removeTree(drafts)
    Disk.unlock(held, at: lock)
    Disk.removeFolderIfEmpty(own)
  }

  /// Locks the folder for as long as it takes to remove what is in it.
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

  /// Refuses to write over files that Roster did not write.
  func refuseForeign(_ files: Set<String>, known: Set<String>) throws(PublishingError) {
    let foreign = files.subtracting(known).filter { Disk.kind(target($0), followsLinks: false) != nil }
    if !foreign.isEmpty { throw .foreignFiles(folder: path, files: foreign.sorted()) }
  }

  /// Makes the folders that files stand in.
  func makeFolders(for files: Set<String>) throws(Disk.Failure) {
    for name in Self.folders(of: files).sorted() { try Self.makeFolder(target(name)) }
  }

  private static func makeFolder(_ path: String) throws(Disk.Failure) {
    if Disk.kind(path, followsLinks: false) == .other {
      throw Disk.Failure(path: path, reason: "this is a link, and nothing is written through links")
    }
    try Disk.makeFolder(path)
  }

  // MARK: Writing

  /// A file that is to be written.
  struct Draft {
    /// The path below the folder.
    let file: String
    /// The digest of what stands there, where it is known.
    let standing: Digest?
    /// The task that writes: each has a place of its own for what is not whole yet.
    let worker: Int
  }

  /// Writes a file that is made in pieces, unless it stands there already. Returns how many bytes each piece has, and
  /// whether it wrote.
  ///
  /// It is written first and compared then, so that each piece is made once.
  ///
  /// - Parameter past: the file as it stands, if its pieces are known.
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

  /// Writes a file unless it stands there already. Returns the digest of its content, and whether it wrote.
  func write(
    _ draft: Draft, _ bytes: [UInt8], key: DigestKey
  ) throws(Disk.Failure) -> (content: Digest, isNew: Bool) {
    let digest = key.digest(bytes)
    if draft.standing == digest { return (digest, false) }
    if Disk.holds(target(draft.file), bytes) { return (digest, false) }
    try replace(draft.file, by: bytes, worker: draft.worker)
    return (digest, true)
  }

  /// Writes one of the files that Roster keeps for itself, unless it stands there already.
  func keep(_ file: String, _ bytes: [UInt8]) throws(Disk.Failure) {
    if !Disk.holds(target(file), bytes) { try replace(file, by: bytes, worker: -1) }
  }

  private func replace(_ file: String, by bytes: [UInt8], worker: Int) throws(Disk.Failure) {
    try Disk.replace(target(file), with: bytes, through: temporary(worker))
  }

  private func temporary(_ worker: Int) -> String { "\(drafts)/\(worker)" }

  // MARK: Ignoring

  /// The file by which git ignores the whole folder, itself included.
  private var ignoreFile: String { target(".gitignore") }
  private static let ignored = Array("# Written by Roster: git ignores this folder.\n*\n".utf8)

  /// Lets git ignore the folder, unless somebody has said what git ignores in it.
  func addIgnoreFile() throws(Disk.Failure) {
    if Disk.kind(ignoreFile, followsLinks: false) == nil { try replace(".gitignore", by: Self.ignored, worker: -1) }
  }

  /// Removes what ``addIgnoreFile()`` wrote, if it is still the same.
  func removeIgnoreFile() {
    if Disk.kind(ignoreFile, followsLinks: false) == .file, Disk.holds(ignoreFile, Self.ignored) {
      try? Disk.removeFile(ignoreFile)
    }
  }

  // MARK: Removing

  /// Removes files of an earlier run, and the folders that are empty then. Returns how many were there.
  func remove(_ stale: Set<String>, kept: Set<String>) throws(Disk.Failure) -> Int {
    if stale.isEmpty { return 0 }
    var count = 0
    for file in stale {
      // A folder that became a link since leads elsewhere.
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

  /// Every folder above some files.
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
