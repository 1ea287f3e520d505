import Agents
import Catalogs
import Files
import Templates

/// A page of the list of comparisons.
struct ComparisonsPage: PageKind {
  let site: SiteIndex
  /// The page number, counted from 1.
  let page: Int

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    ComparisonsView.self, ComparisonRowView.self, ClusterView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    Paging.pages(site.catalog.comparisons.count, length: Paging.names).map { ComparisonsPage(site: site, page: $0) }
  }

  static func navigation(in catalog: Catalog) -> [NavigationEntry] {
    [NavigationEntry(place: .tools, position: 1, title: "Compare", path: path(page: 1))]
  }

  static func path(page: Int) -> SitePath { SitePath("compare", page == 1 ? "index.html" : "index.\(page).html") }

  var path: SitePath { Self.path(page: page) }

  func inputs() -> PageView {
    let (path, comparisons) = (path, site.catalog.comparisons)
    let shown = Paging.range(of: page, in: comparisons.count, length: Paging.names)
    let rows = shown.map { index in
      let comparison = comparisons[index]
      return ComparisonRowView(
        title: comparison.title, href: path.link(to: site.addresses.comparison(index)),
        number: comparison.agents.count, why: Self.why(comparison.kind), alike: alike(comparison),
        decision: decision(comparison))
    }
    let lead =
      rows.isEmpty
      ? "No agents share a name, and no prompts are similar."
      : "Agents with the same name, agents with similar prompts, and curated groups."
    return PageView(
      template: "comparisons", kind: "comparisons", title: "Compare" + (page > 1 ? ", page \(page)" : ""),
      description: lead,
      content: ComparisonsView(
        lead: lead, comparisons: rows, clusters: clusters(shown, at: path),
        overlapsHref: path.link(to: OverlapsPage.path),
        paging: PagingView(comparisons.count, Paging.names, page: page, at: path) { Self.path(page: $0) }))
  }

  /// The maximum numbers of pictures per page, and of names per picture.
  private static let (pictures, names) = (24, 6)

  /// Returns the pictures of the largest groups on the page.
  private func clusters(_ groups: Range<Int>, at path: SitePath) -> [ClusterView] {
    let largest = groups.sorted {
      (site.catalog.comparisons[$1].agents.count, $0) < (site.catalog.comparisons[$0].agents.count, $1)
    }
    return largest.prefix(Self.pictures).map { index in
      let comparison = site.catalog.comparisons[index]
      let isOneName = Set(comparison.agents.map { site.catalog.entries[$0].record.nameKey }).count == 1
      func title(_ place: Int) -> String {
        let entry = site.catalog.entries[comparison.agents[place]]
        return isOneName ? entry.qualifier ?? entry.slug : entry.slug
      }
      return ClusterView(
        title: comparison.title, href: path.link(to: site.addresses.comparison(index)), number: comparison.agents.count,
        alike: alike(comparison),
        picture: ClusterPicture(comparison, at: path, in: site),
        dots: comparison.agents.indices.prefix(Self.names).map {
          LinkView(title: title($0), href: path.link(to: site.addresses.agent(comparison.agents[$0])))
        },
        rest: comparison.agents.count - Self.names)
    }
  }

  /// Returns the decisions about a group, as a short phrase.
  private func decision(_ comparison: Comparison) -> String? {
    let decisions = site.catalog.decisions(about: comparison).map { decided in
      let kept = decided.kept.map { site.catalog.entries[$0].slug } ?? "an agent not in this catalog"
      return switch decided.decision.verdict {
      case .keep: "keep \(kept)"
      case .merge: "merge into \(kept)"
      case .intended: "intended"
      }
    }
    return decisions.isEmpty ? nil : "Decided: " + decisions.joined(separator: "; ")
  }

  private static func why(_ kind: Comparison.Kind) -> String {
    switch kind {
    case .variants: "Same name"
    case .family: "Similar prompts"
    case .pinned: "Curated group"
    }
  }

  /// Returns a phrase for the similarity of the prompts in a group.
  private func alike(_ comparison: Comparison) -> String {
    guard let most = comparison.similarities.map(\.likeness.percent).max(),
      let least = comparison.similarities.map(\.likeness.percent).min()
    else { return nearest(in: comparison) }
    if comparison.similarities.allSatisfy(\.likeness.isIdentical) { return "All prompts are identical" }
    let identical =
      comparison.similarities.contains(where: \.likeness.isIdentical) ? "; some are identical" : ""
    let range = least == most ? "\(most)%" : "\(least)–\(most)%"
    return "\(range) similar\(identical)"
  }

  /// Returns a phrase for the similarity of the prompts in a group that is too large for comparing every pair.
  private func nearest(in comparison: Comparison) -> String {
    let members = Set(comparison.agents)
    let best = comparison.agents.compactMap { agent in
      site.catalog.entries[agent].alike.first { members.contains($0.agent) }?.likeness.percent
    }
    guard best.count == comparison.agents.count, let least = best.min() else {
      return "Not compared: too many"
    }
    return "Each at least \(least)% similar to another"
  }
}
