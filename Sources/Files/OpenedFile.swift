#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A regular file opened for reading parts of it.
public final class OpenedFile: Sendable {
  private let file: Int32

  /// Opens a file. Returns nil if there is none with this identity. Links are not followed.
  public init?(_ path: String, identity: Disk.Identity) {
    guard let file = Disk.opened(path, identity: identity) else { return nil }
    self.file = file
  }

  deinit { close(file) }

  /// Reads a range of the file. Returns nil if the file is shorter or cannot be read.
  public func read(_ range: Range<Int>) -> [UInt8]? {
    Disk.readAll(range.count, from: file, at: range.lowerBound).flatMap { $0.count == range.count ? $0 : nil }
  }
}
