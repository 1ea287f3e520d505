import Agents
import Catalogs
import Files
import Histories
import Likenesses

/// The part of an agent's page and row that doesn't depend on its own file: its place in the catalog.
///
/// Together with the file, it makes up the ``AgentInputs``.
struct AgentPlace: Sendable, Encodable {
  /// The identifier in URLs of comparisons.
  let id: String
  let address: SitePath
  let source: SitePath
  /// The page of the file that contains it along with other items, or nil.
  let whole: SitePath?
  let collection: String
  /// The display name of the collection.
  let collectionTitle: String
  let collectionTerm: SitePath?
  let modelTerm: SitePath?
  let categoryTerm: SitePath?
  let runtimeTerm: SitePath?
  let kindTerm: SitePath?
  let loadsTerm: SitePath?
  let tags: [TermLink]
  let topics: [TermLink]
  /// The owners.
  let owners: [OwnerLink]
  /// The lifecycle.
  let lifecycle: Lifecycle
  /// The replacement.
  let replacement: TermLink?
  /// The page of all agents with the same name.
  let variants: SitePath?
  let variantsCount: Int
  /// The qualifier that distinguishes it from items of the same name.
  let qualifier: String?
  /// The near-duplicates, most similar first.
  let alike: [AlikeLink]
  /// The number of near-duplicates, including those that aren't listed.
  let alikeCount: Int
  /// The related agents.
  let peers: [PeerLink]
  /// The page that compares it with its near-duplicates.
  let family: SitePath?
  /// The findings that depend on other agents.
  @Stored var amongOthers: [Finding]
  /// The file history.
  @Stored var history: FileHistory?
  /// Whether there are versions to compare.
  let hasVersions: Bool
  /// Whether it was added or changed recently.
  let lately: Lately?
  /// The approval, with the changes since.
  let approval: Approval?
  /// Whether any agent has been approved, so that a missing approval is worth showing.
  let hasApprovals: Bool
  /// The class of the bar that shows the length of the prompt.
  let weight: String
  /// The optional columns of lists.
  let columns: ListColumns
  /// The targets of the file's relative links, as links from its page. Links without a target are left out.
  let links: LinkTargets
  /// The links to the server of its file.
  let web: FileLinks

  /// A near-duplicate.
  struct AlikeLink: Sendable, Encodable {
    /// The identifier in URLs of comparisons.
    let id: String
    let name: String
    let path: String
    let share: String
    let address: SitePath
    /// The page that compares the two, if there is one.
    let comparison: SitePath?
  }

  /// A related agent.
  struct PeerLink: Sendable, Encodable {
    let card: PeerCard
    /// The closeness in percent.
    let score: Int
  }

  /// A term with its page.
  struct TermLink: Sendable, Encodable {
    let title: String
    let address: SitePath
  }

  /// An owner with its page.
  struct OwnerLink: Sendable, Encodable {
    let title: String
    let address: SitePath
    let contact: OwnerContact?
  }

  /// Returns all findings of the agent, including those that depend on other agents.
  func findings(of agent: Agent) -> [Finding] {
    amongOthers.isEmpty ? agent.findings : amongOthers + agent.findings
  }
}

