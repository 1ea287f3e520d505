import Templates

/// The catalog in numbers.
struct PortfolioView: TemplateView {
  let lead: String
  let dataHref: String
  let sections: [PortfolioSectionView]

  static let members: Members<PortfolioView> = [
    "lead": Member { $0.lead },
    "dataHref": Member { $0.dataHref },
    "sections": Member { $0.sections },
  ]
}

/// A way to sort the agents, with how many there are of each kind.
struct PortfolioSectionView: TemplateView {
  let title: String
  let href: String?
  /// Whether the rows are rules, and what is counted are files.
  let isRules: Bool
  /// How many rows stand on the section's own page only.
  let rest: Int
  /// Whether the rows say how many tokens descriptions take.
  let hasTokens: Bool
  let rows: [PortfolioRowView]

  static let members: Members<PortfolioSectionView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "isRules": Member { $0.isRules },
    "rest": Member { $0.rest > 0 ? $0.rest : nil },
    "hasTokens": Member { $0.hasTokens },
    "rows": Member { $0.rows },
  ]
}

/// A kind of agents, and how many there are.
struct PortfolioRowView: TemplateView {
  let title: String
  let href: String
  let number: String
  let share: String
  /// The length of the bar, in twentieths of the longest.
  let bar: Int
  let tokens: String
  let isUnstated: Bool

  static let members: Members<PortfolioRowView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "share": Member { $0.share },
    "bar": Member { "w\($0.bar)" },
    "tokens": Member { $0.tokens },
    "isUnstated": Member { $0.isUnstated },
  ]
}
