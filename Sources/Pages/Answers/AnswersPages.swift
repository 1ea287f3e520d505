import Agents
import Catalogs
import Likenesses

/// The page of who answers what: a box that ranks agents for a sentence, and the agents whose descriptions compete.
extension Site {
  /// How many groups of one description the page shows, and how many agents of each.
  private static let (groups, members) = (100, 8)

  func answersPage() -> [UInt8] {
    let path = addresses.answers
    let competition = Competition(catalog)
    func link(_ index: Int) -> LinkView {
      LinkView(
        title: catalog.entries[index].agent.name, href: path.link(to: addresses.agent(index)),
        path: catalog.entries[index].qualifier)
    }
    func compare(_ agents: some Sequence<Int>) -> String {
      comparing(agents.map { catalog.entries[$0].slug }, from: path)
    }
    let rivalries = competition.close.map { rivalry in
      let page = catalog.pair(rivalry.agent, rivalry.rival)
      return RivalryView(
        agent: link(rivalry.agent), summary: catalog.entries[rivalry.agent].agent.description.summary,
        rival: link(rivalry.rival), rivalSummary: catalog.entries[rivalry.rival].agent.description.summary,
        share: Wording.percent(min(rivalry.share, 0.99)),
        compareHref: page.map { path.link(to: addresses.pair($0)) } ?? compare([rivalry.agent, rivalry.rival]))
    }
    let same = competition.same.prefix(Self.groups).map { group in
      SameView(
        summary: catalog.entries[group[0]].agent.description.summary, agents: group.prefix(Self.members).map(link),
        rest: group.count - Self.members, compareHref: compare(group.prefix(Comparison.pairLimit)))
    }
    let lead = "Which agents answer a sentence, and which of them compete for the same one."
    let view = AnswersView(
      count: catalog.entries.count,
      parts: FilterData.parts(catalog.entries.count, length: FilterData.agentsLength),
      closeLead: rivalries.isEmpty
        ? "No description comes near another: whoever is described is alone with what it says."
        : "\(Wording.count(rivalries.count, "pair")): the first one’s own description, put as a question, is answered nearly as well by the second.",
      rivalries: rivalries,
      sameLead: competition.same.count > Self.groups
        ? "The largest \(Self.groups) of \(Wording.count(competition.same.count, "group"))."
        : Wording.count(same.count, "group") + ".",
      same: same)
    return render(view, "answers", at: path, kind: "answers", title: "Who answers?", description: lead)
  }

  /// A part of the descriptions, for the box.
  func descriptions(_ part: Int) -> [UInt8] {
    FilterData.descriptions(part, of: catalog.entries[filtered(part, FilterData.agentsLength)])
  }
}
