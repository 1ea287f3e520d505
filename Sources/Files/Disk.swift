import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few calls of the operating system that reading and publishing need, with its own words where they fail.
public enum Disk {
  /// A call that failed.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    /// The path that it was about.
    public let path: String
    /// The reason, for example `No space left on device`.
    public let reason: String

    /// Makes a failure.
    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    fileprivate init(_ path: String) { self.init(path: path, reason: String(cString: strerror(errno))) }

    /// The failure as one sentence.
    public var description: String { "\(path): \(reason)" }
  }

  /// What stands at a path.
  public enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A link, a device, a socket, a pipe.
    case other
  }

  /// What stands at a path, or nil where there is nothing.
  public static func kind(_ path: String, followsLinks: Bool = true) -> Kind? {
    var info = stat()
    guard (followsLinks ? stat(path, &info) : lstat(path, &info)) == 0 else { return nil }
    return switch info.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// The size of a file in bytes, or nil where there is no regular file.
  public static func size(_ path: String) -> Int? {
    var info = stat()
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(info.st_size)
  }

  /// The absolute path with all links resolved, or nil where there is nothing.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The bytes of a regular file. Devices, pipes and sockets are refused without waiting for them.
  public static func read(_ path: String) -> Result<[UInt8], Failure> {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return .failure(Failure(path)) }
    defer { close(file) }
    var info = stat()
    guard fstat(file, &info) == 0 else { return .failure(Failure(path)) }
    guard info.st_mode & S_IFMT == S_IFREG else { return .failure(Failure(path: path, reason: "not a regular file")) }
    let size = Int(info.st_size)
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let start = buffer.baseAddress {
        #if canImport(Glibc)
          let got = Glibc.read(file, start + count, size - count)
        #elseif canImport(Musl)
          let got = Musl.read(file, start + count, size - count)
        #else
          let got = Darwin.read(file, start + count, size - count)
        #endif
        if got < 0, errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    return failed ? .failure(Failure(path)) : .success(bytes)
  }

  /// Writes a file anew; not through a link.
  public static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { throw Failure(path) }
    var problem: Failure?
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count, let start = buffer.baseAddress {
        #if canImport(Glibc)
          let count = Glibc.write(file, start + written, buffer.count - written)
        #elseif canImport(Musl)
          let count = Musl.write(file, start + written, buffer.count - written)
        #else
          let count = Darwin.write(file, start + written, buffer.count - written)
        #endif
        if count < 0, errno == EINTR { continue }
        if count < 0 {
          problem = Failure(path)
          break
        }
        written += count
      }
    }
    if close(file) != 0, problem == nil { problem = Failure(path) }
    if let problem { throw problem }
  }

  /// Puts a file in the place of another, in one step.
  public static func replace(_ path: String, by temporary: String) throws(Failure) {
    guard rename(temporary, path) == 0 else { throw Failure(path) }
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String) throws(Failure) {
    if mkdir(path, 0o777) == 0 || errno == EEXIST && kind(path) == .folder { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw Failure(path) }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw Failure(path) }
  }

  /// Removes a file; one that is not there is as good as removed.
  public static func removeFile(_ path: String) throws(Failure) {
    guard unlink(path) == 0 || errno == ENOENT else { throw Failure(path) }
  }

  /// Removes a folder if nothing is in it.
  public static func removeFolderIfEmpty(_ path: String) { rmdir(path) }

  /// Removes a folder of our own with everything in it, as far as that is possible.
  public static func removeTree(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// Opens a file and locks it for this process, without waiting. Returns the open file, which holds the lock until it is closed.
  public static func lock(_ path: String) throws(Failure) -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard file >= 0 else { throw Failure(path) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw Failure(path: path, reason: "another build is writing to this folder")
    }
    return file
  }

  /// Closes a file that ``lock(_:)`` opened.
  public static func unlock(_ file: Int32) { close(file) }
}
