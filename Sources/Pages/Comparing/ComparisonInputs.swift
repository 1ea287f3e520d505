import Agents
import Catalogs
import Files
import Likenesses
import Templates

/// The inputs of a comparison.
struct ComparisonInputs: Sendable, Encodable {
  let title: String
  let lead: String
  /// The number of all agents, including those that are not shown.
  let count: Int
  /// The agents shown.
  let columns: [ComparedAgent]
  /// The similarities of all pairs, by column index; empty if not every pair was compared.
  private let likenesses: ComparedPairs
  /// The index of the agent that is most similar to all others; nil if not every pair was compared.
  let typical: Int?
  /// The pages of pairs, by column index.
  private let pairs: [PairLink]
  private let decisions: [DecisionView]
  /// The labels of the agents, shown beside their names. If nil, agents with the same name are labeled with their
  /// slugs.
  private let labels: [String]?
  /// The picture, for more than two agents.
  private let picture: ClusterPicture?

  /// The page of a pair of agents.
  private struct PairLink: Encodable {
    let left: Int
    let right: Int
    let path: SitePath
  }

  /// Collects the inputs.
  ///
  /// - Parameters:
  ///   - comparison: The comparison.
  ///   - lead: The reason for the comparison; empty if the summary sentence states it.
  ///   - pairLikeness: The similarity of a pair, if the comparison does not contain it.
  ///   - path: The path of the page, or nil for a standalone page without links.
  ///   - labels: The labels of the agents, shown beside their names.
  init(
    _ comparison: Comparison, lead: String, pairLikeness: Likeness? = nil, at path: SitePath?,
    labels: [String]? = nil, in site: SiteIndex
  ) {
    self.labels = labels
    let shown = comparison.agents.prefix(Comparison.pairLimit)
    title = comparison.title
    self.lead = lead
    count = comparison.agents.count
    columns = shown.map { ComparedAgent($0, at: path, in: site) }
    likenesses = pairLikeness.map(ComparedPairs.init(ofTwo:)) ?? ComparedPairs(comparison)
    typical = comparison.typical
    var pairs: [PairLink] = []
    if path != nil {
      for left in shown.indices {
        for right in shown.indices.dropFirst(left + 1) {
          guard let pair = site.catalog.pair(shown[left], shown[right]) else { continue }
          pairs.append(PairLink(left: left, right: right, path: site.addresses.pair(pair)))
        }
      }
    }
    self.pairs = pairs
    decisions = DecisionView.all(about: comparison, at: path, in: site)
    picture = count > 2 ? ClusterPicture(comparison, at: path, in: site) : nil
  }

  /// Returns the similarity of two agents, by column index; nil if it is unknown.
  func likeness(_ one: Int, _ other: Int) -> Likeness? { likenesses.likeness(one, other) }

  /// Returns the link to the page of two agents, if they have one.
  func pairLink(_ one: Int, _ other: Int, from path: SitePath?) -> String? {
    guard let path else { return nil }
    let (left, right) = (min(one, other), max(one, other))
    return pairs.first { $0.left == left && $0.right == right }.map { path.link(to: $0.path) }
  }

  /// Creates the view.
  ///
  /// - Parameter path: The path of the page, or nil for a standalone page without links.
  func view(at path: SitePath?, _ renderer: PageRenderer) throws(SourceChanged) -> ComparisonView {
    var agents: [AgentInputs] = []
    var facts: [ComparedFacts] = []
    var cells: [ComparisonColumn] = []
    for column in columns {
      let inputs = column.agent.inputs
      agents.append(inputs)
      facts.append(try ComparedFacts(inputs))
      cells.append(try ComparisonColumn(inputs, column.links, renderer))
    }
    let shown = ComparedFacts.folded(facts)
    var groups = ComparisonColumn.lines(shown.map { group in .merged(group.map { cells[$0] }) })
    groups[0].lines.insert(contentsOf: promptLines(shown, at: path), at: 0)
    let heads = shown.enumerated().map { place, group in
      var row = renderer.columnHead(group.map { agents[$0] }, at: path)
      if let labels { row.qualifier = group.map { labels[$0] }.joined(separator: ", ") }
      return ColumnView(row: row, position: "\(place + 1) of \(shown.count)")
    }
    let isPair = agents.count == 2
    var differences: DifferencesView?
    if isPair, facts[0].prompt != facts[1].prompt {
      differences = try DifferencesView(agents[0], agents[1], at: path)
      differences?.pairHref = pairs.first.flatMap { $0.path == path ? nil : path?.link(to: $0.path) }
    }
    return ComparisonView(
      heading: title, sentence: ComparisonSentence(facts, likenesses.all, of: count),
      lead: lead,
      limitNote: columns.count < count
        ? "The first \(columns.count) of \(Wording.number(count)); more would not fit side by side." : nil,
      family: try family(agents, at: path),
      differences: differences, decisions: decisions, columns: heads, picture: picture?.markup ?? "",
      groups: groups.filter { !$0.lines.isEmpty },
      sections: isPair ? [] : headingLines(shown.map { agents[$0[0]] }, heads),
      agents: isPair ? [] : agents.map { renderer.columnHead([$0], at: path) },
      pairs: isPair ? [] : pairLines(agents, at: path))
  }

