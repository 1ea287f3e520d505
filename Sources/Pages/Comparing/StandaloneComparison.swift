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
    self.comparison = ComparisonInputs(comparison, lead: "", at: nil, labels: labels, in: site)
  }

  /// The page.
  func bytes(_ renderer: PageRenderer) throws(SourceChanged) -> [UInt8] {
    let view = AloneView(
      language: renderer.settings.language, style: renderer.style, comparison: try comparison.view(at: nil, renderer))
    return renderer.render(view, as: "alone")
  }
}
