import Agents
import Catalogs
import Differences
import Files
import Likenesses
import Templates

/// The pages of two agents: their fields, then what makes one prompt of the other.
extension Site {
  func pairPage(_ index: Int) throws(SourceChanged) -> [UInt8] {
    let pair = catalog.pairs[index]
    let path = addresses.pair(index)
    let lead = self.lead(pair.likeness, pair.left, pair.right)
    let view = PairView(
      comparison: try comparison(pair.comparison, at: path, lead: lead),
      differences: try differences(pair.left, pair.right))
    return render(
      view, "pair", at: path, kind: "pair", title: "\(pair.comparison.title) compared", description: lead)
  }

  /// Agents side by side as a page that needs nothing else: for those who compare files, and send what they see to others.
  ///
  /// - Parameters:
  ///   - agents: the agents, as indices into the catalog.
  ///   - likenesses: how alike every two are.
  /// - Throws: ``SourceChanged`` where a file that it shows is not any more what it was.
  public func standaloneComparison(of agents: [Int], _ likenesses: [Likeness.Pair]) throws(SourceChanged) -> [UInt8] {
    let names = agents.map { catalog.entries[$0].agent.name }
    let comparison = Comparison(of: agents, title: names.joined(before: "and"), likenesses, in: catalog)
    let isPair = agents.count == 2
    let lead =
      isPair
      ? likenesses.first.map { self.lead($0.likeness, agents[0], agents[1]) } ?? ""
      : "\(agents.count) agents, side by side."
    let view = AloneView(
      language: catalog.settings.language, style: HTML(theme.bytes(ofAsset: "style.css")),
      comparison: try self.comparison(comparison, at: nil, lead: lead),
      differences: isPair ? try differences(agents[0], agents[1]) : nil)
    return theme.render(view, as: "alone")
  }

  /// How alike two prompts are, in a sentence or two.
  private func lead(_ likeness: Likeness, _ left: Int, _ right: Int) -> String {
    likeness.isIdentical
      ? "The prompts are the same, byte for byte. \(FieldDifference(catalog.entries[left].agent, catalog.entries[right].agent).sentence)"
      : "\(likeness.percent) % of the runs of five words in either prompt are in both."
  }

  private func differences(_ left: Int, _ right: Int) throws(SourceChanged) -> DifferencesView {
    let (left, right) = (catalog.entries[left], catalog.entries[right])
    let diff = SectionDiff(try sections(left), try sections(right))
    return DifferencesView(
      names: [left, right].map { PairNameView(name: $0.agent.name, path: $0.agent.source.publishedPath) },
      summary: summary(diff), parts: DiffHTML.parts(diff))
  }

  /// The prompt of an agent in sections.
  func sections(_ entry: Catalog.Entry) throws(SourceChanged) -> [Section] {
    entry.agent.sections(of: try texts.bytes(entry.agent.source))
  }

  private func summary(_ diff: SectionDiff) -> String {
    let counts = diff.counts
    return "\(Wording.count(counts.same, "word")) in both, \(Wording.number(counts.removed)) only in the first, "
      + "\(Wording.number(counts.added)) only in the second."
  }
}
