import Agents
import Catalogs
import Files
import Templates

/// A page of the list of a term's agents.
struct TermPage: PageKind {
  let site: SiteIndex
  let taxonomy: Taxonomy
  let term: Taxonomy.Term
  /// The number of agents and the meaning of the term. Counting takes a while, so all pages of a term share it.
  let lead: String
  /// The rows of all pages of the term; none if the page links to the index instead.
  let rows: FoldedRows
  /// The filter of the list, which all pages of the term share; nil for short lists.
  let filter: FilterView?
  /// The page number, counted from 1.
  let page: Int

  static let isInSitemap = true

  /// Empty, because ``TermsPage`` lists these pages.
  static func all(in site: SiteIndex) -> [any PageKind] { [] }

  /// Returns the pages of all terms of a taxonomy.
  static func all(of taxonomy: Taxonomy, in site: SiteIndex) -> [any PageKind] {
    taxonomy.terms.filter { !Addresses.isEverything($0, of: taxonomy.kind, in: site.catalog) }.flatMap { term in
      pages(of: term, of: taxonomy, in: site)
    }
  }

  private static func pages(of term: Taxonomy.Term, of taxonomy: Taxonomy, in site: SiteIndex) -> [TermPage] {
    let documents = taxonomy.kind == .collections ? site.documentsByCollection[term.name]?.count ?? 0 : 0
    return pages(of: term, of: taxonomy, in: site) { Paging.pages(max($0.count, documents)) }
  }

  /// Returns pages of a term, with everything that they share.
  private static func pages(
    of term: Taxonomy.Term, of taxonomy: Taxonomy, in site: SiteIndex, numbers: (FoldedRows) -> some Sequence<Int>
  ) -> [TermPage] {
    let lead = lead(of: term, of: taxonomy, in: site)
    let rows = Addresses.isNearlyEverything(term, in: site.catalog) ? .none : site.copies.rows(of: term.agents)
    let filter =
      rows.agentCount >= filteredLength
      ? FilterView(term.agents, within: "\(taxonomy.kind.rawValue)/\(term.slug)") : nil
    return numbers(rows).map {
      TermPage(site: site, taxonomy: taxonomy, term: term, lead: lead, rows: rows, filter: filter, page: $0)
    }
  }

  /// Returns the additional pages that terms would have if they did not link to the index instead of listing their
  /// agents.
  static func former(of taxonomy: Taxonomy, in site: SiteIndex) -> [TermPage] {
    taxonomy.terms.filter {
      Addresses.isNearlyEverything($0, in: site.catalog)
        && !Addresses.isEverything($0, of: taxonomy.kind, in: site.catalog)
    }.flatMap { term in
      let count = pages(of: term, of: taxonomy, in: site).count
      return pages(of: term, of: taxonomy, in: site) { _ in Paging.pages(term.agents.count).dropFirst(count) }
    }
  }

  static func path(_ kind: Taxonomy.Kind, _ slug: String, page: Int = 1) -> SitePath {
    SitePath(kind.rawValue, page == 1 ? "\(slug).html" : "\(slug).\(page).html")
  }

  var path: SitePath { Self.path(taxonomy.kind, term.slug, page: page) }

  func inputs() -> PageView {
    let (path, kind, term, documents) = (path, taxonomy.kind, term, documents)
    let isIndex = Addresses.isNearlyEverything(term, in: site.catalog)
    let hasFacts = page == 1 && term.agents.count >= TermFacts.least
    let facts = TermFacts(term.agents, at: path, in: site)
    return PageView(
      template: "term", kind: "term",
      title: "\(heading) · \(taxonomy.title)\(page > 1 ? ", page \(page)" : "")", description: lead,
      feed: TermFeed.exists(for: term, of: kind, in: site.catalog)
        ? LinkView(title: heading, href: path.link(to: TermFeed.path(kind, term.slug))) : nil,
      content: TermView(
        taxonomyTitle: taxonomy.title, taxonomyHref: path.link(to: TermsPage.path(kind)), heading: heading,
        name: heading == term.name ? nil : term.name, lead: lead, about: about, contacts: contacts,
        charts: hasFacts ? (kind == .reach ? [] : [facts.reach]) + facts.places : [],
        related: page == 1 && !term.isUnstated ? facts.related(to: term, of: taxonomy) : [], note: note,
        indexHref: isIndex ? "\(path.link(to: IndexPage.path(page: 1)))?\(kind.rawValue)=\(term.slug)" : nil,
        // Not for other terms, because their pages would change with every new agent.
        indexCount: isIndex ? Wording.number(site.catalog.entries.count) : nil,
        list: ListView(rows, and: documents.count, page: page, at: path, in: site) {
          Self.path(kind, term.slug, page: $0)
        },
        filter: filter,
        documents: documents[Paging.range(of: page, in: documents.count)].map { index in
          let document = site.catalog.documents[index].document
          return LinkView(
            title: document.title, href: path.link(to: site.addresses.document(index)),
            path: document.source.path.description)
        }))
  }

