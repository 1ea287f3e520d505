import Agents
import Catalogs
import Files

/// A possible search result: an item, a document, or a page of the site.
struct SearchSubject: Sendable {
  /// The kind shown in results: `Agent`, `Tag`.
  let kind: String
  var title: String
  var address: SitePath
  let summary: String
  /// The origin shown in results.
  var place: String
  /// The reach of an item; nil for other subjects.
  var reach: Reach?
  /// The other items with the same text.
  var copies: [Copy] = []
  /// The searchable short texts.
  var fields: [(field: SearchIndex.Field, text: String)]
  /// The file with the searchable text.
  var source: Source?

  /// Another item with the same text.
  struct Copy: Sendable {
    let title: String
    let address: SitePath
    let place: String
  }

  /// The file of an item or of a document.
  enum Source: Sendable {
    case agent(Agent)
    case document(SourceFile)
  }

  /// The word in the index for its kind.
  var kindTerm: String { "kind:" + kind.lowercased() }
}

extension SearchSubject {
  /// Returns all subjects of a catalog, items first.
  static func all(in site: SiteIndex) -> [SearchSubject] {
    let catalog = site.catalog
    return catalog.entries.indices.map { item($0, in: site) } + catalog.documents.indices.map { document($0, in: site) }
      + catalog.taxonomies.flatMap { terms(of: $0, in: site) } + rules(in: site) + pages(of: catalog)
  }

  /// Returns an upper estimate of the number of subjects.
  static func count(in catalog: Catalog, _ findings: [RuleFindings]) -> Int {
    catalog.entries.count + catalog.documents.count + catalog.taxonomies.reduce(0) { $0 + $1.terms.count + 1 }
      + findings.count + 5
  }

  private static func item(_ index: Int, in site: SiteIndex) -> SearchSubject {
    let entry = site.catalog.entries[index]
    let (agent, description) = (entry.agent, entry.agent.description)
    let examples = description.examples.flatMap { [$0.context] + $0.turns.filter { $0.role == .user }.map(\.text) }
    return SearchSubject(
      kind: agent.kind.noun.capitalisedFirst, title: agent.name, address: site.addresses.agent(index),
      summary: description.summary,
      place: entry.qualifier ?? site.names.collection(site.catalog.collections[agent.source.collection].name),
      reach: agent.kind == .instruction ? nil : entry.reach,
      fields: [
        (.name, agent.name), (.tag, (agent.tags + entry.owners).joined(separator: " ")),
        (.tag, entry.category ?? ""), (.summary, description.summary),
        (.use, ([description.whenToUse] + examples).joined(separator: " ")),
        (.heading, (entry.topics + agent.outline.prefix(20).map(\.text)).joined(separator: " ")),
        (.tool, (agent.tools.allowed.map(\.name) + [agent.model ?? ""]).joined(separator: " ")),
      ],
      source: .agent(agent))
  }

  private static func document(_ index: Int, in site: SiteIndex) -> SearchSubject {
    let document = site.catalog.documents[index].document
    return SearchSubject(
      kind: "Document", title: document.title, address: site.addresses.document(index),
      summary: "", place: document.source.publishedPath, fields: [(.name, document.title)],
      source: .document(document.source))
  }

  private static func terms(of taxonomy: Taxonomy, in site: SiteIndex) -> [SearchSubject] {
    taxonomy.terms.filter { !$0.isUnstated }.map { term in
      SearchSubject(
        kind: taxonomy.kind.singular.capitalisedFirst, title: term.name,
        address: site.addresses.term(taxonomy.kind, term),
        summary: Wording.count(term.agents.count, "item") + ".", place: taxonomy.title,
        fields: [(.name, term.name), (.tool, taxonomy.kind.singular)])
    }
  }

  private static func rules(in site: SiteIndex) -> [SearchSubject] {
    site.ruleFindings.map { found in
      SearchSubject(
        kind: "Rule", title: found.rule.title.capitalisedFirst, address: RulePage.path(found.rule.id),
        summary: "\(Wording.count(found.places.count, "finding")) in \(Wording.count(found.fileCount, "file")).",
        place: found.rule.id, fields: [(.name, found.rule.title), (.tag, found.rule.id), (.tool, "rule finding")])
    }
  }

  /// Returns the pages that people look for in other words than their titles.
  private static func pages(of catalog: Catalog) -> [SearchSubject] {
    func page(_ title: String, _ address: SitePath, _ summary: String) -> SearchSubject {
      SearchSubject(
        kind: "Page", title: title, address: address, summary: summary, place: "",
        fields: [(.name, title), (.summary, summary)])
    }
    var pages = [
      page("Portfolio", PortfolioPage.path, "The catalog in numbers: counts, shares and token costs."),
      page("Findings", FindingsPage.path, "Problems, warnings and errors in the files of this catalog."),
      page("Compare", ComparisonsPage.path(page: 1), "Agents side by side: shared names, similar prompts, duplicates."),
      page("Overlapping descriptions", OverlapsPage.path, "Agents whose descriptions compete for the same tasks."),
    ]
    if !catalog.changes.isEmpty {
      pages.append(page("Changes", ChangesPage.path(page: 1), "What was added and changed, with commits and authors."))
    }
    return pages + catalog.taxonomies.map { page("All \($0.title.lowercased())", TermsPage.path($0.kind), "") }
  }
}
