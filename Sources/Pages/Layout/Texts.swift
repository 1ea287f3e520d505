import Agents
import Files
import Templates

/// Where pages get what is too large to be kept of all files at once.
public struct Texts: Sendable {
  /// The Markdown of a file as HTML.
  public let rendering: @Sendable (SourceFile) throws(SourceChanged) -> Rendering
  /// A file, byte for byte.
  public let bytes: @Sendable (SourceFile) throws(SourceChanged) -> [UInt8]
  /// The digest of a file's bytes.
  public let digest: @Sendable (SourceFile) -> Digest

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

/// A file is not any more what it was when the build began.
public struct SourceChanged: Error, Equatable, CustomStringConvertible {
  /// The file, as a person finds it.
  public let path: String

  /// Makes an error.
  public init(path: String) { self.path = path }

  /// The error as a sentence, with what to do.
  public var description: String { "\(path) changes while it is read; run again when it is left alone" }
}
