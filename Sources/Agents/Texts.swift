import Files

/// Where pages get what is too large to be kept of all files at once.
public struct Texts: Sendable {
  /// The Markdown of a file as HTML.
  public let rendering: @Sendable (SourceFile) throws(SourceChanged) -> Rendering
  /// A file, byte for byte.
  public let bytes: @Sendable (SourceFile) throws(SourceChanged) -> [UInt8]
  /// The digest of a file's bytes.
  public let digest: @Sendable (SourceFile) -> Digest

  /// The content of an old version, by its name in git; nil if it cannot be read.
  public var version: @Sendable (String) -> [UInt8]? = { _ in nil }

  /// Makes a source of texts.
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
