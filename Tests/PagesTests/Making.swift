import Agents
import Catalogs
import Files
import Testing

@testable import Pages

/// The site of texts by path, all of one collection.
func site(
  _ files: [String: String], settings: CatalogSettings = CatalogSettings(), theme: SiteTheme? = nil
) async throws -> Site {
  let readings = try files.sorted { $0.key < $1.key }.map { path, text in
    AgentReader().read(
      SourceFile(path: try #require(RelativePath(path)), collection: 0, bytes: Array(text.utf8)))
  }
  let catalog = Catalog(readings, collections: [Collection(name: "all", folder: "all")], settings: settings)
  return await Site(catalog, theme: try theme ?? SiteTheme())
}

/// The text of a file of a site.
func text(of path: String, in site: Site) -> String? {
  site.plan.first { site.path($0).description == path }.map { String(decoding: site.page($0).bytes, as: UTF8.self) }
}
