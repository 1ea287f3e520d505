import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The operating system calls for reading and publishing, with errors that name the path and the reason.
public enum Disk {
  /// A failed call.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    /// The path.
    public let path: String
    /// The reason, for example `No space left on device`.
    public let reason: String

    /// Creates a failure.
    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    init(_ path: String) { self.init(path: path, reason: String(cString: strerror(errno))) }

    /// The path and the reason.
    public var description: String { "\(path): \(reason)" }
  }

  /// The kind of a file system entry.
  public enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A link, device, socket or pipe.
    case other
  }

  /// The metadata that identifies one state of a regular file without reading it.
  ///
  /// Any change of a file changes its identity, except a change within the same tick of the file system's clock: see
  /// ``isSettled(at:)``.
  public struct Identity: Hashable, Sendable {
    /// The size in bytes.
    public let size: Int
    /// The time of the last change of content, in nanoseconds since 1970.
    public let modified: Int
    /// The time of the last change of content or metadata, in nanoseconds since 1970. Programs cannot set it.
    public let changed: Int
    /// The inode number.
    public let inode: Int
    /// The number of the file system.
    public let device: Int

    /// Returns whether the last change was more than two seconds before `time`, in nanoseconds since 1970.
    ///
    /// Two seconds is the coarsest timestamp resolution in use, that of FAT. A younger file may change again and keep
    /// its identity.
    public func isSettled(at time: Int) -> Bool { max(modified, changed) < time - 2_000_000_000 }

    init(_ info: stat) {
      size = Int(info.st_size)
      #if canImport(Darwin)
        let (modified, changed) = (info.st_mtimespec, info.st_ctimespec)
      #else
        let (modified, changed) = (info.st_mtim, info.st_ctim)
      #endif
      self.modified = Int(modified.tv_sec) * 1_000_000_000 + Int(modified.tv_nsec)
      self.changed = Int(changed.tv_sec) * 1_000_000_000 + Int(changed.tv_nsec)
      inode = Int(truncatingIfNeeded: info.st_ino)
      device = Int(truncatingIfNeeded: info.st_dev)
    }
  }

  /// The current time of the clock that file timestamps use, in nanoseconds since 1970.
  public static var time: Int {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int(now.tv_sec) * 1_000_000_000 + Int(now.tv_nsec)
  }

  /// Returns the identity of a regular file, or nil if there is none. Links are not followed.
  public static func identity(_ path: String) -> Identity? {
    var info = stat()
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    return Identity(info)
  }

  /// Returns the kind of entry at a path, or nil if there is none.
  public static func kind(_ path: String, followsLinks: Bool = true) -> Kind? {
    var info = stat()
    guard (followsLinks ? stat(path, &info) : lstat(path, &info)) == 0 else { return nil }
    return switch info.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// Returns the absolute path with all links resolved, or nil if it does not exist.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The target of a symbolic link.
  public enum LinkEnd: Sendable, Equatable {
    /// An absolute path without links.
    case path(String)
    /// A path that does not exist.
    case missing
    /// A cycle of links.
    case loop
    /// Unknown, for this reason.
    case failure(String)
  }

  /// Returns the target of a symbolic link, with all links on the way resolved.
  public static func end(ofLink path: String) -> LinkEnd {
    if let resolved = realPath(path) { return .path(resolved) }
    return switch errno {
    case ENOENT, ENOTDIR: .missing
    case ELOOP: .loop
    default: .failure(Failure(path).reason)
    }
  }

  /// Returns the absolute path, with links resolved in the part that exists. Missing components are appended unchanged.
  public static func absolutePath(_ path: String) -> String {
    if let real = realPath(path) { return real }
    let trimmed = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
    guard let slash = trimmed.lastSlash else { return (realPath(".") ?? "") + "/" + trimmed }
    let parent = slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    let base = absolutePath(parent)
    return (base == "/" ? "" : base) + trimmed[slash...]
  }

  /// Reads a regular file. Devices, pipes and sockets are rejected without blocking.
  public static func read(_ path: String) -> Result<[UInt8], Failure> { readWithIdentity(path).map(\.bytes) }

  /// Reads a regular file, and returns its bytes and its identity before reading.
  ///
  /// - Parameter followsLinks: Whether the path may be a link. A scan resolves links, so a link at the path of a
  ///   scanned file was put there afterwards and may point anywhere.
  public static func readWithIdentity(
    _ path: String, followsLinks: Bool = true
  ) -> Result<(bytes: [UInt8], identity: Identity), Failure> {
    withOpenFile(path, followsLinks: followsLinks) { file, info in
      readAll(Int(info.st_size), from: file, at: 0).map { ($0, Identity(info)) }
    }
  }

  /// Opens a regular file and passes its descriptor and metadata to `body`, which returns nil if reading fails.
  static func withOpenFile<Result>(
    _ path: String, followsLinks: Bool, _ body: (Int32, stat) -> Result?
  ) -> Swift.Result<Result, Failure> {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW))
    guard file >= 0 else {
      if !followsLinks, errno == ELOOP {
        return .failure(Failure(path: path, reason: "it was replaced by a link while the folder was read"))
      }
      return .failure(Failure(path))
    }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0 else { return .failure(Failure(path)) }
    guard info.st_mode & S_IFMT == S_IFREG else { return .failure(Failure(path: path, reason: "not a regular file")) }
    guard let result = body(file, info) else { return .failure(Failure(path)) }
    return .success(result)
  }

  /// Writes a file, replacing its content. Links are not followed.
  public static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    try write(parts: 1, to: path) { _ in bytes }
  }

  /// Writes a file part by part, replacing its content. Links are not followed.
  public static func write(parts: Int, to path: String, _ part: (Int) -> [UInt8]) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { throw Failure(path) }
    var problem: Failure?
    for index in 0..<parts where problem == nil {
      if !writeAll(part(index), to: file, at: nil) { problem = Failure(path) }
    }
    if close(file) != 0, problem == nil { problem = Failure(path) }
    if let problem { throw problem }
  }

  /// Writes bytes to an open file, at its current position or at an offset. Returns whether all bytes were written.
  private static func writeAll(_ bytes: [UInt8], to file: Int32, at offset: Int?) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count, let start = buffer.baseAddress {
        let count =
          if let offset {
            pwrite(file, start + written, buffer.count - written, off_t(offset + written))
          } else {
            #if canImport(Glibc)
              Glibc.write(file, start + written, buffer.count - written)
            #elseif canImport(Musl)
              Musl.write(file, start + written, buffer.count - written)
            #else
              Darwin.write(file, start + written, buffer.count - written)
            #endif
          }
        if count < 0, errno == EINTR { continue }
        if count < 0 { return false }
        written += count
      }
      return true
    }
  }

  /// Creates a file and unlinks it, so that it has no name.
  static func openScratch(_ path: String) throws(Failure) -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0, unlink(path) == 0 else { throw Failure(path) }
    return file
  }

  static func write(_ bytes: [UInt8], to file: Int32, at offset: Int, named path: String) throws(Failure) {
    guard writeAll(bytes, to: file, at: offset) else { throw Failure(path) }
  }

  static func read(_ range: Range<Int>, of file: Int32, named path: String) throws(Failure) -> [UInt8] {
    guard let bytes = readAll(range.count, from: file, at: range.lowerBound) else { throw Failure(path) }
    return bytes
  }

  /// Returns whether a regular file contains exactly these bytes.
  public static func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
    guard identity(path)?.size == bytes.count, case .success(let standing) = read(path) else { return false }
    return standing == bytes
  }

  /// Returns whether two files have the same content. They are compared in chunks, so their size does not matter.
  public static func holdTheSame(_ path: String, _ other: String) -> Bool {
    guard let size = identity(path)?.size, size == identity(other)?.size else { return false }
    let files = [path, other].map { (name: String) in open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) }
    defer { for file in files where file >= 0 { close(file) } }
    guard files.allSatisfy({ $0 >= 0 }) else { return false }
    for offset in stride(from: 0, to: size, by: 1 << 20) {
      guard let piece = readAll(1 << 20, from: files[0], at: offset),
        piece == readAll(1 << 20, from: files[1], at: offset)
      else { return false }
    }
    return true
  }

  /// Opens a regular file for reading, if its identity matches. Returns the descriptor, or nil.
  static func opened(_ path: String, identity: Identity) -> Int32? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    var info = stat()
    if fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG, Identity(info) == identity { return file }
    close(file)
    return nil
  }

  /// Reads `size` bytes of an open file at an offset, or fewer at its end. Returns nil if reading fails.
  static func readAll(_ size: Int, from file: Int32, at offset: Int) -> [UInt8]? {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let start = buffer.baseAddress {
        let got = pread(file, start + count, size - count, off_t(offset + count))
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    return failed ? nil : bytes
  }

  /// Writes a file atomically: to a temporary file, which then replaces it. Readers see the old file or the new one.
  ///
  /// - Parameters:
  ///   - temporary: The path of the temporary file, on the same disk. Nothing is left there.
  ///   - rights: The permissions of the new file, or nil for the default ones.
  public static func replace(
    _ path: String, with bytes: [UInt8], through temporary: String, rights: Int? = nil
  ) throws(Failure) {
    do throws(Failure) {
      try write(bytes, to: temporary)
      if let rights, chmod(temporary, mode_t(rights)) != 0 { throw Failure(temporary) }
      try replace(path, by: temporary)
    } catch {
      try? removeFile(temporary)
      throw Failure(path: path, reason: error.reason)
    }
  }

  /// Writes a file requested by the user, atomically as ``replace(_:with:through:rights:)`` does.
  ///
  /// An existing file keeps its permissions. Pipes, devices, and open files named `/dev/stdout` or `/dev/fd/3` are
  /// written directly. No other link is followed: a link in a repository could point anywhere.
  public static func save(_ bytes: [UInt8], to path: String) throws(Failure) {
    if let file = openFile(path) {
      // Do not open it again: that would write a regular file from its beginning.
      guard writeAll(bytes, to: file, at: nil) else { throw Failure(path) }
      return
    }
    let kind = kind(path, followsLinks: false)
    guard kind == nil || kind == .file else { return try writeThrough(bytes, to: path) }
    let rights = (try? FileManager.default.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
    let temporary = "\(path).roster-\(ProcessInfo.processInfo.processIdentifier)"
    try replace(path, with: bytes, through: temporary, rights: rights)
  }

  /// Returns the descriptor of the open file that a path names, or nil if it names none.
  private static func openFile(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default: break
    }
    for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
      let digits = path.dropFirst(folder.count)
      if digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let file = Int32(digits) { return file }
    }
    return nil
  }

  /// Writes to an existing pipe or device.
  private static func writeThrough(_ bytes: [UInt8], to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY)
    guard file >= 0 else {
      if errno == ELOOP { throw Failure(path: path, reason: "a symbolic link; use its target instead") }
      throw Failure(path)
    }
    let problem = writeAll(bytes, to: file, at: nil) ? nil : Failure(path)
    close(file)
    if let problem { throw problem }
  }

  /// Creates a symbolic link. Does nothing if the path already exists.
  public static func makeLink(_ path: String, to target: String) throws(Failure) {
    guard symlink(target, path) == 0 || errno == EEXIST else { throw Failure(path) }
  }

  /// Replaces a file with another one, atomically.
  public static func replace(_ path: String, by temporary: String) throws(Failure) {
    guard rename(temporary, path) == 0 else { throw Failure(path) }
  }

  /// Creates a folder and its missing parents.
  ///
  /// - Parameter rights: The permissions of the created folders, before the process's umask is applied.
  public static func makeFolder(_ path: String, rights: Int = 0o777) throws(Failure) {
    if mkdir(path, mode_t(rights)) == 0 || errno == EEXIST && kind(path) == .folder { return }
    guard errno == ENOENT, let slash = path.lastSlash, slash != path.startIndex else { throw Failure(path) }
    try makeFolder(String(path[..<slash]), rights: rights)
    guard mkdir(path, mode_t(rights)) == 0 || errno == EEXIST else { throw Failure(path) }
  }

  /// Throws if a folder belongs to another user, or if other users have access to it.
  public static func requirePrivate(_ path: String) throws(Failure) {
    var info = stat()
    guard lstat(path, &info) == 0 else { throw Failure(path) }
    guard info.st_mode & S_IFMT == S_IFDIR else { throw Failure(path: path, reason: "not a folder") }
    guard info.st_uid == geteuid() else { throw Failure(path: path, reason: "it belongs to another user") }
    guard info.st_mode & 0o077 == 0 else {
      throw Failure(path: path, reason: "other users have access to it; remove it, and Roster creates it again")
    }
  }

  /// Throws if a folder is not writable. For a missing folder, its nearest existing parent is tested.
  public static func requireWritable(_ path: String) throws(Failure) {
    var place = absolutePath(path)
    while kind(place) == nil, let slash = place.lastSlash, slash != place.startIndex { place = String(place[..<slash]) }
    if access(place, W_OK | X_OK) != 0 { throw Failure(place) }
  }

  /// Returns the names in a folder, unordered; empty if the folder cannot be read.
  public static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// Creates a private temporary folder in the system's location. The caller removes it with ``removeTree(_:)``.
  public static func makeTemporaryFolder() throws(Failure) -> String {
    let path = FileManager.default.temporaryDirectory.path + "/roster-\(UInt64.random(in: .min ... .max))"
    guard mkdir(path, 0o700) == 0 else { throw Failure(path) }
    return realPath(path) ?? path
  }

  /// Removes a file. A missing file is not an error.
  public static func removeFile(_ path: String) throws(Failure) {
    guard unlink(path) == 0 || errno == ENOENT else { throw Failure(path) }
  }

  /// Removes a folder if it is empty.
  public static func removeFolderIfEmpty(_ path: String) { rmdir(path) }

  /// Removes a folder that Roster created, with its content. Errors are ignored.
  public static func removeTree(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// Opens a file and locks it for this process, without waiting.
  ///
  /// - Returns: The descriptor, which holds the lock until ``unlock(_:at:)``.
  public static func lock(_ path: String) throws(Failure) -> Int32 {
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard file >= 0 else { throw Failure(path) }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        close(file)
        throw Failure(path: path, reason: "another build is writing to this folder")
      }
      // The previous holder may have removed the file between opening and locking. Then the lock is on a file that
      // nobody else can find.
      var (own, standing) = (stat(), stat())
      if fstat(file, &own) == 0, lstat(path, &standing) == 0, own.st_ino == standing.st_ino,
        own.st_dev == standing.st_dev
      {
        return file
      }
      close(file)
    }
  }

  /// Removes a file locked by ``lock(_:)``, and releases the lock.
  public static func unlock(_ file: Int32, at path: String) {
    unlink(path)
    close(file)
  }
}

extension Disk.Identity: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(size)
    bytes.write(modified)
    bytes.write(changed)
    bytes.write(inode)
    bytes.write(device)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    size = try bytes.readNumber()
    modified = try bytes.readNumber()
    changed = try bytes.readNumber()
    inode = try bytes.readNumber()
    device = try bytes.readNumber()
  }
}
