import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file without a name that holds what memory is too small for; it is gone with the process, however that ends.
public final class ScratchFile: Sendable {
  private let file: Int32
  private let path: String
  private let end = Atomic<Int>(0)

  /// Makes a file in a folder.
  public init(in folder: String) throws(Disk.Failure) {
    path = "\(folder)/scratch.\(UInt64.random(in: .min ... .max))"
    file = try Disk.openScratch(path)
  }

  deinit { close(file) }

  /// Appends bytes, from any task. Returns where they are.
  public func append(_ bytes: [UInt8]) throws(Disk.Failure) -> Range<Int> {
    let start = end.wrappingAdd(bytes.count, ordering: .relaxed).oldValue
    try Disk.write(bytes, to: file, at: start, named: path)
    return start..<start + bytes.count
  }

  /// What ``append(_:)`` wrote.
  public func read(_ range: Range<Int>) throws(Disk.Failure) -> [UInt8] {
    try Disk.read(range, of: file, named: path)
  }
}
