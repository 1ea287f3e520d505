import Agents
import Catalogs
import Differences
import Files
import Likenesses
import Templates

/// The comparison page of two agents: their fields and the differences of their prompts.
struct PairPage: PageKind {
  let site: SiteIndex
  let pair: Pair

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    DifferencesView.self, PairNameView.self, DiffPartView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.pairs.map { PairPage(site: site, pair: $0) }
  }

  static func path(_ id: String) -> SitePath { SitePath("compare", id + ".html") }

  var path: SitePath { Self.path(pair.id) }

  func inputs() -> Inputs {
    Inputs(comparison: ComparisonInputs(pair.comparison, lead: "", pairLikeness: pair.likeness, at: path, in: site))
  }

  struct Inputs: PageInputs {
    let comparison: ComparisonInputs

    func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView {
      let view = try comparison.view(at: path, renderer)
      return PageView(
        template: "comparison", kind: "pair", title: "\(comparison.title) compared",
        description: view.sentence?.text ?? "", content: view)
    }
  }
}

/// Wording about two prompts.
enum PairWording {
  /// Returns the numbers of words that both prompts or only one of them contain.
  static func summary(_ diff: SectionDiff) -> String {
    let counts = diff.counts
    return "\(Wording.count(counts.same, "word")) in both, \(Wording.number(counts.removed)) only in the first, "
      + "\(Wording.number(counts.added)) only in the second."
  }
}

extension DifferencesView {
  /// Creates the differences of two prompts.
  ///
  /// - Parameter path: The path of the page, which links to unchanged lines. Nil for a standalone page, which contains
  ///   them.
  init(_ left: AgentInputs, _ right: AgentInputs, at path: SitePath?) throws(SourceChanged) {
    let diff = SectionDiff(try left.sections(), try right.sections())
    self.init(
      names: [left, right].map { PairNameView(name: $0.agent.name, path: $0.agent.source.publishedLabel) },
      summary: PairWording.summary(diff), wholeHref: path?.comparing([left.place.id, right.place.id]),
      parts: DiffHTML.parts(diff, fold: path.map { .link($0.link(to: left.place.address)) } ?? .lines))
  }
}
