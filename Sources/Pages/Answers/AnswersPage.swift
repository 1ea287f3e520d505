import Catalogs
import Files
import Templates

/// The page with a box that ranks agents for a sentence, and with the agents whose descriptions overlap.
struct AnswersPage: PageKind {
  let site: SiteIndex

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    AnswersView.self, RivalryView.self, SameView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] { [AnswersPage(site: site)] }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    [NavigationEntry(place: .tools, position: 2, title: "Ask", path: path)]
  }

  static let path = SitePath("answers.html")

  var path: SitePath { Self.path }

  func inputs() -> AnswersInputs {
    AnswersInputs(
      agents: site.catalog.entries.map { entry in
        .init(
          id: entry.address.stem, address: entry.address.page, name: entry.agent.name, qualifier: entry.qualifier,
          summary: entry.agent.description.summary, description: entry.agent.description.text)
      },
      pairs: site.catalog.pairs.map { .init(left: $0.left, right: $0.right, path: PairPage.path($0.id)) })
  }
}

/// Everything that the page is made from: comparing all descriptions takes long.
struct AnswersInputs: PageInputs {
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

  /// The page of two agents, by their places.
  struct Pair: Encodable {
    let left: Int
    let right: Int
    let path: SitePath
  }

  /// How many groups of one description the page shows, and how many agents of each.
  private static let (groups, members) = (100, 8)

  func page(at path: SitePath, _ renderer: PageRenderer) -> PageView {
    let competition = Competition(agents.map { ($0.name, $0.description) })
    let pages = Dictionary(pairs.map { ([$0.left, $0.right], $0.path) }, uniquingKeysWith: { first, _ in first })
    func link(_ index: Int) -> LinkView {
      LinkView(
        title: agents[index].name, href: path.link(to: agents[index].address), path: agents[index].qualifier)
    }
    func compare(_ places: some Sequence<Int>) -> String { path.comparing(places.map { agents[$0].id }) }
    let rivalries = competition.close.map { rivalry in
      let page = pages[[min(rivalry.agent, rivalry.rival), max(rivalry.agent, rivalry.rival)]]
      return RivalryView(
        agent: link(rivalry.agent), summary: agents[rivalry.agent].summary, rival: link(rivalry.rival),
        rivalSummary: agents[rivalry.rival].summary, share: Wording.percent(min(rivalry.share, 0.99)),
        compareHref: page.map { path.link(to: $0) } ?? compare([rivalry.agent, rivalry.rival]))
    }
    let same = competition.same.prefix(Self.groups).map { group in
      SameView(
        summary: agents[group[0]].summary, agents: group.prefix(Self.members).map(link),
        rest: group.count - Self.members, compareHref: compare(group.prefix(Comparison.pairLimit)))
    }
    return PageView(
      template: "answers", kind: "answers", title: "Who answers?",
      description: "Which agents answer a sentence, and which of them compete for the same one.",
      content: AnswersView(
        count: agents.count, parts: FilterData.parts(agents.count, length: FilterData.agentsLength),
        closeLead: rivalries.isEmpty
          ? "No description comes near another: whoever is described is alone with what it says."
          : "\(Wording.count(rivalries.count, "pair")): the first one’s own description, put as a question, is answered nearly as well by the second.",
        rivalries: rivalries,
        sameLead: competition.same.count > Self.groups
          ? "The largest \(Self.groups) of \(Wording.count(competition.same.count, "group"))."
          : Wording.count(same.count, "group") + ".",
        same: same))
  }
}

extension SitePath {
  /// The link from this page to the page that compares agents in the browser.
  func comparing(_ ids: [String]) -> String {
    link(to: ComparisonsPage.path(page: 1)) + "?with=" + ids.joined(separator: ",")
  }
}
