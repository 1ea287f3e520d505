import Agents
import Catalogs
import Templates

/// The five cells that show an agent's reach, with a sixth for unrecognized tools.
struct ReachView: TemplateView {
  let reach: Reach

  static let members: Members<ReachView> = [
    "bypassesPermissions": Member { $0.reach.bypassesPermissions },
    "sentence": Member { $0.reach.sentence.capitalisedFirst },
    "cells": Member { view in
      Reach.Ability.allCases.compactMap { ability -> CellView? in
        let grant = view.reach[ability]
        switch grant {
        case .none: return ability == .other ? nil : CellView(mark: nil)
        case .stated: return CellView(mark: ability == .other ? "dot" : "on")
        case .inherited: return CellView(mark: "all")
        }
      }
    },
  ]
}

/// A cell of a reach.
struct CellView: TemplateView {
  let mark: String?

  static let members: Members<CellView> = ["mark": Member { $0.mark }]
}

/// An agent in a list, or at the head of a column.
struct RowView: TemplateView {
  let name: String
  var href: String
  var qualifier: String?
  var variantsHref: String?
  let variantsCount: Int
  let summary: String
  let category: String
  let model: String?
  let spine: String
  let reach: HTML
  let toolCount: String
  let exampleCount: Int
  let tokens: String
  let weight: String
  let findingCount: Int
  let findingSeverity: String
  /// The number of findings, in words.
  let findings: String
  let columns: ListColumns
  let collection: String
  let runtime: String
  let approval: String
  let approvalState: String
  /// `deprecated` or `retired`, if it should no longer be used.
  let status: String?
  /// The kind, unless it is an agent.
  let kind: String?
  /// `new` or `changed`, if it was added or changed recently.
  let lately: String?
  /// The number of copies that the row represents; 1 for a single agent.
  var copiesCount = 1
  /// The copies, including this one, up to a limit.
  var copies: [CopyView] = []
  /// The page that compares the copies.
  var copiesHref: String?

  static let members: Members<RowView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "qualifier": Member { $0.qualifier },
    "variantsHref": Member { $0.variantsHref },
    "variantsCount": Member { Wording.number($0.variantsCount) },
    "summary": Member { $0.summary },
    "category": Member { $0.category },
    "model": Member { Identifier($0.model) },
    "spine": Member { $0.spine },
    "reach": Member { $0.reach },
    "toolCount": Member { $0.toolCount },
    "exampleCount": Member { Wording.number($0.exampleCount) },
    "tokens": Member { $0.tokens },
    "weight": Member { $0.weight },
    "findingCount": Member { $0.findingCount > 0 ? Wording.number($0.findingCount) : nil },
    "findingSeverity": Member { $0.findingSeverity },
    "findings": Member { $0.findings },
    "showsCategory": Member { $0.columns.hasCategory },
    "showsCollection": Member { $0.columns.hasCollection },
    "showsRuntime": Member { $0.columns.hasRuntime },
    "showsApproval": Member { $0.columns.hasApproval },
    "collection": Member { $0.collection },
    "runtime": Member { $0.runtime },
    "approval": Member { $0.approval },
    "approvalState": Member { $0.approvalState },
    "status": Member { $0.status },
    "kind": Member { $0.kind },
    "lately": Member { $0.lately },
    "hasCopies": Member { $0.copiesCount > 1 },
    "copiesCount": Member { Wording.number($0.copiesCount) },
    "copies": Member { $0.copies },
    "copiesHref": Member { $0.copiesHref },
  ]
}

/// One of the copies that a row represents.
struct CopyView: TemplateView {
  let name: String
  let href: String
  /// The qualifier that distinguishes it from items of the same name.
  let place: String?

  static let members: Members<CopyView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "place": Member { $0.place },
  ]
}

/// The optional columns of agent lists. A column is shown only if it distinguishes agents.
struct ListColumns: Sendable, Encodable {
  /// Whether agents have categories.
  let hasCategory: Bool
  /// Whether there is more than one collection.
  let hasCollection: Bool
  /// Whether there is more than one runtime.
  let hasRuntime: Bool
  /// Whether any agent has been approved.
  let hasApproval: Bool

  init(_ catalog: Catalog) {
    func isTold(_ kind: Taxonomy.Kind) -> Bool { (catalog.taxonomy(kind)?.terms.count ?? 0) > 1 }
    hasCategory = catalog.taxonomy(.categories) != nil
    hasCollection = isTold(.collections)
    hasRuntime = isTold(.runtimes)
    hasApproval = catalog.hasApprovals
  }
}

/// A page of a list of agents.
struct ListView: TemplateView {
  let rows: Rows
  let columns: ListColumns
  let isEmpty: Bool
  let paging: PagingView