extension AgentPlace {
  /// Collects the data about an agent that its own file doesn't contain.
  ///
  /// - Parameter cards: What pages of related agents show of each agent.
  init(
    _ index: Int, in catalog: Catalog, _ addresses: Addresses, _ lists: ListColumns, _ names: DisplayNames,
    _ cards: [PeerCard]
  ) {
    let entry = catalog.entries[index]
    let agent = entry.agent
    let address = addresses.agent(index)
    let collection = catalog.collections[agent.source.collection].name
    func terms(_ kind: Taxonomy.Kind, _ names: [String]) -> [AgentPlace.TermLink] {
      names.compactMap { name in addresses.term(kind, named: name).map { .init(title: name, address: $0) } }
    }
    let forge = addresses.sourceLinks.forge(of: agent.source)
    self.init(
      id: entry.address.stem, address: address, source: addresses.agentSource(index),
      whole: agent.source.item == nil
        ? nil : catalog.document(at: agent.source.path, in: agent.source.collection).map { addresses.document($0) },
      collection: collection, collectionTitle: names.collection(collection),
      collectionTerm: addresses.term(.collections, named: collection),
      modelTerm: agent.model.flatMap { addresses.term(.models, named: $0) },
      categoryTerm: entry.category.flatMap { addresses.term(.categories, named: $0) },
      runtimeTerm: addresses.term(.runtimes, named: agent.dialect.title),
      kindTerm: addresses.term(.kinds, named: Taxonomy.word(for: agent.kind)),
      loadsTerm: addresses.term(.loads, named: agent.loading.outcome.title),
      tags: terms(.tags, agent.tags), topics: terms(.topics, entry.topics),
      owners: terms(.owners, entry.owners).map {
        OwnerLink(title: $0.title, address: $0.address, contact: OwnerContact($0.title, on: forge))
      }, lifecycle: entry.lifecycle,
      replacement: entry.replacement.map {
        TermLink(title: catalog.entries[$0].agent.name, address: addresses.agent($0))
      },
      variants: entry.variants.map { addresses.variants($0) },
      variantsCount: entry.variants.map { catalog.comparisons[$0].agents.count } ?? 1,
      qualifier: entry.qualifier,
      alike: entry.alike.prefix(Self.alikeLength).map { AlikeLink($0, of: index, in: catalog, addresses) },
      alikeCount: entry.alike.count,
      peers: entry.peers.map { PeerLink(card: cards[$0.place], score: Int(($0.score * 100).rounded())) },
      family: entry.family.map { addresses.comparison($0) },
      amongOthers: entry.amongOthers, history: entry.history, hasVersions: entry.hasVersions, lately: entry.lately,
      approval: entry.approval,
      hasApprovals: catalog.hasApprovals,
      weight: Self.weight(agent.promptMeasure, in: catalog), columns: lists,
      links: LinkTargets(agent.relativeLinks, of: agent.source, at: address, addresses),
      web: addresses.sourceLinks.links(of: agent.source))
  }

  /// The maximum number of near-duplicates on an agent's page.
  private static let alikeLength = 5

  /// Returns the class of the bar for the length of a prompt, in twentieths of the catalog's scale.
  private static func weight(_ measure: TextMeasure, in catalog: Catalog) -> String {
    guard catalog.promptScale > 0 else { return "w0" }
    return "w\(min(20, (measure.tokens * 20 + catalog.promptScale - 1) / catalog.promptScale))"
  }
}

extension AgentPlace.AlikeLink {
  fileprivate init(_ alike: Assembly.Alike, of index: Int, in catalog: Catalog, _ addresses: Addresses) {
    let agent = catalog.entries[alike.agent].agent
    self.init(
      id: catalog.entries[alike.agent].address.stem, name: agent.name, path: agent.source.publishedLabel,
      share: alike.likeness.isIdentical ? "the same prompt" : "\(alike.likeness.percent)%",
      address: addresses.agent(alike.agent),
      comparison: catalog.pair(index, alike.agent).map { addresses.pair($0) })
  }
}

/// What the pages of related agents show of an agent. Each agent has several, so these are made once.
struct PeerCard: Sendable, Encodable {
  let name: String
  let summary: String
  let address: SitePath

  init(_ index: Int, in catalog: Catalog, _ addresses: Addresses) {
    let agent = catalog.entries[index].agent
    name = agent.name
    summary = Self.shortened(agent.description.summary)
    address = addresses.agent(index)
  }

  /// The maximum length of a shown summary, in characters.
  private static let summaryLength = 120

  /// Returns the start of a summary, cut after a word.
  private static func shortened(_ summary: String) -> String {
    guard summary.utf8.count > summaryLength else { return summary }
    // Fast path: in ASCII text of one line, each byte is a character.
    let bytes = summary.utf8.prefix(summaryLength + 1)
    if bytes.allSatisfy({ 0x20..<0x7F ~= $0 }) {
      let start = bytes.dropLast()
      return String(Substring(start.lastIndex(of: UInt8(ascii: " ")).map { start[..<$0] } ?? start)) + "…"
    }
    guard summary.count > summaryLength else { return summary }
    let start = summary.prefix(summaryLength)
    return (start.lastIndex(of: " ").map { start[..<$0] } ?? start) + "…"
  }
}
