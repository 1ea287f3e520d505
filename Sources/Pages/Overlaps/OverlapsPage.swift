import Catalogs
import Files
import Templates

/// The page of agents whose descriptions overlap.
struct OverlapsPage: PageKind {
  let site: SiteIndex

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [OverlapsView.self, OverlapView.self, SameView.self]

  static func all(in site: SiteIndex) -> [any PageKind] { [OverlapsPage(site: site)] }

  static let path = SitePath("overlaps.html")

  var path: SitePath { Self.path }

  func inputs() -> OverlapsInputs {
    OverlapsInputs(
      agents: site.catalog.entries.map { entry in
        .init(
          id: entry.address.stem, address: entry.address.page, name: entry.agent.name, qualifier: entry.qualifier,
          summary: entry.agent.description.summary, description: entry.agent.description.text)
      },
      pairs: site.catalog.pairs.map { .init(left: $0.left, right: $0.right, path: PairPage.path($0.id)) })
  }
}

/// The inputs of the page. They are digested, because comparing all descriptions takes long.
struct OverlapsInputs: PageInputs {
  let agents: [Agent]
  let pairs: [Pair]

  struct Agent: Encodable {
    let id: String
    let address: SitePath
    let name: String
    let qualifier: String?
    let summary: String
    let description: String
  }

  /// The page of a pair of agents, by index.
  struct Pair: Encodable {
    let left: Int
    let right: Int
    let path: SitePath
  }

  /// The maximum numbers of groups with the same description, and of agents per group.
  private static let (groups, members) = (100, 8)
  /// The maximum number of pairs shown with descriptions. Further pairs are listed briefly.
  private static let length = 60

  func page(at path: SitePath, _ renderer: PageRenderer) -> PageView {
    let competition = Competition(agents.map { ($0.name, $0.description) })
    let pages = Dictionary(pairs.map { ([$0.left, $0.right], $0.path) }, uniquingKeysWith: { first, _ in first })
    func link(_ index: Int) -> LinkView {
      LinkView(
        title: agents[index].name, href: path.link(to: agents[index].address), path: agents[index].qualifier)
    }
    func compare(_ places: some Sequence<Int>) -> String { path.comparing(places.map { agents[$0].id }) }
    let overlaps = competition.close.map { rivalry in
      let page = pages[[min(rivalry.agent, rivalry.rival), max(rivalry.agent, rivalry.rival)]]
      return OverlapView(
        agent: link(rivalry.agent), summary: agents[rivalry.agent].summary, other: link(rivalry.rival),
        otherSummary: agents[rivalry.rival].summary, share: Wording.percent(min(rivalry.share, 0.99)),
        compareHref: page.map { path.link(to: $0) } ?? compare([rivalry.agent, rivalry.rival]))
    }
    let same = competition.same.prefix(Self.groups).map { group in
      SameView(
        summary: agents[group[0]].summary, agents: group.prefix(Self.members).map(link),
        rest: group.count - Self.members, compareHref: compare(group.prefix(Comparison.pairLimit)))
    }
    return PageView(
      template: "overlaps", kind: "overlaps", title: "Overlapping descriptions",
      description: "Agents whose descriptions compete for the same tasks.",
      content: OverlapsView(
        lead: overlaps.isEmpty
          ? "No two descriptions overlap by half or more."
          : "\(Wording.count(overlaps.count, "pair")) of agents with similar descriptions.",
        overlaps: Array(overlaps.prefix(Self.length)), more: Array(overlaps.dropFirst(Self.length)),
        sameLead: competition.same.count > Self.groups
          ? "The largest \(Self.groups) of \(Wording.count(competition.same.count, "group"))."
          : Wording.count(same.count, "group") + ".",
        same: same))
  }
}

extension SitePath {
  /// Returns the link from this page to the comparison of agents in the browser.
  func comparing(_ ids: [String]) -> String {
    link(to: ComparisonsPage.path(page: 1)) + "?with=" + ids.joined(separator: ",")
  }
}
