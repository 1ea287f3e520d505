import Catalogs
import Files
import Templates

/// The search page. The query is part of its URL.
struct SearchPage: PageKind {
  let site: SiteIndex

  /// The search is an entry point for readers. Result pages have queries in their URLs and aren't listed.
  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [SearchView.self]

  static func all(in site: SiteIndex) -> [any PageKind] { site.hasSearch ? [SearchPage(site: site)] : [] }

  static let path = SitePath("search.html")

  var path: SitePath { Self.path }

  func inputs() -> PageView {
    PageView(
      template: "search", kind: "search", title: "Search",
      description: "Search the names, descriptions and prompts of this catalog.",
      content: SearchView(
        examples: SearchExamples.all(in: site.catalog),
        lists: site.catalog.taxonomies.map {
          LinkView(title: $0.title, href: path.link(to: TermsPage.path($0.kind)))
        }))
  }
}

/// The page of earlier versions that ranked agents for a question. It redirects to the search, keeping the query.
struct AnswersPage: PageKind {
  let site: SiteIndex

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] { [AnswersPage(site: site)] }

  static let path = SitePath("answers.html")

  var path: SitePath { Self.path }

  func inputs() -> MovedPage.Inputs {
    .init(title: "Search", target: site.hasSearch ? SearchPage.path : IndexPage.path(page: 1))
  }
}

/// The search page.
struct SearchView: TemplateView {
  let examples: [LinkView]
  /// The lists for finding items without scripts.
  let lists: [LinkView]

  static let members: Members<SearchView> = [
    "examples": Member { $0.examples },
    "lists": Member { $0.lists },
  ]
}
