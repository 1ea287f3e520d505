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
    let records = files.map { Record(reader.read($0.bytes, of: $0.source).facts, settings: settings) }
    let assembly = Assembly(records, collections: collections, settings: settings)
    let related = await assembly.related { tasks in
      tasks.map { Likeness.pairs($0.pairs, of: $0.files.map { AgentReader.prompt(in: held[$0] ?? []) }) }
    }
    catalog = await Catalog(related)
    texts = Texts(
      rendering: { reader.read(held[$0] ?? [], of: $0).rendering }, bytes: { held[$0] ?? [] },
      digest: { key.digest(held[$0] ?? []) })
  }
}
