import Templates

/// The portfolio page.
struct PortfolioView: TemplateView {
  let lead: String
  let dataHref: String
  let panels: [PanelView]
  let parts: [PortfolioPartView]

  static let members: Members<PortfolioView> = [
    "lead": Member { $0.lead },
    "dataHref": Member { $0.dataHref },
    "panels": Member { $0.panels },
    "parts": Member { $0.parts },
  ]
}

/// A risk, with the number of affected items, a breakdown, and examples.
struct PanelView: TemplateView {
  /// The identifier in addresses.
  let id: String
  let title: String
  /// The link to the list of these items.
  let href: String
  let number: String
  /// The share of all items, or a statement that there are none.
  let sentence: String
  /// The length of the bar, in twentieths of all items.
  let bar: Int
  let bars: [BarView]
  let examplesTitle: String
  let examples: [LinkView]
  /// The text of the link to the list.
  let allTitle: String
  /// Whether no items are affected.
  let isCalm: Bool

  static let members: Members<PanelView> = [
    "id": Member { $0.id },
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "sentence": Member { $0.sentence },
    "bar": Member { "w\($0.bar)" },
    "hasBars": Member { !$0.bars.isEmpty },
    "bars": Member { $0.bars },
    "examplesTitle": Member { $0.examplesTitle },
    "examples": Member { $0.examples },
    "allTitle": Member { $0.allTitle },
    "isCalm": Member { $0.isCalm },
  ]
}

/// A group of related charts.
struct PortfolioPartView: TemplateView {
  let id: String
  let title: String
  let sections: [PortfolioSectionView]
  /// The properties that no file states, as a sentence.
  let missing: String?

  static let members: Members<PortfolioPartView> = [
    "id": Member { $0.id },
    "title": Member { $0.title },
    "sections": Member { $0.sections },
    "missing": Member { $0.missing },
  ]
}

/// A chart of the agents by one property.
struct PortfolioSectionView: TemplateView {
  let title: String
  let href: String?
  /// The noun for the counted items.
  let unit: String
  /// The number of bars that only the section's own page shows.
  let rest: Int
  let bars: [BarView]

  static let members: Members<PortfolioSectionView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "unit": Member { $0.unit },
    "rest": Member { $0.rest > 0 ? Wording.number($0.rest) : nil },
    "bars": Member { $0.bars },
  ]
}
