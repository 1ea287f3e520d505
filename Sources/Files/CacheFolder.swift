import Synchronization

/// A private folder of data that can be made again. Losing any of it costs time and nothing else.
///
/// Each file is written whole, so two builds may share a folder. A file that is torn, broken or from another cache
/// counts as missing, because it does not match its seal.
public struct CacheFolder: Sendable {
  /// The folder.
  public let path: String
  /// The key of all digests in the folder.
  public let key: DigestKey
  private let mode: Mode
  private let failures = FailureRecord()

  private enum Mode {
    case kept
    case readOnly
    /// A place for temporary files; nothing is kept.
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

  /// Opens a folder, and makes it if it is missing.
  ///
  /// - Throws: ``Disk/Failure`` if nothing can be written there, or if the folder is open to other users: they could
  ///   have put anything into it.
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

  /// Opens a folder to read from it, or returns nil if there is no usable one.
  public static func openForReading(_ path: String) -> CacheFolder? {
    guard (try? Disk.requirePrivate(path)) != nil, let key = key(in: path) else { return nil }
    return CacheFolder(path: path, key: key, mode: .readOnly)
  }

  /// Makes a folder for temporary files, for when no cache can be kept. The caller removes it.
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

  /// Removes what killed builds left behind. No build writes a single file for an hour.
  private static func removeOldDrafts(in folder: String) {
    let limit = Disk.time - 3_600_000_000_000
    for name in Disk.names(in: "\(folder)/\(drafts)") {
      let draft = "\(folder)/\(drafts)/\(name)"
      if let identity = Disk.identity(draft), identity.changed < limit { try? Disk.removeFile(draft) }
    }
  }

  // MARK: Files

  /// Whether what is written is kept for the next run.
  public var isKept: Bool { mode == .kept }

  /// Why the first file that could not be written was not; nil if all were.
  public var failure: Disk.Failure? { failures.first.withLock { $0 } }

  /// The path of a file or folder in the cache.
  public func path(of name: String) -> String { "\(path)/\(name)" }

  /// The content of a file that ``write(_:to:)`` wrote; nil if it is missing or broken.
  public func read(_ name: String) -> [UInt8]? { content(of: name).flatMap { key.opening($0) } }

  /// Writes a file under a seal. Returns whether it could be written.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) -> Bool { replace(name, by: key.sealing(bytes)) }

  /// The bytes of a file as they are; nil if it is missing.
  public func content(of name: String) -> [UInt8]? {
    mode == .temporary ? nil : try? Disk.read(path(of: name)).get()
  }

  /// Writes a file as it is. Returns whether it could be written.
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
    // A name of its own, so that two builds never write to one file.
    let draft = "\(path)/\(Self.drafts)/\(UInt64.random(in: .min ... .max))"
    try Disk.replace(target, with: bytes, through: draft)
  }

  /// Removes the folder with everything in it.
  public func removeAll() { Disk.removeTree(path) }
}
