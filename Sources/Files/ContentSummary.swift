#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A description of a file of any size, made while reading it once in chunks.
public struct ContentSummary: Sendable, Hashable {
  /// The number of bytes.
  public let size: Int
  /// The first bytes.
  public let start: [UInt8]
  /// The SHA-256 (FIPS 180-4) of all bytes, in hexadecimal.
  public let digest: String
  /// Whether the file is executable.
  public let isExecutable: Bool

  /// Creates the summary of a file in memory.
  public init(_ bytes: [UInt8], isExecutable: Bool = false) {
    self.init(size: bytes.count, start: bytes, digest: Self.digest(of: bytes), isExecutable: isExecutable)
  }

  fileprivate init(size: Int, start: [UInt8], digest: String, isExecutable: Bool) {
    self.size = size
    self.start = start
    self.digest = digest
    self.isExecutable = isExecutable
  }

  /// Returns the SHA-256 of some bytes, in hexadecimal.
  public static func digest(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return digits(hash.digest)
  }

  fileprivate static func digits(_ digest: [UInt8]) -> String {
    let digits = StaticString("0123456789abcdef")
    return String(unsafeUninitializedCapacity: 2 * digest.count) { buffer in
      for (place, byte) in digest.enumerated() {
        buffer[2 * place] = digits.utf8Start[Int(byte >> 4)]
        buffer[2 * place + 1] = digits.utf8Start[Int(byte & 15)]
      }
      return 2 * digest.count
    }
  }
}

extension Disk {
  /// Reads a regular file in chunks, and returns its summary and its identity before reading. Links are not followed.
  ///
  /// - Parameter limit: The number of first bytes to keep.
  public static func summary(
    of path: String, keeping limit: Int
  ) -> Result<(summary: ContentSummary, identity: Identity), Failure> {
    withOpenFile(path, followsLinks: false) { file, info in
      let size = Int(info.st_size)
      var hash = SHA256()
      var start: [UInt8] = []
      for offset in stride(from: 0, to: size, by: 1 << 20) {
        guard let piece = readAll(min(1 << 20, size - offset), from: file, at: offset) else { return nil }
        hash.update(piece)
        if start.count < limit { start += piece.prefix(limit - start.count) }
      }
      let summary = ContentSummary(
        size: size, start: start, digest: ContentSummary.digits(hash.digest),
        isExecutable: info.st_mode & 0o111 != 0)
      return (summary, Identity(info))
    }
  }
}
