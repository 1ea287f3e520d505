import Agents
import Catalogs
import Files
import Templates

/// A catalog with derived data for several kinds of pages. It is immutable.
final class SiteIndex: Sendable {
  let catalog: Catalog
  let addresses: Addresses
  let texts: Texts
  let renderer: PageRenderer
  /// The key of fingerprints.
  let key: DigestKey
  /// Whether the site has a search.
  let hasSearch: Bool
  /// The optional columns of lists.
  let columns: ListColumns
  /// Display names.
  let names: DisplayNames
  /// What the pages of related agents show of each agent.
  private let peerCards: [PeerCard]
  /// The copies among the agents.
  let copies: Copies
  /// The indices of the documents of each collection, by its name.
  let documentsByCollection: [String: [Int]]
  /// The indices of the agents in each ``ChoicePart``.
  let choices: [[Int]]
  /// The short names of agents in each ``ChoicePart``, each with the agent's address without extension.
  let shortNames: [[[String]]]
  /// The findings, by rule.
  let ruleFindings: [RuleFindings]
  /// The findings, by file.
  let fileFindings: [FileFindings]
  /// The risks, with the agents that have them.
  let risks: Risks
  /// The terms of each agent.
  let terms: TermsOfAgents
  /// The facets for filtering lists.
  let facets: Facets
  let data: CatalogData
  let rows: RowCache
  /// The data of the search.
  let search: SearchStore
  /// The number of search files.
  let searchSize: SearchData.Size
  /// The digest of all searchable data.
  let searchDigest: Digest
  /// The digest of each agent's ``AgentInputs``.
  let agentDigests: [Digest]

  init(
    _ catalog: Catalog, theme: SiteTheme, texts: Texts, key: DigestKey, hasSearch: Bool, searchShelves: SearchShelves,
    jobs: Int
  ) async {
    self.catalog = catalog
    self.texts = texts
    self.key = key
    self.hasSearch = hasSearch
    search = SearchStore(searchShelves)
    let addresses = Addresses(catalog)
    self.addresses = addresses
    let renderer = PageRenderer(catalog, theme, key: key, hasSearch: hasSearch)
    self.renderer = renderer
    rows = RowCache(count: catalog.entries.count)
    let (columns, names) = (ListColumns(catalog), DisplayNames(catalog))
    self.columns = columns
    self.names = names
    let peerCards = catalog.entries.indices.map { PeerCard($0, in: catalog, addresses) }
    self.peerCards = peerCards
    copies = Copies(catalog)
    documentsByCollection = Dictionary(grouping: catalog.documents.indices) {
      catalog.collections[catalog.documents[$0].document.source.collection].name
    }
    var choices = [[Int]](repeating: [], count: ChoiceData.parts(catalog.entries.count))
    for (index, entry) in catalog.entries.enumerated() {
      choices[ChoiceData.part(of: entry.address.stem, among: choices.count)].append(index)
    }
    self.choices = choices
    var shortNames = [[[String]]](repeating: [], count: choices.count)
    for entry in catalog.entries {
      shortNames[ChoiceData.part(of: entry.slug, among: choices.count)].append([entry.slug, entry.address.stem])
    }
    self.shortNames = shortNames
    let ruleFindings = RuleFindings.all(in: catalog)
    self.ruleFindings = ruleFindings
    let risks = Risks(catalog)
    self.risks = risks
    terms = TermsOfAgents(catalog)
    facets = Facets(catalog, ruleFindings, names, risks)
    fileFindings = FileFindings.all(in: catalog)
    let digests = await concurrentMap(Array(catalog.entries.indices), jobs: jobs) { index in
      var digester = Digester(key: key)
      digester.add(
        encoding: AgentInputs(
          file: AgentFile(catalog.entries[index].record, texts),
          place: AgentPlace(index, in: catalog, addresses, columns, names, peerCards)))
      let page = digester.digest
      CatalogData.add(index, of: catalog, to: &digester)
      return (page: page, line: digester.digest)
    }
    let agentDigests = digests.map(\.page)
    self.agentDigests = agentDigests
    data = CatalogData(catalog, addresses, renderer.portabilities, digests: digests.map(\.line))
    var digester = Digester(key: key)
    for digest in agentDigests { digester.add(digest) }
    for entry in catalog.documents {
      digester.add([entry.address.stem, entry.document.source.publishedPath])
      digester.add(texts.digest(entry.document.source))
    }
    for found in ruleFindings { digester.add([found.rule.id, "\(found.places.count) \(found.fileCount)"]) }
    digester.add(catalog.changes.isEmpty)
    searchDigest = digester.digest
    searchSize = SearchData.Size(SearchSubject.count(in: catalog, ruleFindings))
  }

  /// Returns a reference to the inputs of an agent's page and row.
  func agent(_ index: Int) -> AgentReference { AgentReference(index, in: self) }

  func agentInputs(_ index: Int) -> AgentInputs {
    AgentInputs(
      file: AgentFile(catalog.entries[index].record, texts),
      place: AgentPlace(index, in: catalog, addresses, columns, names, peerCards))
  }
}
