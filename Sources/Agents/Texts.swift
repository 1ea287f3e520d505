import Files

/// Access to content that is too large to keep in memory for all files.
public struct Texts: Sendable {
  /// Returns the rendered Markdown of a file.
  public let rendering: @Sendable (SourceFile) throws(SourceChanged) -> Rendering
  /// Returns the bytes of a file.
  public let bytes: @Sendable (SourceFile) throws(SourceChanged) -> [UInt8]
  /// Returns the digest of a file's bytes.
  public let digest: @Sendable (SourceFile) -> Digest

  /// The content of an old version, by its name in git; nil if it cannot be read.
  public var version: @Sendable (String) -> [UInt8]? = { _ in nil }

  /// Creates a set of accessors.
  public init(
    rendering: @escaping @Sendable (SourceFile) throws(SourceChanged) -> Rendering,
    bytes: @escaping @Sendable (SourceFile) throws(SourceChanged) -> [UInt8],
    digest: @escaping @Sendable (SourceFile) -> Digest
  ) {
    self.rendering = rendering
    self.bytes = bytes
    self.digest = digest
  }
}
