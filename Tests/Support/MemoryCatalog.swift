import Agents
import Catalogs
import Files
import Likenesses

/// A catalog of files in memory, made like the catalog of a build.
public struct MemoryCatalog: Sendable {
  /// The catalog.
  public let catalog: Catalog
  /// The texts of its files.
  public let texts: Texts

  /// Reads files into a catalog. Files in the folder of a `SKILL.md` belong to the skill.
  public init(
    _ files: [(source: SourceFile, bytes: [UInt8])],
    collections: [SourceCollection] = [SourceCollection(name: "all", folder: "all")],
    settings: CatalogSettings = CatalogSettings(), key: DigestKey = .random()
  ) async {
    let reader = AgentReader(runtimes: settings.runtimes)
    let held = Dictionary(files.map { ($0.source.publishedPath, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    @Sendable func content(_ source: SourceFile) -> [UInt8] {
      AgentReader.excerpt(of: held[source.publishedPath] ?? [], source)
    }
    let (items, parts) = Self.sorted(files)
    let records = items.flatMap { file in
      var reading: BundleReading?
      if let parts = parts[file.source.publishedPath] {
        var bundle = BundleReading()
        for part in parts { reader.read(ContentSummary(part.bytes), at: part.path, of: file.source, into: &bundle) }
        reading = bundle
      }
      return reader.readAll(file.bytes, of: file.source, with: reading).map { Record($0.facts, settings: settings) }
    }
    let assembly = Assembly(records, collections: collections, settings: settings)
    let related = await assembly.related { tasks in
      tasks.map { Likeness.pairs($0.pairs, of: $0.files.map { reader.prompt(in: content($0), of: $0) }) }
    }
    catalog = await Catalog(related)
    texts = Texts(
      rendering: { reader.read(content($0), of: $0).rendering }, bytes: { content($0) },
      digest: { source in
        let own = content(source)
        return key.digest((parts[source.publishedPath] ?? []).reduce(own) { $0 + $1.path.description.utf8 + $1.bytes })
      })
  }

  private typealias File = (source: SourceFile, bytes: [UInt8])
  private typealias Part = (path: RelativePath, bytes: [UInt8])

  /// The items, and the files of each skill by the path of its `SKILL.md`.
  private static func sorted(_ files: [File]) -> (items: [File], parts: [String: [Part]]) {
    var items: [File] = []
    var parts: [String: [Part]] = [:]
    let skills = files.map(\.source.publishedPath).filter { $0.lastName == "SKILL.md" }
    for skill in skills { parts[skill] = [] }
    for file in files {
      let path = file.source.publishedPath
      let owner = skills.first { $0 != path && path.hasPrefix($0.dropLast(8)) && $0.count > 8 }
      if let owner, let below = RelativePath(String(path.dropFirst(owner.count - 8))) {
        parts[owner]?.append((below, file.bytes))
      } else {
        items.append(file)
      }
    }
    return (items, parts)
  }
}
