import Templates

/// The terms of a taxonomy.
struct TermsView: TemplateView {
  let heading: String
  let lead: String
  /// The available orders of the list; empty if there is only one.
  let orders: [LinkView]
  let groups: [TermGroupView]
  let paging: PagingView

  static let members: Members<TermsView> = PagingView.members(
    of: { $0.paging },
    and: [
      "heading": Member { $0.heading },
      "lead": Member { $0.lead },
      "hasOrders": Member { $0.orders.count > 1 },
      "orders": Member { $0.orders },
      "groups": Member { $0.groups },
    ])
}

/// A group of terms with a heading, shown as bars, as table rows, or as links.
struct TermGroupView: TemplateView {
  var title: String?
  /// The number of terms.
  var count: String?
  var about: String?
  var bars: [BarView] = []
  /// The column headings, if the terms are rows.
  var columns: [String] = []
  var rows: [TermRowView] = []
  var links: [LinkView] = []
  /// Whether each bar has an explanation.
  var isExplained = false

  static let members: Members<TermGroupView> = [
    "title": Member { $0.title },
    "count": Member { $0.count },
    "about": Member { $0.about },
    "hasBars": Member { !$0.bars.isEmpty },
    "bars": Member { $0.bars },
    "hasRows": Member { !$0.rows.isEmpty },
    "columns": Member { $0.columns },
    "rows": Member { $0.rows },
    "hasLinks": Member { !$0.links.isEmpty },
    "links": Member { $0.links },
    "isExplained": Member { $0.isExplained },
  ]
}

/// A term, as a table row.
struct TermRowView: TemplateView {
  let title: String
  /// The term as written in files, if its title differs.
  let name: String?
  let href: String
  let number: String
  /// The length of the bar, in twentieths of the longest.
  let bar: Int
  let cells: [TermCellView]

  static let members: Members<TermRowView> = [
    "title": Member { $0.title },
    "name": Member { $0.name },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "bar": Member { "w\($0.bar)" },
    "cells": Member { $0.cells },
  ]
}

/// A number in a table row.
struct TermCellView: TemplateView {
  /// The column heading, for narrow windows.
  let title: String
  let number: String
  /// The CSS class for the color.
  var tone: String?

  static let members: Members<TermCellView> = [
    "title": Member { $0.title },
    "number": Member { $0.number },
    "tone": Member { $0.tone },
  ]
}

/// A term and its agents.
struct TermView: TemplateView {
  let taxonomyTitle: String
  /// The link to the page of the taxonomy.
  let taxonomyHref: String
  let heading: String
  /// The term as written in files, if its title differs.
  let name: String?
  let lead: String
  /// The description of a collection in its own files; nil for other taxonomies.
  let about: CollectionView?
  /// The contacts of an owner; empty for other taxonomies.
  var contacts: [LinkView] = []
  /// The charts that summarize the agents.
  let charts: [ChartView]
  /// Terms that the agents often have in addition to this one.
  let related: [LinkView]
  /// The tokens of the descriptions and the numbers of findings.
  let note: String?
  /// The link to the index, filtered by this term, if nearly all agents have it; nil if the page lists them.
  let indexHref: String?
  /// The number of agents in the catalog.
  let indexCount: String?
  let list: ListView
  /// The filter; nil if the list is too short for one.
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
      "taxonomyHref": Member { $0.taxonomyHref },
      "name": Member { $0.name },
      "heading": Member { $0.heading },
      "lead": Member { $0.lead },
      "about": Member { $0.about.map { [$0] } ?? [] },
      "hasContacts": Member { !$0.contacts.isEmpty },
      "contacts": Member { $0.contacts },
      "hasCharts": Member { !$0.charts.isEmpty },
      "charts": Member { $0.charts },
      "hasRelated": Member { !$0.related.isEmpty },
      "related": Member { $0.related },
      "note": Member { $0.note },
      "indexHref": Member { $0.indexHref },
      "indexCount": Member { $0.indexCount },
      "hasDocuments": Member { !$0.documents.isEmpty },
      "documents": Member { $0.documents },
    ])
}

/// The description of a collection in its own files.
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
