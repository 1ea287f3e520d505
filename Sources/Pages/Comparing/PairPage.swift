import Agents
import Catalogs
import Differences
import Files
import Likenesses
import Templates

/// The page of two agents: their fields, then the differences of their prompts.
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

/// What pages say of two prompts.
enum PairWording {
  /// How many words two prompts have in common.
  static func summary(_ diff: SectionDiff) -> String {
    let counts = diff.counts
    return "\(Wording.count(counts.same, "word")) in both, \(Wording.number(counts.removed)) only in the first, "
      + "\(Wording.number(counts.added)) only in the second."
  }
}

extension DifferencesView {
  /// The differences of two prompts.
  ///
  /// - Parameter path: the page; it links to the lines that both have. Nil for a page that stands alone, which has them
  ///   itself.
  init(_ left: AgentInputs, _ right: AgentInputs, at path: SitePath?) throws(SourceChanged) {
    let diff = SectionDiff(try left.sections(), try right.sections())
    self.init(
      names: [left, right].map { PairNameView(name: $0.agent.name, path: $0.agent.source.publishedLabel) },
      summary: PairWording.summary(diff), wholeHref: path?.comparing([left.place.id, right.place.id]),
      parts: DiffHTML.parts(diff, fold: path.map { .link($0.link(to: left.place.address)) } ?? .lines))
  }
}
