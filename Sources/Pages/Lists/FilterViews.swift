import Templates

/// What narrows a list of agents as one types and chooses.
struct FilterView: TemplateView {
  /// The parts of its data in which agents of the list stand: numbers and runs of them, `0-3,7`.
  let parts: String
  /// The facet and the value that all agents of the list have, `tools/bash`; nil for the list of all.
  let within: String?

  static let members: Members<FilterView> = [
    "filterParts": Member { $0.parts },
    "filterWithin": Member { $0.within },
  ]
}

extension FilterView {
  /// The filter of a list.
  ///
  /// - Parameters:
  ///   - agents: those of the list, in ascending order.
  ///   - within: the facet and the value that they all have, or nil for the list of all.
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

/// A way to narrow the list: its values with most agents.
struct FacetView: TemplateView {
  /// The name in addresses.
  let id: String
  let title: String
  /// The page of all its values, where there is one.
  let href: String?
  /// How many values are stated.
  let termCount: Int
  /// How many values there are, with the one for nothing stated.
  let valueCount: Int
  /// Whether only its heading is shown at first, where there are scripts to open it.
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

/// A value by which the list can be narrowed.
struct FacetValueView: TemplateView {
  /// The name in addresses.
  let id: String
  let title: String
  /// The page of its agents, where there is one.
  let href: String?
  let number: String

  static let members: Members<FacetValueView> = [
    "id": Member { $0.id },
    "title": Member { $0.title },
    "href": Member { $0.href },
    "number": Member { $0.number },
  ]
}
