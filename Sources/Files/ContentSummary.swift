#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is known of a file after it was read once, piece by piece: enough to describe it, however large it is.
public struct ContentSummary: Sendable, Hashable {
  /// The number of bytes.
  public let size: Int
  /// The first bytes.
  public let start: [UInt8]
  /// The SHA-256 (FIPS 180-4) of all bytes, in hexadecimal digits.
  public let digest: String
  /// Whether the file may be run as a program.
  public let isExecutable: Bool

  /// Makes the summary of a file that is in memory.
  public init(_ bytes: [UInt8], isExecutable: Bool = false) {
    self.init(size: bytes.count, start: bytes, digest: Self.digest(of: bytes), isExecutable: isExecutable)
  }

  fileprivate init(size: Int, start: [UInt8], digest: String, isExecutable: Bool) {
    self.size = size
    self.start = start
    self.digest = digest
    self.isExecutable = isExecutable
  }

  /// The SHA-256 of some bytes, in hexadecimal digits.
  public static func digest(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return digits(hash.digest)
  }

  fileprivate static func digits(_ digest: [UInt8]) -> String {
    digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension Disk {
  /// Reads a regular file piece by piece, and says what it was before. Links are not followed.
  ///
  /// - Parameter limit: how many of its first bytes are kept.
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
