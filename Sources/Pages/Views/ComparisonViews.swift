/// Agents side by side.
struct ComparisonView: TemplateView {
  let heading: String
  let lead: String
  /// That not all agents stand in the table, or nil where they do.
  let limitNote: String?
  let columns: [RowView]
  let groups: [LineGroupView]
  let sections: [LineView]
  let pairs: [LineView]

  static let members: Members<ComparisonView> = [
    "heading": Member { $0.heading },
    "lead": Member { $0.lead },
    "limitNote": Member { $0.limitNote },
    "columns": Member { $0.columns },
    "groups": Member { $0.groups },
    "hasSections": Member { !$0.sections.isEmpty },
    "sections": Member { $0.sections },
    "hasPairs": Member { !$0.pairs.isEmpty },
    "pairs": Member { $0.pairs },
  ]
}

/// Lines of a comparison under one heading.
struct LineGroupView: TemplateView {
  let title: String
  let span: Int
  var lines: [LineView]

  static let members: Members<LineGroupView> = [
    "title": Member { $0.title },
    "span": Member { $0.span },
    "lines": Member { $0.lines },
  ]
}

/// A property of all agents of a comparison.
struct LineView: TemplateView {
  let title: String
  /// One for each agent.
  let values: [HTML]
  let isSame: Bool

  init(title: String, values: [HTML], marksSame: Bool = true) {
    self.title = title
    self.values = values
    isSame = marksSame && values.count > 1 && values.dropFirst().allSatisfy { $0 == values[0] }
  }

  static let members: Members<LineView> = [
    "title": Member { $0.title },
    "values": Member { $0.values },
    "isSame": Member { $0.isSame },
  ]
}

/// All agents of one name: the list, then the comparison.
struct VariantsView: TemplateView {
  let comparison: ComparisonView
  let list: ListView

  static let members: Members<VariantsView> = ComparisonView.members(
    of: { $0.comparison }, and: ListView.members(of: { $0.list }, and: [:]))
}

/// All groups that are compared.
struct ComparisonsView: TemplateView {
  let lead: String
  let comparisons: [ComparisonRowView]
  let differenceScript: String
  let compareScript: String
  let paging: PagingView

  static let members: Members<ComparisonsView> = PagingView.members(
    of: { $0.paging },
    and: [
      "lead": Member { $0.lead },
      "hasComparisons": Member { !$0.comparisons.isEmpty },
      "comparisons": Member { $0.comparisons },
      "differenceScript": Member { $0.differenceScript },
      "compareScript": Member { $0.compareScript },
    ])
}

/// A group that is compared.
struct ComparisonRowView: TemplateView {
  let title: String
  let href: String
  let number: Int
  let why: String
  let alike: String

  static let members: Members<ComparisonRowView> = [
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
    "why": Member { $0.why },
    "alike": Member { $0.alike },
  ]
}
