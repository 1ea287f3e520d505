#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A regular file that is open for reading parts of it.
public final class OpenedFile: Sendable {
  private let file: Int32

  /// Opens a file; nil if there is none of this identity. Links are not followed.
  public init?(_ path: String, identity: Disk.Identity) {
    guard let file = Disk.opened(path, identity: identity) else { return nil }
    self.file = file
  }

  deinit { close(file) }

  /// A part of the file; nil if the file ends before, or cannot be read.
  public func read(_ range: Range<Int>) -> [UInt8]? {
    Disk.readAll(range.count, from: file, at: range.lowerBound).flatMap { $0.count == range.count ? $0 : nil }
  }
}
