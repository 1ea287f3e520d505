import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An unnamed file for data too large for memory. It disappears when the process ends.
public final class ScratchFile: Sendable {
  private let file: Int32
  private let path: String
  private let end = Atomic<Int>(0)

  /// Creates a file in a folder.
  public init(in folder: String) throws(Disk.Failure) {
    path = "\(folder)/scratch.\(UInt64.random(in: .min ... .max))"
    file = try Disk.openScratch(path)
  }

  deinit { close(file) }

  /// Appends bytes. Returns their range. Any task may call it.
  public func append(_ bytes: [UInt8]) throws(Disk.Failure) -> Range<Int> {
    let start = end.wrappingAdd(bytes.count, ordering: .relaxed).oldValue
    try Disk.write(bytes, to: file, at: start, named: path)
    return start..<start + bytes.count
  }

  /// Reads bytes written by ``append(_:)``.
  public func read(_ range: Range<Int>) throws(Disk.Failure) -> [UInt8] {
    try Disk.read(range, of: file, named: path)
  }
}