  static let members: Members<ListView> = PagingView.members(
    of: { $0.paging },
    and: [
      "rows": Member { $0.rows },
      "showsCategory": Member { $0.columns.hasCategory },
      "showsCollection": Member { $0.columns.hasCollection },
      "showsRuntime": Member { $0.columns.hasRuntime },
      "showsApproval": Member { $0.columns.hasApproval },
      "isEmpty": Member { $0.isEmpty },
    ])
}

extension ListView {
  /// Creates a page of a list in which copies share a row.
  ///
  /// - Parameters:
  ///   - rows: All rows of the list.
  ///   - others: The number of other entries on the same pages, with the same number per page.
  ///   - page: The 1-based number of the page.
  ///   - address: Returns the address of a page of the list.
  init(
    _ rows: FoldedRows, and others: Int = 0, page: Int, at path: SitePath, in site: SiteIndex,
    address: (Int) -> SitePath
  ) {
    self.init(
      rows: Rows(folded: rows[Paging.range(of: page, in: rows.count)], at: path, in: site), columns: site.columns,
      isEmpty: rows.count == 0,
      paging: PagingView(max(rows.count, others), Paging.agents, page: page, at: path, address: address))
  }

  /// Creates a page of a list with a row for each agent.
  ///
  /// - Parameters:
  ///   - agents: All agents of the list.
  ///   - page: The 1-based number of the page.
  ///   - address: Returns the address of a page of the list.
  init(_ agents: [Int], page: Int, at path: SitePath, in site: SiteIndex, address: (Int) -> SitePath) {
    self.init(
      rows: Rows(agents[Paging.range(of: page, in: agents.count)], at: path, in: site), columns: site.columns,
      isEmpty: agents.isEmpty,
      paging: PagingView(agents.count, Paging.agents, page: page, at: path, address: address))
  }
}

/// The links between the pages of a list.
struct PagingView: TemplateView {
  let pageLinks: [LinkView]
  let previousHref: String?
  let nextHref: String?
  let firstRow: Int
  let lastRow: Int
  let rowCount: Int

  static let members: Members<PagingView> = [
    "hasPages": Member { $0.pageLinks.count > 1 },
    "pageLinks": Member { $0.pageLinks },
    "previousHref": Member { $0.previousHref },
    "nextHref": Member { $0.nextHref },
    "firstRow": Member { Wording.number($0.firstRow) },
    "lastRow": Member { Wording.number($0.lastRow) },
    "rowCount": Member { Wording.number($0.rowCount) },
  ]
}

extension PagingView {
  /// Creates links to the first page, the last page, and the pages around this one.
  ///
  /// - Parameters:
  ///   - count: The number of entries in the list.
  ///   - length: The number of entries per page.
  ///   - page: The 1-based number of the page.
  ///   - address: Returns the address of a page of the list.
  init(_ count: Int, _ length: Int, page: Int, at path: SitePath, address: (Int) -> SitePath) {
    let pages = Paging.pages(count, length: length)
    let shown = Paging.range(of: page, in: count, length: length)
    var links: [LinkView] = []
    var previous = 0
    for number in pages where number == 1 || number == pages.upperBound || abs(number - page) <= 2 {
      let link = LinkView(
        title: String(number), href: path.link(to: address(number)), isCurrent: number == page,
        isBehindGap: number > previous + 1)
      links.append(link)
      previous = number
    }
    self.init(
      pageLinks: links, previousHref: page > 1 ? path.link(to: address(page - 1)) : nil,
      nextHref: page < pages.upperBound ? path.link(to: address(page + 1)) : nil, firstRow: shown.lowerBound + 1,
      lastRow: shown.upperBound, rowCount: count)
  }
}

/// The front page.
struct IndexView: TemplateView {
  /// Example tasks below the search box; nil if there is no search box.
  let ask: [LinkView]?
  let siteDescription: String
  let figures: [LinkView]
  let news: [NewsView]
  let facets: [FacetView]
  let list: ListView
  let filter: FilterView
  /// Whether there is more than one agent.
  let hasFilter: Bool

  static let members: Members<IndexView> = ListView.members(
    of: { $0.list },
    and: FilterView.members(
      of: { $0.filter },
      and: [
        "hasAsk": Member { $0.ask != nil },
        "examples": Member { $0.ask ?? [] },
        "siteDescription": Member { $0.siteDescription },
        "figures": Member { $0.figures },
        "hasFilter": Member { $0.hasFilter },
        "hasNews": Member { !$0.news.isEmpty },
        "news": Member { $0.news },
        "facets": Member { $0.facets },
      ]))
}

/// An agent that was added or changed recently.
struct NewsView: TemplateView {
  let name: String
  let href: String
  let spine: String
  /// The day, for people.
  let day: String
  /// The day, for machines.
  let date: String
  /// Whether it was added on that day, rather than changed.
  let isNew: Bool
  let author: String

  static let members: Members<NewsView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "spine": Member { $0.spine },
    "day": Member { $0.day },
    "date": Member { $0.date },
    "isNew": Member { $0.isNew },
    "author": Member { $0.author },
  ]
}
