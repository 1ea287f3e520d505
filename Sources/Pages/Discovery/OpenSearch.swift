import Catalogs
import Text

/// `opensearch.xml`, with which a browser can add the catalog as a search engine
/// (https://github.com/dewitt/opensearch). It requires the URL of the site.
struct OpenSearch: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.settings.baseURL == nil ? [] : [OpenSearch(site: site)]
  }

  static let path = SitePath("opensearch.xml")

  var path: SitePath { Self.path }
  func inputs() -> MadeEveryTime { MadeEveryTime { bytes } }

  private var bytes: [UInt8] {
    let base = site.catalog.settings.baseURL ?? ""
    let page = site.hasSearch ? "search.html?q=" : "index.html?filter="
    // A short name has at most 16 characters.
    let name = String(site.catalog.settings.title.prefix(16))
    let words = "Search the agents of \(site.catalog.settings.title)"
    let lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">"#,
      "<ShortName>\(HTMLText.escaped(name))</ShortName>",
      "<Description>\(HTMLText.escaped(String(words.prefix(1024))))</Description>",
      "<InputEncoding>UTF-8</InputEncoding>",
      "<Url type=\"text/html\" template=\"\(HTMLText.escaped(base + page)){searchTerms}\"/>",
      "<Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"\(HTMLText.escaped(base))opensearch.xml\"/>",
      "</OpenSearchDescription>",
    ]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
