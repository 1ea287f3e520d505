import Files

/// The file `catalog.json`.
struct CatalogFile: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [CatalogFile(site: site)] }

  var path: SitePath { SitePath("catalog.json") }
  func inputs() -> MadeEveryTime { MadeEveryTime(site.data.whole) }
}

/// The file `catalog.ndjson`: the agents of `catalog.json`, one per line.
struct CatalogLines: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [CatalogLines(site: site)] }

  var path: SitePath { SitePath("catalog.ndjson") }
  func inputs() -> MadeEveryTime { MadeEveryTime(site.data.lines) }
}

/// The file `catalog.schema.json`, which describes `catalog.json`.
struct CatalogSchema: PageKind {
  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [CatalogSchema()] }

  var path: SitePath { SitePath("catalog.schema.json") }
  func inputs() -> MadeEveryTime {
    MadeEveryTime(.bytes(EmbeddedFiles.bytes(of: "Sources/Pages/Resources/catalog.schema.json")))
  }
}
