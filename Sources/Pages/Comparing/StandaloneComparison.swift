import Catalogs
import Files
import Likenesses
import Templates
import Text

/// Agents side by side as a page that needs no other file, for people who compare files and send the result to others.
struct StandaloneComparison {
  private let comparison: ComparisonInputs

  /// Collects the inputs.
  ///
  /// - Parameters:
  ///   - agents: the agents, as indices into the catalog.
  ///   - likenesses: how similar every two are.
  ///   - labels: what to call the agents beside their names; nil to call those of one name by their slugs.
  init(of agents: [Int], _ likenesses: [Likeness.Pair], labels: [String]?, in site: SiteIndex) {
    let entries = agents.map { site.catalog.entries[$0] }
    let comparison = Comparison(
      of: agents, title: (labels ?? entries.map(\.agent.name)).joined(before: "and"), likenesses)
    let lead =
      agents.count == 2
      ? likenesses.first.map { PairWording.lead($0.likeness, entries[0].agent, entries[1].agent) } ?? ""
      : "\(agents.count) agents, side by side."
    self.comparison = ComparisonInputs(comparison, lead: lead, at: nil, labels: labels, in: site)
  }

  /// The page.
  func bytes(_ renderer: PageRenderer) throws(SourceChanged) -> [UInt8] {
    let columns = comparison.columns
    let view = AloneView(
      language: renderer.settings.language, style: renderer.style, comparison: try comparison.view(at: nil, renderer),
      differences: comparison.count == 2
        ? try DifferencesView(columns[0].agent.inputs, columns[1].agent.inputs, at: nil) : nil)
    return renderer.render(view, as: "alone")
  }
}
