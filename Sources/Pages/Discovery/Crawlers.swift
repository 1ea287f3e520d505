import Catalogs
import Files

/// Files that tell crawlers what there is. They need absolute addresses.
extension Site {
  /// How many addresses a site map may hold: https://www.sitemaps.org/protocol.html
  private static let limit = 50_000

  /// The parts of the site map, from 1; where one is enough there are none, and `sitemap.xml` holds everything.
  static func sitemapParts(_ plan: [Plan]) -> Range<Int> {
    let count = plan.count(where: isMapped)
    return 1..<(count > limit ? (count + limit - 1) / limit + 1 : 1)
  }

  /// Whether a file is a page for readers. There is no default, so a new kind of page cannot be left out unnoticed.
  private static func isMapped(_ item: Plan) -> Bool {
    switch item {
    case .index, .agent, .document, .variants, .comparison, .pair, .comparisons, .terms, .term, .findings, .rule,
      .findingFiles, .changes, .answers, .portfolio:
      true
    // Readers can begin there. Pages of results have queries in their addresses, and are not listed.
    case .search: true
    // A server shows it for any address, so it has none of its own.
    case .notFound: false
    case .agentSource, .documentSource, .descriptions, .portfolioData, .catalogData, .catalogLines, .catalogSchema,
      .filterAgents, .filterRows, .choiceData, .sitemap, .sitemapPart, .robots, .feed, .termFeed, .openSearch,
      .outlineForModels, .asset:
      false
    }
  }

  /// `sitemap.xml`: the addresses of all pages, or of the parts that hold them.
  func sitemap() -> [UInt8] {
    let parts = Self.sitemapParts(plan)
    return parts.isEmpty
      ? map("urlset", "url", plan.filter(Self.isMapped))
      : map("sitemapindex", "sitemap", parts.map { .sitemapPart($0) })
  }

  /// A part of the site map, from 1.
  func sitemapPart(_ part: Int) -> [UInt8] {
    map("urlset", "url", Array(plan.filter(Self.isMapped).dropFirst((part - 1) * Self.limit).prefix(Self.limit)))
  }

  private func map(_ root: String, _ element: String, _ items: [Plan]) -> [UInt8] {
    let base = catalog.settings.baseURL ?? ""
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root) xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    for item in items {
      let path = self.path(item).description
      text +=
        "<\(element)><loc>\(HTMLText.escaped(base + (path == "index.html" ? "" : path)))</loc></\(element)>\n"
    }
    return Array((text + "</\(root)>\n").utf8)
  }

  func robots() -> [UInt8] {
    Array("User-agent: *\nAllow: /\nSitemap: \(catalog.settings.baseURL ?? "")sitemap.xml\n".utf8)
  }
}
