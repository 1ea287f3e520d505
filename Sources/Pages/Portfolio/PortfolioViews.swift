import Templates

/// The catalog in numbers.
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

/// A risk: how many items have it, how, and which to look at first.
struct PanelView: TemplateView {
  /// The name in addresses.
  let id: String
  let title: String
  /// The list of exactly these items.
  let href: String
  let number: String
  /// What the number is a part of; if there are none, that there are none.
  let sentence: String
  /// The length of the bar, in twentieths of all items.
  let bar: Int
  let bars: [BarView]
  let examplesTitle: String
  let examples: [LinkView]
  /// The text of the link to the list.
  let allTitle: String
  /// Whether there are none.
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

/// A part of the numbers: several ways to count with something in common.
struct PortfolioPartView: TemplateView {
  let id: String
  let title: String
  let sections: [PortfolioSectionView]
  /// What no file states, in a sentence.
  let missing: String?

  static let members: Members<PortfolioPartView> = [
    "id": Member { $0.id },
    "title": Member { $0.title },
    "sections": Member { $0.sections },
    "missing": Member { $0.missing },
  ]
}

/// A way to count the agents, as a chart.
struct PortfolioSectionView: TemplateView {
  let title: String
  let href: String?
  /// What is counted.
  let unit: String
  /// How many bars are on the section’s own page only.
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
