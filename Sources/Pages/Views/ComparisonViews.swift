/// Agents side by side.
struct ComparisonView: TemplateView {
  let heading: String
  let lead: String
  let columns: [RowView]
  let groups: [LineGroupView]
  let sections: [LineView]
  let pairs: [LineView]

  static let members: [String: @Sendable (ComparisonView) -> Any?] = [
    "heading": { $0.heading },
    "lead": { $0.lead },
    "columns": { $0.columns },
    "groups": { $0.groups },
    "hasSections": { !$0.sections.isEmpty },
    "sections": { $0.sections },
    "hasPairs": { !$0.pairs.isEmpty },
    "pairs": { $0.pairs },
  ]
}

/// Lines of a comparison under one heading.
struct LineGroupView: TemplateView {
  let title: String
  let span: Int
  let lines: [LineView]

  static let members: [String: @Sendable (LineGroupView) -> Any?] = [
    "title": { $0.title.ifAny },
    "span": { $0.span },
    "lines": { $0.lines },
  ]
}

/// A property of all agents of a comparison.
struct LineView: TemplateView {
  let title: String
  /// HTML, one for each agent.
  let values: [String]
  let isSame: Bool

  init(title: String, values: [String], marksSame: Bool = true) {
    self.title = title
    self.values = values
    isSame = marksSame && values.count > 1 && values.dropFirst().allSatisfy { $0 == values[0] }
  }

  static let members: [String: @Sendable (LineView) -> Any?] = [
    "title": { $0.title },
    "values": { $0.values },
    "isSame": { $0.isSame },
  ]
}

/// All agents of one name: the list, then the comparison.
struct VariantsView: TemplateView {
  let comparison: ComparisonView
  let list: ListView

  static let members: [String: @Sendable (VariantsView) -> Any?] = ComparisonView.members(
    of: { $0.comparison }, and: ListView.members(of: { $0.list }, and: [:]))
}

/// All groups that are compared.
struct ComparisonsView: TemplateView {
  let lead: String
  let comparisons: [ComparisonRowView]

  static let members: [String: @Sendable (ComparisonsView) -> Any?] = [
    "lead": { $0.lead },
    "hasComparisons": { !$0.comparisons.isEmpty },
    "comparisons": { $0.comparisons },
  ]
}

/// A group that is compared.
struct ComparisonRowView: TemplateView {
  let title: String
  let href: String
  let number: Int
  let why: String
  let alike: String

  static let members: [String: @Sendable (ComparisonRowView) -> Any?] = [
    "title": { $0.title },
    "href": { $0.href },
    "number": { $0.number },
    "why": { $0.why },
    "alike": { $0.alike },
  ]
}
