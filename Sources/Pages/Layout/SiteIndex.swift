import Agents
import Catalogs
import Files
import Templates

/// A catalog with everything that pages of several kinds need to know of it. It never changes.
final class SiteIndex: Sendable {
  let catalog: Catalog
  let addresses: Addresses
  let texts: Texts
  let renderer: PageRenderer
  /// Whether the site has a page and a box to search it.
  let hasSearch: Bool
  /// Whether lists have a column for categories.
  let showsCategory: Bool
  /// The documents of each collection, by its name, as indices.
  let documentsByCollection: [String: [Int]]
  /// The agents of each ``ChoicePart``, as indices.
  let choices: [[Int]]
  /// The short names of agents in each ``ChoicePart``, each with the address of the agent without its ending.
  let shortNames: [[[String]]]
  /// The findings, by rules.
  let ruleFindings: [RuleFindings]
  /// The findings, by files.
  let fileFindings: [FileFindings]
  /// The ways in which lists can be narrowed.
  let facets: Facets
  let data: CatalogData
  let rows: RowCache
  /// The digest of each agent's ``AgentInputs``.
  let agentDigests: [Digest]

  init(
    _ catalog: Catalog, theme: SiteTheme, texts: Texts, key: DigestKey, hasSearch: Bool, jobs: Int
  ) async {
    self.catalog = catalog
    self.texts = texts
    self.hasSearch = hasSearch
    let addresses = Addresses(catalog)
    self.addresses = addresses
    let renderer = PageRenderer(catalog, theme, key: key, hasSearch: hasSearch)
    self.renderer = renderer
    rows = RowCache(count: catalog.entries.count)
    let showsCategory = catalog.taxonomy(.categories) != nil
    self.showsCategory = showsCategory
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
    facets = Facets(catalog, ruleFindings)
    fileFindings = FileFindings.all(in: catalog)
    let digests = await concurrentMap(Array(catalog.entries.indices), jobs: jobs) { index in
      var digester = Digester(key: key)
      digester.add(
        encoding: AgentInputs(
          file: AgentFile(catalog.entries[index].record, texts),
          place: AgentPlace(index, in: catalog, addresses, showsCategory: showsCategory)))
      let page = digester.digest
      CatalogData.add(index, of: catalog, to: &digester)
      return (page: page, line: digester.digest)
    }
    agentDigests = digests.map(\.page)
    data = CatalogData(catalog, addresses, renderer.portabilities, digests: digests.map(\.line))
  }

  /// The inputs of an agent's page and row.
  func agent(_ index: Int) -> AgentReference { AgentReference(index, in: self) }

  func agentInputs(_ index: Int) -> AgentInputs {
    AgentInputs(
      file: AgentFile(catalog.entries[index].record, texts),
      place: AgentPlace(index, in: catalog, addresses, showsCategory: showsCategory))
  }
}
