import Catalogs
import Files
import Likenesses
import Templates
import Text

/// A comparison as a standalone page, which can be sent to others as a single file.
struct StandaloneComparison {
  private let comparison: ComparisonInputs

  /// Collects the inputs.
  ///
  /// - Parameters:
  ///   - agents: The agents, as indices into the catalog.
  ///   - likenesses: The similarities of all pairs.
  ///   - labels: The labels of the agents, shown beside their names. If nil, agents with the same name are labeled with
  ///     their slugs.
  init(of agents: [Int], _ likenesses: [Likeness.Pair], labels: [String]?, in site: SiteIndex) {
    let entries = agents.map { site.catalog.entries[$0] }
    let comparison = Comparison(
      of: agents, title: (labels ?? entries.map(\.agent.name)).joined(before: "and"), likenesses)
    self.comparison = ComparisonInputs(comparison, lead: "", at: nil, labels: labels, in: site)
  }

  /// Renders the page.
  func bytes(_ renderer: PageRenderer) throws(SourceChanged) -> [UInt8] {
    let view = AloneView(
      language: renderer.settings.language, style: renderer.style, comparison: try comparison.view(at: nil, renderer))
    return renderer.render(view, as: "alone")
  }
}
