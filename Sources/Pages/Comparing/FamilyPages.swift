import Agents
import Catalogs
import Differences

/// What the page of a group says beside the tables: what its prompts have in common, and what was decided about them.
extension Site {
  /// What the prompts of a group have in common; nil of two, which have a page of their own, and where they are not held against each other.
  func family(_ comparison: Comparison, at path: SitePath?) throws(SourceChanged) -> FamilyView? {
    guard comparison.agents.count > 2, let typical = comparison.typical else { return nil }
    var sections: [[Section]] = []
    for agent in comparison.agents { sections.append(try self.sections(catalog.entries[agent])) }
    let others = comparison.agents.indices.filter { $0 != typical }
    // What is another text altogether has no share in the core, and nothing is gained by telling it line by line.
    let kin = others.filter { (comparison.likeness(typical, $0)?.similarity ?? 0) >= Self.kinship }
    guard !kin.isEmpty else { return nil }
    let core = SharedCore(of: sections[typical], and: kin.map { sections[$0] })
    let measure = catalog.entries[comparison.agents[typical]]
    let name = title(comparison.agents[typical], in: comparison)
    let all =
      kin.count == others.count
      ? "all of them" : "\(Wording.number(kin.count + 1)) of these \(Wording.number(others.count + 1))"
    return FamilyView(
      measure: name, all: all, core: DiffHTML.core(core), lineCount: core.lineCount,
      members: zip(kin, core.differences).map { other, difference in
        member(other, of: comparison, typical, measure, difference, at: path)
      })
  }

  /// From which share of runs in common on two prompts have something to share.
  private static let kinship = 0.2

  private func member(
    _ place: Int, of comparison: Comparison, _ typical: Int, _ measure: Catalog.Entry, _ difference: SectionDiff,
    at path: SitePath?
  ) -> FamilyMemberView {
    let index = comparison.agents[place]
    let entry = catalog.entries[index]
    let likeness = comparison.likeness(typical, place)
    return FamilyMemberView(
      name: entry.agent.name, href: path?.link(to: addresses.agent(index)),
      qualifier: entry.qualifier,
      kind: likeness.map { FieldDifference(measure.agent, entry.agent).kind($0) } ?? "",
      compareHref: pairLink(comparison.agents[typical], index, from: path),
      parts: DiffHTML.changes(difference))
  }

  /// What an agent is called among those of a comparison.
  private func title(_ index: Int, in comparison: Comparison) -> String {
    let entry = catalog.entries[index]
    return entry.qualifier.map { "\(entry.agent.name) (\($0))" } ?? entry.agent.name
  }

  /// What was decided about agents of a comparison.
  func decisions(_ comparison: Comparison, at path: SitePath?) -> [DecisionView] {
    catalog.decisions(about: comparison).map { decided in
      let count = comparison.agents.count { decided.agents.contains($0) }
      let some = count < comparison.agents.count ? " \(Wording.number(count)) of these" : " these"
      let verdict =
        switch decided.decision.verdict {
        case .keep: "Decided: of\(some), one is kept:"
        case .merge: "Decided:\(some) are merged into one:"
        case .intended: "Decided:\(some) are alike on purpose, and all stay."
        }
      return DecisionView(
        verdict: verdict, href: decided.kept.flatMap { path?.link(to: addresses.agent($0)) },
        name: decided.kept.map { title($0, in: comparison) }, note: decided.decision.note)
    }
  }
}
