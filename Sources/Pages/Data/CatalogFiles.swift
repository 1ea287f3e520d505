import Files

/// `catalog.json`.
struct CatalogFile: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [CatalogFile(site: site)] }

  var path: SitePath { SitePath("catalog.json") }
  func inputs() -> MadeEveryTime { MadeEveryTime(site.data.whole) }
}

/// `catalog.ndjson`: the agents of `catalog.json`, each on a line of its own.
struct CatalogLines: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [CatalogLines(site: site)] }

  var path: SitePath { SitePath("catalog.ndjson") }
  func inputs() -> MadeEveryTime { MadeEveryTime(site.data.lines) }
}

/// `catalog.schema.json`, which describes `catalog.json`.
struct CatalogSchema: PageKind {
  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [CatalogSchema()] }

  var path: SitePath { SitePath("catalog.schema.json") }
  func inputs() -> MadeEveryTime {
    MadeEveryTime(.bytes(EmbeddedFiles.bytes(of: "Sources/Pages/Resources/catalog.schema.json")))
  }
}
