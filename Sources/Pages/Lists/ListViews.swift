import Agents
import Catalogs
import Templates

/// The five cells (and a sixth for what is not known) that show what an agent's tools let it do.
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
  let qualifier: String?
  let variantsHref: String?
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
  let showsCategory: Bool
  /// What it is, unless it is an agent.
  let kind: String?
  /// `new` or `changed`, where it came or was changed lately.
  let lately: String?

  static let members: Members<RowView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "qualifier": Member { $0.qualifier },
    "variantsHref": Member { $0.variantsHref },
    "variantsCount": Member { $0.variantsCount },
    "summary": Member { $0.summary },
    "category": Member { $0.category },
    "model": Member { Identifier($0.model) },
    "spine": Member { $0.spine },
    "reach": Member { $0.reach },
    "toolCount": Member { $0.toolCount },
    "exampleCount": Member { $0.exampleCount },
    "tokens": Member { $0.tokens },
    "weight": Member { $0.weight },
    "findingCount": Member { $0.findingCount > 0 ? $0.findingCount : nil },
    "findingSeverity": Member { $0.findingSeverity },
    "showsCategory": Member { $0.showsCategory },
    "kind": Member { $0.kind },
    "lately": Member { $0.lately },
  ]
}

/// A list of agents, or one page of it.
struct ListView: TemplateView {
  let rows: Rows
  let categoryTitle: String?
  let isEmpty: Bool
  let paging: PagingView

  static let members: Members<ListView> = PagingView.members(
    of: { $0.paging },
    and: [
      "rows": Member { $0.rows },
      "showsCategory": Member { $0.categoryTitle != nil },
      "categoryTitle": Member { $0.categoryTitle },
      "isEmpty": Member { $0.isEmpty },
    ])
}

extension ListView {
  /// A page of a list of agents.
  ///
  /// - Parameters:
  ///   - agents: all agents of the list.
  ///   - others: the number of other things that stand beside them, as many on a page.
  ///   - page: the number of the page, from 1.
  ///   - address: the address of a page of the list.
  init(
    _ agents: [Int], and others: Int = 0, page: Int, at path: SitePath, in site: SiteIndex, address: (Int) -> SitePath
  ) {
    self.init(
      rows: Rows(agents[Paging.range(of: page, in: agents.count)], at: path, in: site),
      categoryTitle: site.showsCategory ? "Category" : nil, isEmpty: agents.isEmpty,
      paging: PagingView(max(agents.count, others), Paging.agents, page: page, at: path, address: address))
  }
}

/// The way from a page of a list to the others.
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
    "firstRow": Member { $0.firstRow },
    "lastRow": Member { $0.lastRow },
    "rowCount": Member { $0.rowCount },
  ]
}

extension PagingView {
  /// Links to the first page, the last, and those around this one.
  ///
  /// - Parameters:
  ///   - count: the number of items of the list.
  ///   - length: the number of items of a page.
  ///   - page: the number of the page, from 1.
  ///   - address: the address of a page of the list.
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
  /// Examples of tasks below the box of the search; nil where there is no box.
  let ask: [LinkView]?
  let siteDescription: String
  let figures: [LinkView]
  let news: [NewsView]
  let facets: [FacetView]
  let list: ListView
  let filter: FilterView

  static let members: Members<IndexView> = ListView.members(
    of: { $0.list },
    and: FilterView.members(
      of: { $0.filter },
      and: [
        "hasAsk": Member { $0.ask != nil },
        "examples": Member { $0.ask ?? [] },
        "siteDescription": Member { $0.siteDescription },
        "figures": Member { $0.figures },
        "hasFilter": Member { $0.list.paging.rowCount > 1 },
        "hasNews": Member { !$0.news.isEmpty },
        "news": Member { $0.news },
        "facets": Member { $0.facets },
      ]))
}

/// An agent that has come or has changed lately.
struct NewsView: TemplateView {
  let name: String
  let href: String
  let spine: String
  /// When, for people.
  let day: String
  /// When, for machines.
  let date: String
  /// Whether it came then, rather than changed.
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

/// All terms of a taxonomy.
struct TermsView: TemplateView {
  let heading: String
  let lead: String
  let terms: [LinkView]
  let paging: PagingView

  static let members: Members<TermsView> = PagingView.members(
    of: { $0.paging },
    and: [
      "heading": Member { $0.heading },
      "lead": Member { $0.lead },
      "terms": Member { $0.terms },
    ])
}

/// A term with its agents.
struct TermView: TemplateView {
  let taxonomyTitle: String
  let heading: String
  let lead: String
  /// What a collection says of itself; nil of other terms.
  let about: CollectionView?
  /// How many tokens the descriptions of its agents take.
  let descriptionTokens: String
  /// How many findings its agents have, in words.
  let findings: String?
  /// The index with the filter set, of a term that nearly all agents have; nil where the page lists them.
  let indexHref: String?
  /// How many agents the catalog has.
  let indexCount: String?
  let list: ListView
  /// Nil where the list is too short to be filtered.
  let filter: FilterView?
  let documents: [LinkView]

  static let members: Members<TermView> = ListView.members(
    of: { $0.list },
    and: [
      "hasFilter": Member { $0.filter != nil },
      "filterParts": Member { $0.filter?.parts },
      "filterWithin": Member { $0.filter?.within },
      "facets": Member { _ in [FacetView]() },
      "taxonomyTitle": Member { $0.taxonomyTitle },
      "heading": Member { $0.heading },
      "lead": Member { $0.lead },
      "about": Member { $0.about.map { [$0] } ?? [] },
      "descriptionTokens": Member { $0.descriptionTokens },
      "findings": Member { $0.findings },
      "indexHref": Member { $0.indexHref },
      "indexCount": Member { $0.indexCount },
      "hasDocuments": Member { !$0.documents.isEmpty },
      "documents": Member { $0.documents },
    ])
}

/// What a collection says of itself.
struct CollectionView: TemplateView {
  let description: String?
  let version: String?
  let owner: String?
  let homepage: String?

  static let members: Members<CollectionView> = [
    "description": Member { $0.description },
    "version": Member { $0.version },
    "owner": Member { $0.owner },
    "homepage": Member { $0.homepage },
  ]
}
