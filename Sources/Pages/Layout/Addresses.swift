import Catalogs
import Files

/// The addresses of all pages of a catalog.
struct Addresses: Sendable {
  private let catalog: Catalog
  /// The page of each term, by spelling in files. Each agent needs several of them.
  private let terms: [Taxonomy.Kind: [String: SitePath]]
  /// The would-be addresses of terms without a page of their own.
  private let everything: Set<SitePath>
  /// The addresses of each skill's files.
  private let bundles: [Int: BundleAddresses]
  /// The links to the servers of source files.
  let sourceLinks: SourceLinks

  init(_ catalog: Catalog) {
    self.catalog = catalog
    sourceLinks = SourceLinks(catalog)
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

  /// Returns whether a term covers all agents, so that the index is its page. In a large catalog, derived terms are
  /// often the same for all agents.
  static func isEverything(_ term: Taxonomy.Term, of kind: Taxonomy.Kind, in catalog: Catalog) -> Bool {
    let derived: Set<Taxonomy.Kind> = [.kinds, .reach, .loads, .runtimes]
    return derived.contains(kind) && term.agents.count == catalog.entries.count
  }

  /// The minimum number of agents in a catalog, and the minimum share of a term, for replacing its list by the index.
  private static let (indexLength, indexShare) = (500, 0.8)

  /// Returns whether a term covers nearly all agents of a large catalog.
  ///
  /// Its list would repeat the index on as many pages. So its page shows the number of agents and links to the filtered
  /// index.
  static func isNearlyEverything(_ term: Taxonomy.Term, in catalog: Catalog) -> Bool {
    isNearlyEverything(term.agents, in: catalog)
  }

  /// Returns whether a list of agents covers nearly all agents of a large catalog.
  static func isNearlyEverything(_ agents: [Int], in catalog: Catalog) -> Bool {
    let count = catalog.entries.count
    return count >= indexLength && Double(agents.count) >= indexShare * Double(count)
  }

  func agent(_ index: Int) -> SitePath { catalog.entries[index].address.page }
  /// Returns the addresses of a skill's files; nil if it has none.
  func bundle(_ index: Int) -> BundleAddresses? { bundles[index] }
  func agentSource(_ index: Int) -> SitePath { catalog.entries[index].sourcePath }
  func document(_ index: Int) -> SitePath { catalog.documents[index].address.page }
  /// Returns the published file of a document; nil if it contains items.
  func documentSource(_ index: Int) -> SitePath? {
    let entry = catalog.documents[index]
    return entry.document.held == nil ? entry.address.source(.markdown) : nil
  }
  func variants(_ comparison: Int, page: Int = 1) -> SitePath {
    VariantsPage.path(catalog.comparisons[comparison], page: page)
  }
  /// Returns the page of a comparison; for a shared name, it is the page of the name.
  func comparison(_ index: Int) -> SitePath { VariantsPage.path(catalog.comparisons[index], page: 1) }
  func pair(_ index: Int) -> SitePath { PairPage.path(catalog.pairs[index].id) }

  /// Returns the page that lists the agents of a portfolio row.
  func page(of row: Portfolio.Row, in section: Portfolio.Section) -> SitePath {
    guard let slug = row.slug else { return IndexPage.path(page: 1) }
    let path = SitePath(section.id, slug + ".html")
    return everything.contains(path) ? IndexPage.path(page: 1) : path
  }

  /// Returns a page of a term's list. Slugs contain no dots and are never `index`, so page numbers can't collide with
  /// them.
  func term(_ kind: Taxonomy.Kind, _ term: Taxonomy.Term, page: Int = 1) -> SitePath {
    let first = TermPage.path(kind, term.slug)
    if everything.contains(first) { return IndexPage.path(page: page) }
    return page == 1 ? first : TermPage.path(kind, term.slug, page: page)
  }

  /// Returns the page of a term as written in a file, or nil if the catalog has no such term.
  func term(_ kind: Taxonomy.Kind, named name: String) -> SitePath? {
    terms[kind]?[name]
  }

  /// Resolves a relative link in a file. The target is another agent, skill file or document of its collection, or else
  /// the source's own site, or nil.
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
    return sourceLinks.source(path, in: source.collection)
  }
}
