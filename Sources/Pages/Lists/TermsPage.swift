import Agents
import Catalogs
import Files
import Templates

/// A page of the list of a taxonomy's terms.
struct TermsPage: PageKind {
  let site: SiteIndex
  let taxonomy: Taxonomy
  let order: Order
  /// The page number, counted from 1.
  let page: Int

  /// The orders of the list.
  enum Order: String, CaseIterable {
    case byUse = "Most used"
    case byName = "A–Z"
  }

  /// The number of terms per page.
  private static let length = 300

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    TermsView.self, TermGroupView.self, TermRowView.self, TermCellView.self, TermView.self, CollectionView.self,
    BarView.self, ChartView.self,
  ]

  /// Returns the pages of all taxonomies. The list of each taxonomy is followed by the pages of its terms.
  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.taxonomies.flatMap { taxonomy in
      orders(of: taxonomy).flatMap { order in
        Paging.pages(count(of: taxonomy, order), length: length).map {
          TermsPage(site: site, taxonomy: taxonomy, order: order, page: $0) as any PageKind
        }
      } + TermPage.all(of: taxonomy, in: site)
    }
  }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    Facets.kinds.compactMap { catalog.taxonomy($0) }.map {
      NavigationEntry(place: .browsing, position: 1, title: $0.title, path: path($0.kind))
    }
  }

  static func path(_ kind: Taxonomy.Kind, _ order: Order = .byUse, page: Int = 1) -> SitePath {
    // Slugs contain no full stop, and none is `index`.
    let name = order == .byUse ? "index" : "index.names"
    return SitePath(kind.rawValue, page == 1 ? "\(name).html" : "\(name).\(page).html")
  }

  private static func orders(of taxonomy: Taxonomy) -> [Order] {
    let isLong = taxonomy.terms.count { !$0.isUnstated } >= TermGroups.sortedLength
    return isLong && !inRows.contains(taxonomy.kind) ? Order.allCases : [.byUse]
  }

  private static func count(of taxonomy: Taxonomy, _ order: Order) -> Int {
    order == .byUse ? taxonomy.terms.count : taxonomy.terms.count { !$0.isUnstated }
  }

  /// The taxonomies that are shown as a table, with columns for problems and approvals of the agents.
  private static let inRows: Set<Taxonomy.Kind> = [.owners, .collections, .runtimes, .statuses, .kinds]

  var path: SitePath { Self.path(taxonomy.kind, order, page: page) }

  func inputs() -> PageView {
    let (path, kind) = (path, taxonomy.kind)
    let count = Self.count(of: taxonomy, order)
    let groups =
      order == .byUse
      ? TermGroups(taxonomy, in: site.catalog)
      : TermGroups(alphabetical: taxonomy) { site.names.title(of: $0.name, kind) }
    let most = most
    let shown = groups.slice(Paging.range(of: page, in: count, length: Self.length))
    let orders = Self.orders(of: taxonomy).map {
      LinkView(title: $0.rawValue, href: path.link(to: Self.path(kind, $0)), isCurrent: $0 == order)
    }
    let title = taxonomy.title + (order == .byName ? ", A–Z" : "") + (page > 1 ? ", page \(page)" : "")
    let lead = lead
    return PageView(
      template: "terms", kind: "terms", title: title, description: lead,
      content: TermsView(
        heading: taxonomy.title, lead: lead, orders: orders, groups: shown.map { view(of: $0, most: most) } + absent,
        paging: PagingView(count, Self.length, page: page, at: path) { Self.path(kind, order, page: $0) }))
  }

  // MARK: Groups

  private func view(of group: TermGroups.Group, most: Int) -> TermGroupView {
    let (kind, terms) = (taxonomy.kind, group.terms)
    var view = TermGroupView(title: group.title.ifAny, about: group.about)
    if group.title.ifAny != nil, order == .byUse { view.count = Wording.number(terms.count) }
    if group.isTail {
      view.links = terms.map { term in
        LinkView(
          title: site.names.title(of: term.name, kind), href: path.link(to: site.addresses.term(kind, term)),
          number: order == .byName ? Wording.number(term.agents.count) : nil)
      }
      return view
    }
    if Self.inRows.contains(kind) {
      view.columns = TermColumns.titles(in: site)
      view.rows = terms.map { row(of: $0, most: most) }
      return view
    }
    view.isExplained = kind == .reach || kind == .loads
    view.bars = terms.map { bar(of: $0, most: most) }
    return view
  }

  /// The value of a full bar: the number of all agents for reach and load outcomes, otherwise the count of the most
  /// used term.
  private var most: Int {
    if taxonomy.kind == .reach || taxonomy.kind == .loads { return site.catalog.entries.count }
    return taxonomy.terms.lazy.filter { !$0.isUnstated }.map(\.agents.count).max() ?? 0
  }

  private func bar(of term: Taxonomy.Term, most: Int) -> BarView {
    let kind = taxonomy.kind
    let title = site.names.title(of: term.name, kind)
    return BarView(
      title: title, name: title == term.name ? nil : term.name, href: path.link(to: site.addresses.term(kind, term)),
      number: site.catalog.countedByKind(term.agents),
      share: Wording.share(term.agents.count, of: site.catalog.entries.count),
      bar: BarView.length(term.agents.count, of: most), about: TermMeaning(site).text(of: term, kind),
      tone: term.isUnstated ? "none" : TermMeaning.tone(of: term.name, kind))
  }

  private func row(of term: Taxonomy.Term, most: Int) -> TermRowView {
    let kind = taxonomy.kind
    let title = site.names.title(of: term.name, kind)
    return TermRowView(
      title: title, name: title == term.name ? nil : term.name, href: path.link(to: site.addresses.term(kind, term)),
      number: site.catalog.countedByKind(term.agents),
      bar: term.isUnstated ? 0 : BarView.length(term.agents.count, of: most),
      cells: TermColumns(term.agents, in: site).cells)
  }

  /// The abilities that no agent has. They are listed because visitors look for them.
  private var absent: [TermGroupView] {
    guard taxonomy.kind == .reach, page == 1, order == .byUse else { return [] }
    let missing = Reach.phrasesByPower.filter { phrase in
      Reach.telling.contains(phrase) && !taxonomy.terms.contains { $0.name == phrase }
    }
    if missing.isEmpty { return [] }
    let bars = missing.map { phrase in
      BarView(
        title: phrase, number: "none", share: "0%", bar: 0, about: TermMeaning(site).meaning(ofReach: phrase),
        tone: "none")
    }
    return [TermGroupView(title: "Not in this catalog", bars: bars, isExplained: true)]
  }

  private var lead: String {
    let count = taxonomy.terms.count { !$0.isUnstated }
    let noun = count == 1 ? taxonomy.kind.singular : taxonomy.title.lowercased()
    let number = Wording.number(count)
    return switch taxonomy.kind {
    case .kinds: "The purposes of the files, determined by folder and fields."
    case .tags: "\(number) \(noun) from the files."
    case .topics: "\(number) \(noun), derived from names, descriptions and headings."
    case .tools:
      "\(number) \(noun), grouped by what they allow. An agent that lists no tools inherits every tool of the session."
    case .models: "\(number) \(noun) named in the files, by maker."
    case .categories: "\(number) \(noun), from the files or from their folders."
    case .collections: "The \(noun) of this catalog, and how they compare."
    case .reach: "What agents can do with their tools, most powerful first."
    case .loads: "What each runtime does with its files, problems first."
    case .runtimes: "The \(noun) that the files are written for, determined by folder and fields."
    case .modes: "Permission modes in the files. Without one, the session’s mode applies."
    case .statuses: "The lifecycle of items, from roster.yml or the files."
    case .owners: "\(number) \(noun), from roster.yml, the files, plugin manifests or CODEOWNERS."
    }
  }
}
