import Agents
import Catalogs
import Files
import Rules
import Templates

/// The comparison page of a group of agents.
struct ComparisonPage: PageKind {
  let site: SiteIndex
  let comparison: Comparison

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    ComparisonView.self, LineGroupView.self, LineView.self, FamilyView.self, FamilyMemberView.self, DecisionView.self,
    ColumnView.self, VariantsView.self,
  ]

  /// Agents with the same name are compared on the page of the name.
  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.comparisons.flatMap { comparison in
      comparison.address == nil
        ? [ComparisonPage(site: site, comparison: comparison)] : VariantsPage.all(of: comparison, in: site)
    }
  }

  static func path(_ id: String) -> SitePath { SitePath("compare", id + ".html") }

  var path: SitePath { Self.path(comparison.id) }

  func inputs() -> Inputs {
    let lead = comparison.kind == .pinned ? "Curated group." : ""
    return Inputs(comparison: ComparisonInputs(comparison, lead: lead, at: path, in: site))
  }

  struct Inputs: PageInputs {
    let comparison: ComparisonInputs

    func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView {
      let view = try comparison.view(at: path, renderer)
      return PageView(
        template: "comparison", kind: "comparison", title: "\(comparison.title) compared",
        description: view.sentence?.text ?? "", content: view)
    }
  }
}

/// A page of the list of all agents with the same name. The first page also compares them.
struct VariantsPage: PageKind {
  let site: SiteIndex
  let comparison: Comparison
  /// The page number, counted from 1.
  let page: Int

  static let isInSitemap = true

  /// Empty, because ``ComparisonPage`` lists these pages.
  static func all(in site: SiteIndex) -> [any PageKind] { [] }

  /// Returns the pages of a comparison.
  static func all(of comparison: Comparison, in site: SiteIndex) -> [any PageKind] {
    guard comparison.kind == .variants else { return [] }
    return Paging.pages(comparison.agents.count).map { VariantsPage(site: site, comparison: comparison, page: $0) }
  }

  /// Returns the path of a page for a shared name. Without a shared name, this is the path of the comparison.
  static func path(_ comparison: Comparison, page: Int) -> SitePath {
    comparison.address?.page(page) ?? ComparisonPage.path(comparison.id)
  }

  var path: SitePath { Self.path(comparison, page: page) }

  func inputs() -> Inputs {
    let clashes = comparison.agents.contains { index in
      site.catalog.entries[index].findings.contains { $0.rule == NameShared.rule.id && $0.severity != .note }
    }
    let lead = "\(site.catalog.counted(comparison.agents)) share this name."
    let clash = clashes ? "Some are in the same place, where only one of them loads." : ""
    return Inputs(
      title: comparison.title, lead: clashes ? "\(lead) \(clash)" : lead,
      comparison: page == 1 ? ComparisonInputs(comparison, lead: clash, at: path, in: site) : nil,
      list: Shown(
        ListView(comparison.agents, page: page, at: path, in: site) { Self.path(comparison, page: $0) }
      ),
      page: page)
  }

  struct Inputs: PageInputs {
    let title: String
    let lead: String
    /// The comparison; nil on later pages of the list.
    let comparison: ComparisonInputs?
    let list: Shown<ListView>
    let page: Int

    func page(at path: SitePath, _ renderer: PageRenderer) throws(SourceChanged) -> PageView {
      PageView(
        template: "variants", kind: "variants", title: title + (page > 1 ? ", page \(page)" : ""), description: lead,
        content: VariantsView(
          comparison: try comparison?.view(at: path, renderer) ?? ComparisonView(heading: title, lead: lead),
          list: list.view))
    }
  }
}
