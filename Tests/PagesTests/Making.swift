import Catalogs
import Files
import Support
import Testing

@testable import Pages

/// A site of one collection with these files, by path.
func site(
  _ files: [String: String], settings: CatalogSettings = CatalogSettings(), theme: SiteTheme? = nil
) async throws -> Site {
  let sources = try files.map { path, text in
    (source: SourceFile(path: try #require(RelativePath(path)), collection: 0), bytes: Array(text.utf8))
  }
  let key = DigestKey.random()
  let read = await MemoryCatalog(sources.sorted { $0.source.path < $1.source.path }, settings: settings, key: key)
  return await Site(read.catalog, theme: try theme ?? SiteTheme(), texts: read.texts, key: key, jobs: 2)
}

/// The text of a file of a site, or nil if the file does not exist.
func text(of path: String, in site: Site) throws -> String? {
  try site.plan.first { $0.path.description == path }.map {
    String(decoding: try $0.content().bytes, as: UTF8.self)
  }
}
