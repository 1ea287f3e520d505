import Catalogs
import Text

/// `sitemap.xml`: the addresses of all pages, or of the parts of the sitemap. It requires the URL of the site.
struct Sitemap: PageKind {
  let base: String
  let pages: [SitePath]

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    guard let base = site.catalog.settings.baseURL else { return [] }
    return [Sitemap(base: base, pages: PageKinds.mapped(in: site))]
  }

  static let path = SitePath("sitemap.xml")

  var path: SitePath { Self.path }

  func inputs() -> MadeEveryTime {
    MadeEveryTime {
      let parts = Self.parts(pages.count)
      return parts.isEmpty
        ? Self.map("urlset", "url", pages, base)
        : Self.map("sitemapindex", "sitemap", parts.map { SitemapPart.path($0) }, base)
    }
  }

  /// The maximum number of addresses in a sitemap: https://www.sitemaps.org/protocol.html
  static let limit = 50_000

  /// Returns the 1-based numbers of the parts; empty if one file is enough.
  static func parts(_ count: Int) -> Range<Int> { 1..<(count > limit ? (count + limit - 1) / limit + 1 : 1) }

  static func map(_ root: String, _ element: String, _ paths: some Sequence<SitePath>, _ base: String) -> [UInt8] {
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root) xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    for path in paths.map(\.description) {
      text += "<\(element)><loc>\(HTMLText.escaped(base + (path == "index.html" ? "" : path)))</loc></\(element)>\n"
    }
    return Array((text + "</\(root)>\n").utf8)
  }
}

/// A part of a sitemap that is too long for one file.
struct SitemapPart: PageKind {
  let base: String
  let pages: ArraySlice<SitePath>
  /// The 1-based number of the part.
  let part: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    guard let base = site.catalog.settings.baseURL else { return [] }
    let pages = PageKinds.mapped(in: site)
    return Sitemap.parts(pages.count).map { part in
      SitemapPart(base: base, pages: pages.dropFirst((part - 1) * Sitemap.limit).prefix(Sitemap.limit), part: part)
    }
  }

  static func path(_ part: Int) -> SitePath { SitePath("sitemap.\(part).xml") }

  var path: SitePath { Self.path(part) }

  func inputs() -> MadeEveryTime { MadeEveryTime { Sitemap.map("urlset", "url", pages, base) } }
}

/// `robots.txt`, which points crawlers to the sitemap.
struct Robots: PageKind {
  let base: String

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.settings.baseURL.map { [Robots(base: $0)] } ?? []
  }

  var path: SitePath { SitePath("robots.txt") }

  func inputs() -> MadeEveryTime {
    MadeEveryTime { Array("User-agent: *\nAllow: /\nSitemap: \(base)\(Sitemap.path)\n".utf8) }
  }
}