  /// The minimum number of agents for a filter. Shorter lists can be scanned by eye.
  static let filteredLength = 6

  private var heading: String { site.names.title(of: term.name, taxonomy.kind) }

  private static func lead(of term: Taxonomy.Term, of taxonomy: Taxonomy, in site: SiteIndex) -> String {
    let count = site.catalog.countedByKind(term.agents)
    let meaning = TermMeaning(site).text(of: term, taxonomy.kind)
    return switch (taxonomy.kind, term.isUnstated) {
    case (.tools, false) where term.name == Taxonomy.noTools: "\(count). \(meaning ?? "")"
    case (.tools, false):
      meaning.map { "\($0) \(count) \(term.agents.count == 1 ? "lists" : "list") it." }
        ?? "\(count) \(term.agents.count == 1 ? "lists" : "list") this tool. \(unknown(tool: term.name))"
    case (.models, false): "\(count) \(term.agents.count == 1 ? "asks" : "ask") for this model."
    case (.topics, false): "\(count) with this topic, by name, description or headings."
    case (.tools, true), (.reach, _), (.loads, _): meaning.map { "\(count). \($0)" } ?? "\(count)."
    case (_, true): "\(count) without \(article(taxonomy.kind.singular))."
    default: count + "."
    }
  }

  private static func article(_ noun: String) -> String { ("aeiou".contains(noun.prefix(1)) ? "an " : "a ") + noun }

  private static func unknown(tool name: String) -> String {
    Runtimes.server(of: name).map { "It belongs to the MCP server “\($0)”." } ?? "No known runtime has it."
  }

  /// The tokens of the descriptions and the numbers of findings.
  private var note: String? {
    if page > 1 { return nil }
    let tokens = "Their descriptions add about \(Wording.number(term.descriptionTokens)) tokens to every session."
    return findings.map { "\(tokens) Findings: \($0)." } ?? tokens
  }

  /// The description of a collection in its own files; nil if there is none, and for other taxonomies.
  private var about: CollectionView? {
    guard taxonomy.kind == .collections,
      let about = site.catalog.collections.first(where: { $0.name == term.name })?.about, about != .init()
    else { return nil }
    return CollectionView(
      description: about.description, version: about.version, owner: about.owner, homepage: about.homepage)
  }

  /// The contacts of an owner, one for each server with files of the owner.
  private var contacts: [LinkView] {
    guard taxonomy.kind == .owners, !term.isUnstated else { return [] }
    let forges = Set(
      term.agents.map { site.addresses.sourceLinks.forge(of: site.catalog.entries[$0].agent.source) })
    return Set(forges.compactMap { OwnerContact(term.name, on: $0) })
      .map { LinkView(title: $0.title, href: $0.href) }.sorted { $0.href.precedesByBytes($1.href) }
  }

  /// The numbers of findings of the term's agents, in words; nil if there are none.
  private var findings: String? {
    Wording.counts(SeverityCounts(of: term.agents, in: site.catalog)).ifAny
  }

  /// The documents of a collection; empty for other taxonomies.
  private var documents: [Int] {
    guard taxonomy.kind == .collections else { return [] }
    return site.documentsByCollection[term.name] ?? []
  }
}
