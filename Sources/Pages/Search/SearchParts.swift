import Catalogs
import Files

/// A file of the search. It is rendered again if any searchable data has changed.
struct SearchInputs: EncodedInputs {
  let site: SiteIndex
  let write: @Sendable (SearchData) -> [UInt8]

  /// Encodes only the digest of all searchable data.
  func encode(to encoder: any Encoder) throws { try EncodedDigest(digest: site.searchDigest).encode(to: encoder) }

  func content(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> SiteFile.Content {
    .bytes(write(try site.search.data(site)))
  }
}

/// The first file that the search loads.
struct SearchStart: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { site.hasSearch ? [SearchStart(site: site)] : [] }

  var path: SitePath { SitePath("search", "start.js") }
  func inputs() -> SearchInputs { SearchInputs(site: site) { $0.start(site) } }
}

/// A part of the words.
struct SearchWordsPart: PageKind {
  let site: SiteIndex
  /// The 0-based number of the part.
  let part: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.hasSearch ? (0..<site.searchSize.wordParts).map { SearchWordsPart(site: site, part: $0) } : []
  }

  var path: SitePath { SitePath("search", "words.\(part).js") }
  func inputs() -> SearchInputs { SearchInputs(site: site) { $0.words(part) } }
}

/// A part of the data for results.
struct SearchItemsPart: PageKind {
  let site: SiteIndex
  /// The 0-based number of the part.
  let part: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.hasSearch ? (0..<site.searchSize.itemParts).map { SearchItemsPart(site: site, part: $0) } : []
  }

  var path: SitePath { SitePath("search", "items.\(part).js") }
  func inputs() -> SearchInputs { SearchInputs(site: site) { $0.items(part) } }
}
