import Catalogs
import Files

/// Where each page of a catalog stands.
struct Addresses: Sendable {
  private let catalog: Catalog
  /// The page of each term, by the words that files write for it: asked for several times for each agent.
  private let terms: [Taxonomy.Kind: [String: SitePath]]
  /// The terms that have no page of their own, as their addresses would be.
  private let everything: Set<SitePath>
  /// The files of each item that has any.
  private let bundles: [Int: BundleAddresses]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    bundles = Dictionary(
      uniqueKeysWithValues: catalog.entries.enumerated().compactMap { index, entry in
        guard let bundle = entry.agent.bundle, !bundle.files.isEmpty else { return nil }
        return (index, BundleAddresses(of: bundle, at: entry.address.page))
      })
    let everything = Set(
      catalog.taxonomies.flatMap { taxonomy in
        taxonomy.terms.filter { Self.isEverything($0, of: taxonomy.kind, in: catalog) }
          .map { TermPage.path(taxonomy.kind, $0.slug) }
      })
    self.everything = everything
    terms = Dictionary(
      uniqueKeysWithValues: catalog.taxonomies.map { taxonomy in
        let paths = taxonomy.words.mapValues { slug in
          let path = TermPage.path(taxonomy.kind, slug)
          return everything.contains(path) ? IndexPage.path(page: 1) : path
        }
        return (taxonomy.kind, paths)
      })
  }

  /// Whether a term lists all agents there are, so that the index is its page: in a large catalog, what follows from
  /// the files is often the same for all of them.
  static func isEverything(_ term: Taxonomy.Term, of kind: Taxonomy.Kind, in catalog: Catalog) -> Bool {
    let derived: Set<Taxonomy.Kind> = [.kinds, .reach, .loads, .runtimes]
    return derived.contains(kind) && term.agents.count == catalog.entries.count
  }

  /// From how many agents on a long list is the index in its place, and from which share of them.
  private static let (indexLength, indexShare) = (500, 0.8)

  /// Whether a term lists nearly all agents of a large catalog. A list of its own would be the index once more, in as
  /// many pages; so its page says how many there are and leads to the index, with the filter set.
  static func isNearlyEverything(_ term: Taxonomy.Term, in catalog: Catalog) -> Bool {
    isNearlyEverything(term.agents, in: catalog)
  }

  /// The same of any list of agents.
  static func isNearlyEverything(_ agents: [Int], in catalog: Catalog) -> Bool {
    let count = catalog.entries.count
    return count >= indexLength && Double(agents.count) >= indexShare * Double(count)
  }

  func agent(_ index: Int) -> SitePath { catalog.entries[index].address.page }
  /// The files of a skill; nil of an item that has none.
  func bundle(_ index: Int) -> BundleAddresses? { bundles[index] }
  func agentSource(_ index: Int) -> SitePath { catalog.entries[index].sourcePath }
  func document(_ index: Int) -> SitePath { catalog.documents[index].address.page }
  /// The published file of a document; nil of one that holds items.
  func documentSource(_ index: Int) -> SitePath? {
    let entry = catalog.documents[index]
    return entry.document.held == nil ? entry.address.source(.markdown) : nil
  }
  func variants(_ comparison: Int, page: Int = 1) -> SitePath {
    VariantsPage.path(catalog.comparisons[comparison], page: page)
  }
  /// The page that sets agents side by side: that of their name, where they share one.
  func comparison(_ index: Int) -> SitePath { VariantsPage.path(catalog.comparisons[index], page: 1) }
  func pair(_ index: Int) -> SitePath { PairPage.path(catalog.pairs[index].id) }

  /// The page that lists what a row of the portfolio counts.
  func page(of row: Portfolio.Row, in section: Portfolio.Section) -> SitePath {
    guard let slug = row.slug else { return IndexPage.path(page: 1) }
    let path = SitePath(section.id, slug + ".html")
    return everything.contains(path) ? IndexPage.path(page: 1) : path
  }

  /// A slug has no full stop, so the number of a page cannot be taken for part of one, and none is `index`.
  func term(_ kind: Taxonomy.Kind, _ term: Taxonomy.Term, page: Int = 1) -> SitePath {
    let first = TermPage.path(kind, term.slug)
    if everything.contains(first) { return IndexPage.path(page: page) }
    return page == 1 ? first : TermPage.path(kind, term.slug, page: page)
  }

  /// The page of a term as files write it, or nil where the catalog has no such taxonomy.
  func term(_ kind: Taxonomy.Kind, named name: String) -> SitePath? {
    terms[kind]?[name]
  }

  /// Resolves a relative link in a file: to another agent, file of a skill or document of its collection, else to the
  /// source's own site, else nowhere.
  func resolve(_ destination: String, from source: SourceFile, at page: SitePath) -> String? {
    let fragment = destination.firstIndex(of: "#").map { String(destination[destination.index(after: $0)...]) }
    guard let path = source.path.resolving(link: destination) else { return nil }
    if let agent = catalog.entry(at: path, in: source.collection) {
      if let fragment, !catalog.entries[agent].agent.outline.contains(where: { $0.id == fragment }) { return nil }
      return page.link(to: self.agent(agent), fragment: fragment)
    }
    if let found = catalog.bundleFile(at: path, in: source.collection),
      let target = bundles[found.entry]?.files[found.file].address
    {
      return page.link(to: target)
    }
    if let document = catalog.document(at: path, in: source.collection) {
      return page.link(to: self.document(document))
    }
    return SourceLinks(catalog.settings).source(path)
  }
}
