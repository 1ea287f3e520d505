import Synchronization

/// A private folder of cached data. Losing any of it costs only time.
///
/// Files are replaced atomically, so two builds may share a folder. A truncated, corrupt or foreign file counts as
/// missing, because its seal does not match.
public struct CacheFolder: Sendable {
  /// The path of the folder.
  public let path: String
  /// The key of all digests in the folder.
  public let key: DigestKey
  private let mode: Mode
  private let failures = FailureRecord()

  private enum Mode {
    case kept
    case readOnly
    /// A folder for temporary files; nothing is kept.
    case temporary
  }

  private final class FailureRecord: Sendable {
    let first = Mutex<Disk.Failure?>(nil)
  }

  private init(path: String, key: DigestKey, mode: Mode) {
    self.path = path
    self.key = key
    self.mode = mode
  }

  // MARK: Opening

  /// Opens a folder, and creates it if it is missing.
  ///
  /// - Throws: ``Disk/Failure`` if the folder is not writable, or if other users can access it: they could have put
  ///   anything into it.
  public static func open(_ path: String) throws(Disk.Failure) -> CacheFolder {
    try Disk.makeFolder(path, rights: 0o700)
    try Disk.requirePrivate(path)
    try Disk.makeFolder("\(path)/\(drafts)", rights: 0o700)
    removeOldDrafts(in: path)
    if let key = key(in: path) { return CacheFolder(path: path, key: key, mode: .kept) }
    let cache = CacheFolder(path: path, key: .random(), mode: .kept)
    var writer = ByteWriter()
    cache.key.store(in: &writer)
    try cache.put(writer.bytes, at: keyFile)
    return cache
  }

  /// Opens a folder for reading. Returns nil if there is no usable one.
  public static func openForReading(_ path: String) -> CacheFolder? {
    guard (try? Disk.requirePrivate(path)) != nil, let key = key(in: path) else { return nil }
    return CacheFolder(path: path, key: key, mode: .readOnly)
  }

  /// Creates a folder for temporary files, for use without a cache. The caller removes it.
  public static func temporary() throws(Disk.Failure) -> CacheFolder {
    CacheFolder(path: try Disk.makeTemporaryFolder(), key: .random(), mode: .temporary)
  }

  private static let keyFile = "key"
  private static let drafts = "new"

  private static func key(in folder: String) -> DigestKey? {
    guard case .success(let bytes) = Disk.read("\(folder)/\(keyFile)"), bytes.count == 16 else { return nil }
    var reader = ByteReader(bytes)
    return try? DigestKey(from: &reader)
  }

  /// Removes the drafts of killed builds. No build takes an hour to write a single file.
  private static func removeOldDrafts(in folder: String) {
    let limit = Disk.time - 3_600_000_000_000
    for name in Disk.names(in: "\(folder)/\(drafts)") {
      let draft = "\(folder)/\(drafts)/\(name)"
      if let identity = Disk.identity(draft), identity.changed < limit { try? Disk.removeFile(draft) }
    }
  }

  // MARK: Files

  /// Whether written files are kept for the next run.
  public var isKept: Bool { mode == .kept }

  /// The reason for the first failed write, or nil if none failed.
  public var failure: Disk.Failure? { failures.first.withLock { $0 } }

  /// Returns the path of a file or folder in the cache.
  public func path(of name: String) -> String { "\(path)/\(name)" }

  /// Returns the content of a file written by ``write(_:to:)``, or nil if it is missing or corrupt.
  public func read(_ name: String) -> [UInt8]? { content(of: name).flatMap { key.opening($0) } }

  /// Writes a file with a seal. Returns whether it succeeded.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) -> Bool { replace(name, by: key.sealing(bytes)) }

  /// Returns the raw bytes of a file, or nil if it is missing.
  public func content(of name: String) -> [UInt8]? {
    mode == .temporary ? nil : try? Disk.read(path(of: name)).get()
  }

  /// Writes a file without a seal. Returns whether it succeeded.
  public func replace(_ name: String, by bytes: [UInt8]) -> Bool {
    guard isKept else { return false }
    do throws(Disk.Failure) {
      try put(bytes, at: name)
      return true
    } catch {
      failures.first.withLock { $0 = $0 ?? error }
      return false
    }
  }

  /// Removes a file.
  public func remove(_ name: String) {
    if isKept { try? Disk.removeFile(path(of: name)) }
  }

  private func put(_ bytes: [UInt8], at name: String) throws(Disk.Failure) {
    let target = path(of: name)
    if let slash = name.lastSlash { try Disk.makeFolder(path(of: String(name[..<slash])), rights: 0o700) }
    // A unique name, so that two builds never write to the same file.
    let draft = "\(path)/\(Self.drafts)/\(UInt64.random(in: .min ... .max))"
    try Disk.replace(target, with: bytes, through: draft)
  }

  /// Removes the folder and its content.
  public func removeAll() { Disk.removeTree(path) }
}
