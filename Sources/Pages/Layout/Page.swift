/// A file of the site.
public struct Page: Sendable {
  /// Where it stands.
  public let path: SitePath
  /// What is in it.
  public let content: Content

  /// What is in a file.
  public enum Content: Sendable {
    /// All of it.
    case bytes([UInt8])
    /// One part after the other, made when it is asked for: for what is too large to be held as a whole.
    case parts(count: Int, @Sendable (Int) -> [UInt8])
  }

  /// The whole content.
  public var bytes: [UInt8] {
    switch content {
    case .bytes(let bytes): bytes
    case .parts(let count, let part): (0..<count).flatMap { part($0) }
    }
  }
}
