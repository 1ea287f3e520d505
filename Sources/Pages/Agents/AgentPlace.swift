import Agents
import Catalogs
import Files
import Histories
import Likenesses

/// What the page and the row of an agent show that does not come from its own file: where it stands among the others.
///
/// They are made from the agent's file and from this, see ``AgentInputs``.
struct AgentPlace: Sendable, Encodable {
  /// What addresses that compare agents call it.
  let id: String
  let address: SitePath
  let source: SitePath
  /// The page of the file that holds it beside other items, or nil.
  let whole: SitePath?
  let collection: String
  /// The collection as people write it.
  let collectionTitle: String
  let collectionTerm: SitePath?
  let modelTerm: SitePath?
  let categoryTerm: SitePath?
  let runtimeTerm: SitePath?
  let kindTerm: SitePath?
  let loadsTerm: SitePath?
  let tags: [TermLink]
  let topics: [TermLink]
  /// Its owners.
  let owners: [TermLink]
  /// Its lifecycle.
  let lifecycle: Lifecycle
  /// What takes its place.
  let replacement: TermLink?
  /// The page of all agents of its name.
  let variants: SitePath?
  let variantsCount: Int
  /// What tells it from others of its name.
  let qualifier: String?
  /// Others whose prompts are nearly the same, the most alike first.
  let alike: [AlikeLink]
  /// How many there are of those, not only the ones that are listed.
  let alikeCount: Int
  /// Others that are near it in topic.
  let peers: [PeerLink]
  /// The page that sets them side by side.
  let family: SitePath?
  /// What is wrong with it among the others.
  @Stored var amongOthers: [Finding]
  /// What its repository knows of it.
  @Stored var history: FileHistory?
  /// Whether it came or was changed lately.
  let lately: Lately?
  /// That it was approved, and what was changed since.
  let approval: Approval?
  /// Whether others are approved, so that it is worth a word that this one is not.
  let hasApprovals: Bool
  /// The class of the bar that shows how long its prompt is.
  let weight: String
  /// What lists have columns for.
  let columns: ListColumns
  /// Where the relative links of its file lead from its page; those that lead nowhere are left out.
  let links: LinkTargets

  /// Another agent whose prompt is nearly the same.
  struct AlikeLink: Sendable, Encodable {
    /// What addresses that compare agents call it.
    let id: String
    let name: String
    let path: String
    let share: String
    let address: SitePath
    /// The page of the two side by side, where they have one.
    let comparison: SitePath?
  }

  /// Another agent that is near in topic.
  struct PeerLink: Sendable, Encodable {
    let name: String
    let summary: String
    /// How near it is, in percent.
    let score: Int
    let address: SitePath
  }

  /// A term with its page.
  struct TermLink: Sendable, Encodable {
    let title: String
    let address: SitePath
  }

  /// What is wrong with the agent, alone and among the others.
  func findings(of agent: Agent) -> [Finding] {
    amongOthers.isEmpty ? agent.findings : amongOthers + agent.findings
  }
}

extension AgentPlace {
  /// Collects what the page and the row of an agent show of the others.
  init(_ index: Int, in catalog: Catalog, _ addresses: Addresses, _ lists: ListColumns, _ names: DisplayNames) {
    let entry = catalog.entries[index]
    let agent = entry.agent
    let address = addresses.agent(index)
    let collection = catalog.collections[agent.source.collection].name
    func terms(_ kind: Taxonomy.Kind, _ names: [String]) -> [AgentPlace.TermLink] {
      names.compactMap { name in addresses.term(kind, named: name).map { .init(title: name, address: $0) } }
    }
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
      owners: terms(.owners, entry.owners), lifecycle: entry.lifecycle,
      replacement: entry.replacement.map {
        TermLink(title: catalog.entries[$0].agent.name, address: addresses.agent($0))
      },
      variants: entry.variants.map { addresses.variants($0) },
      variantsCount: entry.variants.map { catalog.comparisons[$0].agents.count } ?? 1,
      qualifier: entry.qualifier,
      alike: entry.alike.prefix(Self.alikeLength).map { AlikeLink($0, of: index, in: catalog, addresses) },
      alikeCount: entry.alike.count,
      peers: entry.peers.map { PeerLink($0, in: catalog, addresses) },
      family: entry.family.map { addresses.comparison($0) },
      amongOthers: entry.amongOthers, history: entry.history, lately: entry.lately, approval: entry.approval,
      hasApprovals: catalog.hasApprovals,
      weight: Self.weight(agent.promptMeasure, in: catalog), columns: lists,
      links: LinkTargets(agent.relativeLinks, of: agent.source, at: address, addresses))
  }

  /// How many agents like it an agent's page lists.
  private static let alikeLength = 5

  /// The class of the bar that shows how long a prompt is, in twentieths of the catalog's scale.
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

extension AgentPlace.PeerLink {
  fileprivate init(_ found: TermIndex.Found, in catalog: Catalog, _ addresses: Addresses) {
    let peer = catalog.entries[found.place]
    self.init(
      name: peer.agent.name, summary: Self.shortened(peer.agent.description.summary),
      score: Int((found.score * 100).rounded()), address: addresses.agent(found.place))
  }

  /// How many characters of a summary are shown.
  private static let summaryLength = 120

  /// The beginning of a summary, up to the end of a word.
  private static func shortened(_ summary: String) -> String {
    guard summary.utf8.count > summaryLength, summary.count > summaryLength else { return summary }
    let start = summary.prefix(summaryLength)
    return (start.lastIndex(of: " ").map { start[..<$0] } ?? start) + "…"
  }
}