  /// Returns a row with the similarity of each prompt to the baseline, for more than two agents. The baseline is the
  /// prompt that is most similar to all others.
  private func promptLines(_ shown: [[Int]], at path: SitePath?) -> [LineView] {
    guard count > 2, shown.count > 1, let typical else { return [] }
    let values = shown.map { group -> HTML in
      guard !group.contains(typical) else { return "<span class=\"quiet\">baseline</span>" }
      guard let likeness = likeness(group[0], typical) else { return ComparisonColumn.none }
      let kind =
        likeness.isIdentical
        ? "same as baseline" : likeness.percent == 0 ? "different" : "\(likeness.percent)% similar"
      let page = pairLink(typical, group[0], from: path)
      return page.map { "<a href=\"\($0)\">\(kind)</a>" } ?? HTML(text: kind)
    }
    return [LineView(title: "Prompt", values: values, marksSame: false)]
  }

  private func headingLines(_ agents: [AgentInputs], _ columns: [ColumnView]) -> [LineView] {
    Comparison.sections(of: agents.map(\.agent)).map { section in
      LineView(
        title: section.title,
        values: zip(section.ids, columns).map { id, column in
          guard let id else { return ComparisonColumn.none }
          return column.row.href.isEmpty ? "yes" : "<a href=\"\(column.row.href)#\(id)\">yes</a>"
        }, marksSame: false
      )
    }
  }

  private func pairLines(_ agents: [AgentInputs], at path: SitePath?) -> [LineView] {
    guard !likenesses.isEmpty else { return [] }
    return agents.indices.map { row in
      LineView(
        title: agents[row].place.qualifier ?? agents[row].agent.name,
        values: agents.indices.map { column in
          guard row != column else { return ComparisonColumn.none }
          guard let likeness = likeness(row, column) else { return "" }
          let share: HTML = likeness.isIdentical ? "<b>identical</b>" : HTML(text: "\(likeness.percent)%")
          let page = pairLink(row, column, from: path)
          return page.map { "<a href=\"\($0)\">\(share)</a>" } ?? share
        }, marksSame: false)
    }
  }
}

/// An agent in a comparison.
struct ComparedAgent: Sendable, Encodable {
  let agent: AgentReference
  /// The targets of its links, relative to the page.
  let links: LinkTargets

  /// Collects the inputs.
  ///
  /// - Parameter path: The path of the page, or nil for a standalone page without links.
  init(_ index: Int, at path: SitePath?, in site: SiteIndex) {
    let source = site.catalog.entries[index].agent
    agent = site.agent(index)
    links = path.map { LinkTargets(source.relativeLinks, of: source.source, at: $0, site.addresses) } ?? .none
  }
}

extension DecisionView {
  /// Returns the decisions about agents of a comparison.
  static func all(about comparison: Comparison, at path: SitePath?, in site: SiteIndex) -> [DecisionView] {
    site.catalog.decisions(about: comparison).map { decided in
      let count = comparison.agents.count { decided.agents.contains($0) }
      let some = count < comparison.agents.count ? " \(Wording.number(count)) of these" : " these"
      let verdict =
        switch decided.decision.verdict {
        case .keep: "Decision: keep one of\(some):"
        case .merge: "Decision: merge\(some) into one:"
        case .intended: "Decision: keep all of\(some); the similarity is intended."
        }
      return DecisionView(
        verdict: verdict, href: decided.kept.flatMap { path?.link(to: site.addresses.agent($0)) },
        name: decided.kept.map { site.catalog.entries[$0].qualifiedName }, note: decided.decision.note)
    }
  }
}

extension Catalog.Entry {
  /// The name, followed by the qualifier if other agents have the same name.
  fileprivate var qualifiedName: String { qualifier.map { "\(agent.name) (\($0))" } ?? agent.name }
}
