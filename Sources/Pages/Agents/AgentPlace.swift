import Agents
import Catalogs
import Files
import Likenesses

/// What the page and the row of an agent show that does not come from its own file: where it stands among the others.
///
/// They are made of the agent and of this, so that nothing has to be made again where both are the same.
struct AgentPlace: Sendable {
  /// What it is called in addresses.
  let id: String
  let address: SitePath
  let source: SitePath
  let collection: String
  let collectionTerm: SitePath?
  let modelTerm: SitePath?
  let categoryTerm: SitePath?
  let runtimeTerm: SitePath?
  let loadsTerm: SitePath?
  let tags: [TermLink]
  let topics: [TermLink]
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
  let amongOthers: [Finding]
  /// What its repository knows of it.
  let history: FileHistory?
  /// Whether it came or was changed lately.
  let lately: Lately?
  /// That it was approved, and what was changed since.
  let approval: Approval?
  /// Whether others are approved, so that it is worth a word that this one is not.
  let hasApprovals: Bool
  /// The class of the bar that shows how long its prompt is.
  let weight: String
  /// Whether lists have a column for categories.
  let showsCategory: Bool
  /// Where the relative links of its file lead from its page; those that lead nowhere are left out.
  let links: [String: String]

  /// Another agent whose prompt is nearly the same.
  struct AlikeLink: Sendable {
    /// What it is called in addresses.
    let id: String
    let name: String
    let path: String
    let share: String
    let address: SitePath
    /// The page of the two side by side, where they have one.
    let comparison: SitePath?
  }

  /// Another agent that is near in topic.
  struct PeerLink: Sendable {
    /// What it is called in addresses.
    let id: String
    let name: String
    let summary: String
    /// How near it is, in percent.
    let score: Int
    let address: SitePath
  }

  /// A term with its page.
  struct TermLink: Sendable {
    let title: String
    let address: SitePath
  }

  /// What is wrong with the agent, alone and among the others.
  func findings(of agent: Agent) -> [Finding] {
    amongOthers.isEmpty ? agent.findings : amongOthers + agent.findings
  }

  /// Adds everything to a digest.
  func add(to digester: inout Digester) {
    digester.add(address.description)
    digester.add(source.description)
    digester.add(collection)
    for term in [collectionTerm, modelTerm, categoryTerm, runtimeTerm, loadsTerm, variants] {
      digester.add(term?.description)
    }
    for terms in [tags, topics] {
      digester.add(terms.count)
      for term in terms {
        digester.add(term.title)
        digester.add(term.address.description)
      }
    }
    digester.add(variantsCount)
    digester.add(qualifier)
    digester.add(alikeCount)
    digester.add(family?.description)
    for other in alike {
      digester.add([
        other.id, other.name, other.path, other.share, other.address.description, other.comparison?.description ?? "",
      ])
    }
    digester.add(peers.count)
    for peer in peers {
      digester.add([peer.id, peer.name, peer.summary])
      digester.add(peer.score)
    }
    digester.add(amongOthers.count)
    for finding in amongOthers {
      digester.add([finding.rule, finding.severity.rawValue, finding.message, finding.help])
    }
    digester.add(history == nil ? 0 : 1)
    history?.add(to: &digester)
    digester.add(lately?.rawValue)
    digester.add(hasApprovals)
    digester.add(approval.map { [$0.note] + $0.approvers.flatMap { [$0.name, $0.day] } + $0.changes } ?? [])
    digester.add(approval?.changes.count ?? -1)
    digester.add(weight)
    digester.add(showsCategory)
    digester.add(links.count)
    for (destination, address) in links.sorted(by: { $0.key < $1.key }) {
      digester.add(destination)
      digester.add(address)
    }
  }
}

extension Site {
  func place(_ index: Int) -> AgentPlace {
    let entry = catalog.entries[index]
    let agent = entry.agent
    let address = addresses.agent(index)
    let collection = catalog.collections[agent.source.collection].name
    func terms(_ kind: Taxonomy.Kind, _ names: [String]) -> [AgentPlace.TermLink] {
      names.compactMap { name in addresses.term(kind, named: name).map { .init(title: name, address: $0) } }
    }
    var links: [String: String] = [:]
    for destination in agent.relativeLinks {
      links[destination] = addresses.resolve(destination, from: agent.source, at: address)
    }
    return AgentPlace(
      id: entry.slug, address: address, source: addresses.agentSource(index), collection: collection,
      collectionTerm: addresses.term(.collections, named: collection),
      modelTerm: agent.model.flatMap { addresses.term(.models, named: $0) },
      categoryTerm: entry.category.flatMap { addresses.term(.categories, named: $0) },
      runtimeTerm: addresses.term(.runtimes, named: agent.dialect.title),
      loadsTerm: addresses.term(.loads, named: agent.loading.outcome.title),
      tags: terms(.tags, agent.tags), topics: terms(.topics, entry.topics),
      variants: entry.variants.map { addresses.variants($0) },
      variantsCount: entry.variants.map { catalog.comparisons[$0].agents.count } ?? 1,
      qualifier: entry.qualifier,
      alike: entry.alike.prefix(Self.alikeLength).map { alikeLink($0, of: index) }, alikeCount: entry.alike.count,
      peers: entry.peers.map(peerLink), family: entry.family.map { addresses.comparison($0) },
      amongOthers: entry.amongOthers, history: entry.history, lately: entry.lately, approval: entry.approval,
      hasApprovals: catalog.hasApprovals,
      weight: weight(agent.promptMeasure), showsCategory: showsCategory, links: links)
  }

  /// How many agents like it an agent's page lists.
  private static let alikeLength = 5

  private func alikeLink(_ alike: Assembly.Alike, of index: Int) -> AgentPlace.AlikeLink {
    let agent = catalog.entries[alike.agent].agent
    return AgentPlace.AlikeLink(
      id: catalog.entries[alike.agent].slug, name: agent.name, path: agent.source.publishedPath,
      share: alike.likeness.isIdentical ? "the same prompt" : "\(alike.likeness.percent) %",
      address: addresses.agent(alike.agent),
      comparison: catalog.pair(index, alike.agent).map { addresses.pair($0) })
  }

  private func peerLink(_ found: TermIndex.Found) -> AgentPlace.PeerLink {
    let peer = catalog.entries[found.place]
    return AgentPlace.PeerLink(
      id: peer.slug, name: peer.agent.name, summary: peer.agent.description.summary,
      score: Int((found.score * 100).rounded()), address: addresses.agent(found.place))
  }

  /// The class of the bar that shows how long a prompt is, in twentieths of the catalog's scale.
  private func weight(_ measure: TextMeasure) -> String {
    guard catalog.promptScale > 0 else { return "w0" }
    return "w\(min(20, (measure.tokens * 20 + catalog.promptScale - 1) / catalog.promptScale))"
  }
}
