import Agents
import Catalogs
import Differences
import Files
import Templates

extension ComparisonInputs {
  /// Returns the common text of a group's prompts. Nil for two agents, which have their own page, and if not every
  /// pair was compared.
  func family(_ agents: [AgentInputs], at path: SitePath?) throws(SourceChanged) -> FamilyView? {
    guard agents.count > 2, let typical else { return nil }
    var sections: [[Section]] = []
    for agent in agents { sections.append(try agent.sections()) }
    let others = agents.indices.filter { $0 != typical }
    // Unrelated prompts share nothing with the core, and their line-by-line differences would be useless.
    let kin = others.filter { (likeness(typical, $0)?.similarity ?? 0) >= Self.kinship }
    guard !kin.isEmpty else { return nil }
    let core = SharedCore(of: sections[typical], and: kin.map { sections[$0] })
    let place = agents[typical].place
    let name = place.qualifier.map { "\(agents[typical].agent.name) (\($0))" } ?? agents[typical].agent.name
    let all =
      kin.count == others.count
      ? "all of them" : "\(Wording.number(kin.count + 1)) of these \(Wording.number(others.count + 1))"
    return FamilyView(
      measure: name, all: all, core: DiffHTML.core(core), lineCount: core.lineCount,
      members: zip(kin, core.differences).map { other, difference in
        let inputs = agents[other]
        let likeness = likeness(typical, other)
        let isShort = path == nil || DiffHTML.changedLines(of: difference) <= Self.changesLength
        let parts = isShort ? DiffHTML.changes(difference) : []
        let more = isShort ? "Only blank lines differ." : Self.changes(difference)
        let isSame = likeness?.isIdentical ?? false
        return FamilyMemberView(
          name: inputs.agent.name, href: path?.link(to: inputs.place.address), qualifier: inputs.place.qualifier,
          kind: likeness.map { FieldDifference(agents[typical].agent, inputs.agent).kind($0) } ?? "",
          compareHref: pairLink(typical, other, from: path) ?? path?.comparing([place.id, inputs.place.id]),
          parts: parts, more: isSame || !parts.isEmpty ? "" : more, isSame: isSame)
      })
  }

  /// The maximum number of changed lines shown here. The comparison page of the pair shows longer differences.
  private static let changesLength = 40

  /// Returns the differences of two prompts as sentences.
  private static func changes(_ diff: SectionDiff) -> String {
    let counts = diff.counts
    let words =
      "+\(Wording.number(counts.added)) −\(Wording.count(counts.removed, "word")), \(Wording.number(counts.same)) unchanged."
    let touched = diff.pairs.filter { !$0.diff.isSame || $0.isMoved }
    let sections: [(String, [SectionDiff.Pair])] = [
      ("Changed", touched.filter { $0.left != nil && $0.right != nil }),
      ("Missing here", touched.filter { $0.right == nil }), ("Only here", touched.filter { $0.left == nil }),
    ]
    let lists = sections.filter { !$0.1.isEmpty }.map { title, pairs in
      "\(title): \(pairs.map { $0.title.ifAny ?? "text before the first heading" }.joined(separator: ", "))."
    }
    return ([words] + lists).joined(separator: " ")
  }

  /// The minimum similarity of prompts that count as related, as the share of common runs of words.
  private static let kinship = 0.2
}

extension AgentInputs {
  /// Returns the sections of the prompt.
  func sections() throws(SourceChanged) -> [Section] { agent.sections(of: try file.bytes()) }
}
