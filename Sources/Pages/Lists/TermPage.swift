import Agents
import Catalogs
import Files
import Templates

/// A page of the agents of a term.
struct TermPage: PageKind {
  let site: SiteIndex
  let taxonomy: Taxonomy
  let term: Taxonomy.Term
  /// The number of the page, from 1.
  let page: Int

  static let isInSitemap = true

  /// ``TermsPage`` lists them.
  static func all(in site: SiteIndex) -> [any PageKind] { [] }

  /// The pages of the terms of a taxonomy.
  static func all(of taxonomy: Taxonomy, in site: SiteIndex) -> [any PageKind] {
    taxonomy.terms.filter { !Addresses.isEverything($0, of: taxonomy.kind, in: site.catalog) }.flatMap { term in
      pages(of: term, of: taxonomy, in: site)
    }
  }

  private static func pages(of term: Taxonomy.Term, of taxonomy: Taxonomy, in site: SiteIndex) -> [TermPage] {
    let documents = taxonomy.kind == .collections ? site.documentsByCollection[term.name]?.count ?? 0 : 0
    let agents = Addresses.isNearlyEverything(term, in: site.catalog) ? 0 : site.copies.rows(of: term.agents)
    return Paging.pages(max(agents, documents)).map {
      TermPage(site: site, taxonomy: taxonomy, term: term, page: $0)
    }
  }

  /// The pages that terms would have more of if the index were not in the place of their lists.
  static func former(of taxonomy: Taxonomy, in site: SiteIndex) -> [TermPage] {
    taxonomy.terms.filter {
      Addresses.isNearlyEverything($0, in: site.catalog)
        && !Addresses.isEverything($0, of: taxonomy.kind, in: site.catalog)
    }.flatMap { term in
      Paging.pages(term.agents.count).dropFirst(pages(of: term, of: taxonomy, in: site).count).map {
        TermPage(site: site, taxonomy: taxonomy, term: term, page: $0)
      }
    }
  }

  static func path(_ kind: Taxonomy.Kind, _ slug: String, page: Int = 1) -> SitePath {
    SitePath(kind.rawValue, page == 1 ? "\(slug).html" : "\(slug).\(page).html")
  }

  var path: SitePath { Self.path(taxonomy.kind, term.slug, page: page) }

  func inputs() -> PageView {
    let (path, kind, term, documents) = (path, taxonomy.kind, term, documents)
    let isIndex = Addresses.isNearlyEverything(term, in: site.catalog)
    let agents = isIndex ? [] : term.agents
    return PageView(
      template: "term", kind: "term",
      title: "\(heading) · \(taxonomy.title)\(page > 1 ? ", page \(page)" : "")", description: lead,
      feed: TermFeed.exists(for: term, of: kind, in: site.catalog)
        ? LinkView(title: heading, href: path.link(to: TermFeed.path(kind, term.slug))) : nil,
      content: TermView(
        taxonomyTitle: taxonomy.title, heading: heading,
        name: heading == term.name ? nil : term.name, lead: lead, about: about,
        descriptionTokens: Wording.number(term.descriptionTokens), findings: page == 1 ? findings : nil,
        indexHref: isIndex ? "\(path.link(to: IndexPage.path(page: 1)))?\(kind.rawValue)=\(term.slug)" : nil,
        // Not of other terms: their pages would change with every new agent.
        indexCount: isIndex ? Wording.number(site.catalog.entries.count) : nil,
        list: ListView(agents, and: documents.count, page: page, at: path, in: site) {
          Self.path(kind, term.slug, page: $0)
        },
        filter: agents.count >= Self.filteredLength
          ? FilterView(term.agents, within: "\(kind.rawValue)/\(term.slug)") : nil,
        documents: documents[Paging.range(of: page, in: documents.count)].map { index in
          let document = site.catalog.documents[index].document
          return LinkView(
            title: document.title, href: path.link(to: site.addresses.document(index)),
            path: document.source.path.description)
        }))
  }

  /// The number of agents from which a list has a filter: fewer are seen at a glance.
  private static let filteredLength = 6

  private var heading: String { site.names.title(of: term.name, taxonomy.kind) }

  private var lead: String {
    let count = site.catalog.counted(term.agents)
    return switch (taxonomy.kind, term.isUnstated) {
    case (.tools, false): toolLead(term.name, count)
    case (.tools, true): "\(count) that name no tools, and so may use every tool of the session."
    case (.topics, false): "\(count) whose name, description or headings speak of this."
    case (.reach, true): "\(count) whose tools let them do nothing of this."
    case (_, true): "\(count) that state none."
    default: count + "."
    }
  }

  /// What the files of a collection say of it; nil where they say nothing, and of other terms.
  private var about: CollectionView? {
    guard taxonomy.kind == .collections,
      let about = site.catalog.collections.first(where: { $0.name == term.name })?.about, about != .init()
    else { return nil }
    return CollectionView(
      description: about.description, version: about.version, owner: about.owner, homepage: about.homepage)
  }

  /// How many findings the agents of a term have, in words; nil where there are none.
  private var findings: String? {
    var counts = [0, 0, 0]
    for agent in term.agents {
      let entry = site.catalog.entries[agent]
      for finding in entry.agent.findings { counts[finding.severity.rank] += 1 }
      for finding in entry.amongOthers { counts[finding.severity.rank] += 1 }
    }
    let words = zip(Finding.Severity.allCases, counts).compactMap { $1 > 0 ? Wording.count($1, $0.rawValue) : nil }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// The documents that stand beside the agents of a term: those of a collection.
  private var documents: [Int] {
    guard taxonomy.kind == .collections else { return [] }
    return site.documentsByCollection[term.name] ?? []
  }

  private func toolLead(_ name: String, _ count: String) -> String {
    let meaning = site.catalog.settings.runtimes.all.lazy.compactMap { $0.tool(name) }.first
    return meaning.map { "\(count) that may \($0.allows)." } ?? "\(count) that name this tool."
  }
}
