import Templates

/// A comparison of agents.
struct ComparisonView: TemplateView {
  let heading: String
  /// The summary sentence; nil if the page compares no agents.
  let sentence: ComparisonSentence?
  /// The reason for the comparison; empty if the sentence states it.
  let lead: String
  /// A note that the table does not contain all agents; nil if it does.
  let limitNote: String?
  /// The common text of the prompts, or nil.
  let family: FamilyView?
  /// The prompt differences of two agents, or nil.
  let differences: DifferencesView?
  let decisions: [DecisionView]
  let columns: [ColumnView]
  /// The picture of the similarities; empty for two agents.
  let picture: HTML
  let groups: [LineGroupView]
  let sections: [LineView]
  /// The agents of the similarity table, including copies.
  let agents: [RowView]
  let pairs: [LineView]

  static let members: Members<ComparisonView> = [
    "heading": Member { $0.heading },
    "sentence": Member { $0.sentence?.html },
    "lead": Member { $0.lead },
    "limitNote": Member { $0.limitNote },
    "family": Member { $0.family.map { [$0] } ?? [] },
    "hasDifferences": Member { $0.differences.map { [$0] } ?? [] },
    "decisions": Member { $0.decisions },
    "columns": Member { $0.columns },
    "picture": Member { $0.picture },
    "groups": Member { $0.groups },
    "hasColumns": Member { !$0.columns.isEmpty },
    "hasSections": Member { !$0.sections.isEmpty },
    "sections": Member { $0.sections },
    "agents": Member { $0.agents },
    "hasPairs": Member { !$0.pairs.isEmpty },
    "pairs": Member { $0.pairs },
  ]
}

extension ComparisonView {
  /// Creates the heading of a comparison that is on another page.
  init(heading: String, lead: String) {
    self.init(
      heading: heading, sentence: nil, lead: lead, limitNote: nil, family: nil, differences: nil, decisions: [],
      columns: [], picture: "", groups: [], sections: [], agents: [],
      pairs: [])
  }
}

/// The head of a column.
struct ColumnView: TemplateView {
  let row: RowView
  /// The position of the column: `1 of 3`.
  let position: String

  static let members: Members<ColumnView> = RowView.members(
    of: { $0.row }, and: ["position": Member { $0.position }])
}

/// Rows of a comparison under one heading.
struct LineGroupView: TemplateView {
  let title: String
  let span: Int
  /// Whether all agents have the same values in these rows.
  let isEqual: Bool
  var lines: [LineView]

  static let members: Members<LineGroupView> = [
    "title": Member { $0.title },
    "span": Member { $0.span },
    "isEqual": Member { $0.isEqual },
    "lines": Member { $0.lines },
  ]
}

/// A row of a comparison.
struct LineView: TemplateView {
  let title: String
  /// The values: one for each agent, or a single one if they are all the same.
  let values: [HTML]
  let isSame: Bool
  /// The number of columns that a value spans.
  let sameSpan: Int

  init(title: String, values: [HTML], marksSame: Bool = true) {
    self.title = title
    isSame = marksSame && values.dropFirst().allSatisfy { $0 == values[0] }
    self.values = isSame ? Array(values.prefix(1)) : values
    sameSpan = isSame ? values.count : 1
  }

  static let members: Members<LineView> = [
    "title": Member { $0.title },
    "values": Member { $0.values },
    "isSame": Member { $0.isSame },
    "sameSpan": Member { $0.sameSpan > 1 ? $0.sameSpan : nil },
  ]
}

/// All agents with the same name: the list and the comparison.
struct VariantsView: TemplateView {
  let comparison: ComparisonView
  let list: ListView

  static let members: Members<VariantsView> = ComparisonView.members(
    of: { $0.comparison }, and: ListView.members(of: { $0.list }, and: [:]))
}

/// The list of all comparisons.
struct ComparisonsView: TemplateView {
  let lead: String
  let comparisons: [ComparisonRowView]
  let clusters: [ClusterView]
  let overlapsHref: String
  let paging: PagingView

  static let members: Members<ComparisonsView> = PagingView.members(
    of: { $0.paging },
    and: [
      "lead": Member { $0.lead },
      "hasComparisons": Member { !$0.comparisons.isEmpty },
      "comparisons": Member { $0.comparisons },
      "hasClusters": Member { !$0.clusters.isEmpty },
      "clusters": Member { $0.clusters },
      "overlapsHref": Member { $0.overlapsHref },
    ])
}

/// A picture of a group.
struct ClusterView: TemplateView {
  let title: String
  let href: String
  let number: Int
  let alike: String
  let picture: ClusterPicture
  /// The agents that the dots represent, in the order of their numbers.
  let dots: [LinkView]
  /// The number of agents that are not named.
  let rest: Int

  static let members: Members<ClusterView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "alike": Member { $0.alike },
    "picture": Member { $0.picture },
    "dots": Member { $0.dots },
    "rest": Member { $0.rest > 0 ? Wording.number($0.rest) : nil },
  ]
}

/// A row in the list of comparisons.
struct ComparisonRowView: TemplateView {
  let title: String
  let href: String
  let number: Int
  let why: String
  let alike: String
  /// The decisions, as a short phrase, or nil.
  let decision: String?

  static let members: Members<ComparisonRowView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "why": Member { $0.why },
    "decision": Member { $0.decision },
    "alike": Member { $0.alike },
  ]
}
