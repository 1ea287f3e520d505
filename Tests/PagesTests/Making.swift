import Agents
import Catalogs
import Files
import Likenesses
import Testing

@testable import Pages

/// The site of texts by path, all of one collection.
func site(
  _ files: [String: String], settings: CatalogSettings = CatalogSettings(), theme: SiteTheme? = nil
) async throws -> Site {
  var bytes: [SourceFile: [UInt8]] = [:]
  for (path, text) in files {
    bytes[SourceFile(path: try #require(RelativePath(path)), collection: 0)] = Array(text.utf8)
  }
  let readings = bytes.sorted { $0.key.path < $1.key.path }.map { AgentReader().read($0.value, of: $0.key) }
  let assembly = Assembly(
    readings.map { Record($0.facts, settings: settings) }, collections: [Collection(name: "all", folder: "all")],
    settings: settings)
  let (held, key) = (bytes, DigestKey.random())
  let related = await assembly.related { tasks in
    tasks.map { Likeness.pairs($0.pairs, of: $0.files.map { AgentReader.prompt(in: held[$0] ?? []) }) }
  }
  let texts = Texts(
    rendering: { AgentReader().read(held[$0] ?? [], of: $0).rendering }, bytes: { held[$0] ?? [] },
    digest: { key.digest(held[$0] ?? []) })
  return await Site(
    await Catalog(related), theme: try theme ?? SiteTheme(), texts: texts, key: key, jobs: 2)
}

/// The text of a file of a site.
func text(of path: String, in site: Site) throws -> String? {
  try site.plan.first { $0.path.description == path }.map {
    String(decoding: try $0.content().bytes, as: UTF8.self)
  }
}
