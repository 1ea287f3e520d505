import Catalogs

/// The five cells (and a sixth for what is not known) that show what an agent's tools let it do.
struct ReachView: TemplateView {
  let reach: Reach

  static let members: [String: @Sendable (ReachView) -> Any?] = [
    "bypassesPermissions": { $0.reach.bypassesPermissions },
    "sentence": { $0.reach.sentence.capitalisedFirst },
    "cells": { view in
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

  static let members: [String: @Sendable (CellView) -> Any?] = ["mark": { $0.mark }]
}

/// An agent in a list, or at the head of a column.
struct RowView: TemplateView {
  let name: String
  let href: String
  let qualifier: String?
  let variantsHref: String?
  let variantsCount: Int
  let summary: String
  let category: String
  let model: String?
  let spine: String
  let reach: String
  let toolCount: String
  let exampleCount: Int
  let tokens: String
  let weight: String
  let findingCount: Int
  let findingSeverity: String
  let showsCategory: Bool

  static let members: [String: @Sendable (RowView) -> Any?] = [
    "name": { $0.name },
    "href": { $0.href },
    "qualifier": { $0.qualifier },
    "variantsHref": { $0.variantsHref },
    "variantsCount": { $0.variantsCount },
    "summary": { $0.summary.ifAny },
    "category": { $0.category },
    "model": { $0.model },
    "spine": { $0.spine },
    "reach": { $0.reach },
    "toolCount": { $0.toolCount },
    "exampleCount": { $0.exampleCount },
    "tokens": { $0.tokens },
    "weight": { $0.weight },
    "findingCount": { $0.findingCount > 0 ? $0.findingCount : nil },
    "findingSeverity": { $0.findingSeverity },
    "showsCategory": { $0.showsCategory },
  ]
}

/// A list of agents, or one page of it.
struct ListView: TemplateView {
  /// HTML: the rows, each rendered once for all lists that it stands in.
  let rows: String
  let shownCount: Int
  let categoryTitle: String?
  let firstRow: Int
  let rowCount: Int
  let pageLinks: [LinkView]
  let previousHref: String?
  let nextHref: String?

  static let members: [String: @Sendable (ListView) -> Any?] = [
    "rows": { $0.rows },
    "showsCategory": { $0.categoryTitle != nil },
    "categoryTitle": { $0.categoryTitle },
    "hasPages": { $0.pageLinks.count > 1 },
    "pageLinks": { $0.pageLinks },
    "previousHref": { $0.previousHref },
    "nextHref": { $0.nextHref },
    "firstRow": { $0.firstRow },
    "lastRow": { $0.firstRow + $0.shownCount - 1 },
    "rowCount": { $0.rowCount },
  ]
}

/// The front page.
struct IndexView: TemplateView {
  let siteDescription: String
  let figures: [LinkView]
  let facets: [FacetView]
  let list: ListView

  static let members: [String: @Sendable (IndexView) -> Any?] = ListView.members(
    of: { $0.list },
    and: [
      "siteDescription": { $0.siteDescription.ifAny },
      "figures": { $0.figures },
      "facets": { $0.facets },
      "isEmpty": { $0.list.shownCount == 0 },
    ])
}

/// A taxonomy beside the list: its terms with most agents.
struct FacetView: TemplateView {
  let title: String
  let href: String
  let termCount: Int
  let terms: [LinkView]

  static let members: [String: @Sendable (FacetView) -> Any?] = [
    "title": { $0.title },
    "href": { $0.href },
    "termCount": { $0.termCount },
    "terms": { $0.terms },
  ]
}

/// All terms of a taxonomy.
struct TermsView: TemplateView {
  let heading: String
  let lead: String
  let terms: [LinkView]

  static let members: [String: @Sendable (TermsView) -> Any?] = [
    "heading": { $0.heading },
    "lead": { $0.lead },
    "terms": { $0.terms },
  ]
}

/// A term with its agents.
struct TermView: TemplateView {
  let taxonomyTitle: String
  let heading: String
  let lead: String
  let list: ListView
  let documents: [LinkView]

  static let members: [String: @Sendable (TermView) -> Any?] = ListView.members(
    of: { $0.list },
    and: [
      "taxonomyTitle": { $0.taxonomyTitle },
      "heading": { $0.heading },
      "lead": { $0.lead },
      "hasDocuments": { !$0.documents.isEmpty },
      "documents": { $0.documents },
    ])
}
