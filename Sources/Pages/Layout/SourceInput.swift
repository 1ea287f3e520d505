import Agents
import Files

/// A source file as an input of a page.
///
/// Everything that is read from a file depends on its bytes, its place and the settings. So the digest needs only
/// these, and the file itself is read when the page is rendered.
struct SourceInput: Sendable, Encodable {
  private let source: SourceFile
  private let texts: Texts

  init(_ source: SourceFile, _ texts: Texts) {
    self.source = source
    self.texts = texts
  }

  /// The digest of the bytes.
  var digest: Digest { texts.digest(source) }
  /// Returns the Markdown as HTML.
  func rendering() throws(SourceChanged) -> Rendering { try texts.rendering(source) }
  /// Returns the bytes of the file.
  func bytes() throws(SourceChanged) -> [UInt8] { try texts.bytes(source) }

  private enum Key: CodingKey { case digest, path, publishedPath, plugin, skill, isNamed, item }

  /// Encodes the file without ``SourceFile/displayPath``, which no page may show. The numbers of the file and its
  /// collection are left out too, because they change when other files are added.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(EncodedDigest(digest: digest), forKey: .digest)
    try container.encode(source.path.description, forKey: .path)
    try container.encode(source.publishedPath, forKey: .publishedPath)
    try container.encode(source.plugin, forKey: .plugin)
    try container.encode(source.skill, forKey: .skill)
    try container.encode(source.isNamed, forKey: .isNamed)
    if let item = source.item {
      try container.encode("\(item.path) \(item.location.line):\(item.location.column)", forKey: .item)
    }
  }
}

/// A source file, published byte for byte.
struct SourceCopy: FileInputs {
  private let text: SourceInput

  init(_ source: SourceFile, _ texts: Texts) { text = SourceInput(source, texts) }

  func fingerprint(at path: SitePath, _ renderer: PageRenderer) -> Digest? { text.digest }
  func content(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> SiteFile.Content {
    .bytes(try text.bytes())
  }
}
