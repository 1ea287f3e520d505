import Files

/// Access to content that is too large to keep in memory for all files.
public struct Texts: Sendable {
  /// Returns the rendered Markdown of a file.
  public let rendering: @Sendable (SourceFile) throws(SourceChanged) -> Rendering
  /// Returns the bytes of a file.
  public let bytes: @Sendable (SourceFile) throws(SourceChanged) -> [UInt8]
  /// Returns the digest of a file's bytes.
  public let digest: @Sendable (SourceFile) -> Digest

  /// Returns the contents of an item's published versions, keyed by git blob; nil for each one that cannot be read.
  public var versions: @Sendable ([String]) -> [[UInt8]?] = { $0.map { _ in nil } }

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
