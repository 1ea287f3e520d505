import Catalogs
import Files

/// Files that tell crawlers what there is. They need absolute addresses.
extension Site {
  func sitemap() -> [UInt8] {
    let base = catalog.settings.baseURL ?? ""
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    for item in plan {
      let path = self.path(item).description
      guard path.hasSuffix(".html"), item != .notFound else { continue }
      text += "<url><loc>\(HTMLText.escaped(base + (path == "index.html" ? "" : path)))</loc></url>\n"
    }
    return Array((text + "</urlset>\n").utf8)
  }

  func robots() -> [UInt8] {
    Array("User-agent: *\nAllow: /\nSitemap: \(catalog.settings.baseURL ?? "")sitemap.xml\n".utf8)
  }
}
