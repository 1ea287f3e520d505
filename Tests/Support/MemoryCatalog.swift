import Agents
import Catalogs
import Files
import Likenesses

/// A catalog of files that are only in memory, made as a build makes one.
public struct MemoryCatalog: Sendable {
  /// The catalog.
  public let catalog: Catalog
  /// The texts of its files.
  public let texts: Texts

  /// Reads files into a catalog.
  public init(
    _ files: [(source: SourceFile, bytes: [UInt8])],
    collections: [SourceCollection] = [SourceCollection(name: "all", folder: "all")],
    settings: CatalogSettings = CatalogSettings(), key: DigestKey = .random()
  ) async {
    let reader = AgentReader(runtimes: settings.runtimes)
    let held = Dictionary(files.map { ($0.source, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    @Sendable func content(_ source: SourceFile) -> [UInt8] {
      AgentReader.excerpt(of: held[source.whole] ?? [], source)
    }
    let records = files.flatMap { file in
      reader.readAll(file.bytes, of: file.source).map { Record($0.facts, settings: settings) }
    }
    let assembly = Assembly(records, collections: collections, settings: settings)
    let related = await assembly.related { tasks in
      tasks.map { Likeness.pairs($0.pairs, of: $0.files.map { reader.prompt(in: content($0), of: $0) }) }
    }
    catalog = await Catalog(related)
    texts = Texts(
      rendering: { reader.read(content($0), of: $0).rendering }, bytes: { content($0) },
      digest: { key.digest(content($0)) })
  }
}
