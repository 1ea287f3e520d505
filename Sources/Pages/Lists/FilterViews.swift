import Templates

/// The interactive filter of a list.
struct FilterView: TemplateView {
  /// The data parts with agents of the list, as numbers and ranges: `0-3,7`.
  let parts: String
  /// The facet value that all agents of the list share, such as `tools/bash`; nil for the list of all agents.
  let within: String?

  static let members: Members<FilterView> = [
    "filterParts": Member { $0.parts },
    "filterWithin": Member { $0.within },
  ]
}

extension FilterView {
  /// Creates the filter of a list.
  ///
  /// - Parameters:
  ///   - agents: The agents of the list, in ascending order.
  ///   - within: The facet value that they all share, or nil for the list of all agents.
  init(_ agents: [Int], within: String?) {
    var runs: [ClosedRange<Int>] = []
    for agent in agents {
      let part = agent / FilterData.agentsLength
      if let last = runs.last, last.upperBound >= part - 1 {
        runs[runs.count - 1] = last.lowerBound...part
      } else {
        runs.append(part...part)
      }
    }
    self.init(
      parts: runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(
        separator: ","),
      within: within)
  }
}

/// A facet with its most frequent values.
struct FacetView: TemplateView {
  /// The identifier in URLs.
  let id: String
  let title: String
  /// The page of all values, if there is one.
  let href: String?
  /// The number of stated values.
  let termCount: Int
  /// The number of values, including the placeholder.
  let valueCount: Int
  /// Whether it is collapsed at first, if scripts are available.
  let isFolded: Bool
  let terms: [FacetValueView]

  static let members: Members<FacetView> = [
    "id": Member { $0.id },
    "title": Member { $0.title },
    "href": Member { $0.href },
    "termCount": Member { Wording.number($0.termCount) },
    "valueCount": Member { $0.valueCount },
    "isFolded": Member { $0.isFolded },
    "terms": Member { $0.terms },
  ]
}

/// A value of a facet.
struct FacetValueView: TemplateView {
  /// The identifier in URLs.
  let id: String
  let title: String
  /// The page of its agents, if there is one.
  let href: String?
  let number: String

  static let members: Members<FacetValueView> = [
    "id": Member { $0.id },
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
  ]
}
