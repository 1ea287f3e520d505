import Catalogs
import Files
import Templates

/// A page of the terms of a taxonomy.
struct TermsPage: PageKind {
  let site: SiteIndex
  let taxonomy: Taxonomy
  /// The number of the page, from 1.
  let page: Int

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    TermsView.self, TermRowView.self, TermView.self, CollectionView.self,
  ]

  /// The terms of each taxonomy are followed by their pages.
  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.taxonomies.flatMap { taxonomy in
      Paging.pages(taxonomy.terms.count, length: Paging.names).map {
        TermsPage(site: site, taxonomy: taxonomy, page: $0) as any PageKind
      } + TermPage.all(of: taxonomy, in: site)
    }
  }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    Facets.kinds.compactMap { catalog.taxonomy($0) }.map {
      NavigationEntry(place: .browsing, position: 1, title: $0.title, path: path($0.kind))
    }
  }

  static func path(_ kind: Taxonomy.Kind, page: Int = 1) -> SitePath {
    SitePath(kind.rawValue, page == 1 ? "index.html" : "index.\(page).html")
  }

  var path: SitePath { Self.path(taxonomy.kind, page: page) }

  func inputs() -> PageView {
    let (path, kind) = (path, taxonomy.kind)
    let terms = taxonomy.byCount
    let shown = Paging.range(of: page, in: terms.count, length: Paging.names)
    let most = terms.lazy.filter { !$0.isUnstated }.map(\.agents.count).max() ?? 0
    return PageView(
      template: "terms", kind: "terms", title: taxonomy.title + (page > 1 ? ", page \(page)" : ""), description: lead,
      content: TermsView(
        heading: taxonomy.title, lead: lead,
        terms: terms[shown].map { term in
          let title = site.names.title(of: term.name, kind)
          return TermRowView(
            title: title, name: title == term.name ? nil : term.name,
            href: path.link(to: site.addresses.term(kind, term)), number: Wording.number(term.agents.count),
            bar: most == 0 ? 0 : min(20, (term.agents.count * 20 + most - 1) / most))
        },
        paging: PagingView(terms.count, Paging.names, page: page, at: path) { Self.path(kind, page: $0) }))
  }

  private var lead: String {
    switch taxonomy.kind {
    case .kinds: "What the files are for, by where they are and by their fields."
    case .tags: "What the files state as tags or keywords."
    case .topics:
      """
      What agents are about. Derived from the words of their names, descriptions and headings, not stated by their \
      authors.
      """
    case .tools: "The tools that the files name. An agent that names none inherits every tool of the session."
    case .models: "The models that the files ask for, as written."
    case .categories: "The categories that the files state; where they state none, the folder that they stand in."
    case .collections: "The sources of this catalog."
    case .reach:
      """
      What the tools of agents let them do, as their runtimes resolve it. One that names no tools inherits those of \
      the session, and stands under each.
      """
    case .loads: "What runtimes make of the files: whether they take them, and whether they pass something by."
    case .runtimes: "The runtimes that the files are written for, by where they stand and by their fields."
    case .modes: "The permission modes that the files name. Where none is named, the session's holds."
    case .statuses: "By roster.yml or the files themselves."
    case .owners: "By roster.yml, the files themselves, plugin manifests, or CODEOWNERS."
    }
  }
}
