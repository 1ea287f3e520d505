import Agents
import Files
import Templates

/// The rows of agents in a list.
struct Rows: DeferredMarkup, Encodable {
  /// The agents of each row: one, or several copies.
  private let groups: [[AgentReference]]
  /// Whether the page is at the root of the site.
  private let isAtRoot: Bool

  /// Creates a row for each agent.
  init(_ agents: some Sequence<Int>, at path: SitePath, in site: SiteIndex) {
    self.init(folded: agents.map { [$0] }, at: path, in: site)
  }

  /// Creates rows of one agent or several copies each.
  init(folded groups: some Sequence<[Int]>, at path: SitePath, in site: SiteIndex) {
    self.groups = groups.map { $0.map { site.agent($0) } }
    isAtRoot = path.root.isEmpty
  }

  /// All rows.
  var markup: HTML {
    var all: HTML = ""
    for row in each { all += row }
    return all
  }

  /// Each row.
  var each: some Sequence<HTML> {
    groups.lazy.map { group in
      let row = AgentReference.row(of: group)
      return isAtRoot ? HTML(Self.atRoot(row.bytes)) : row
    }
  }

  /// Returns a row adapted for a page at the root. Rows are rendered for pages in folders, so the `../` of each link is
  /// removed. Text can't look like a link, because quotation marks in text are escaped.
  private static func atRoot(_ row: [UInt8]) -> [UInt8] {
    let link = Array("href=\"../".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(row.count)
    var start = 0
    var index = 0
    while index + link.count <= row.count {
      if row[index] == link[0], row[index..<index + link.count].elementsEqual(link) {
        result += row[start..<index + link.count - 3]
        index += link.count
        start = index
      } else {
        index += 1
      }
    }
    return result + row[start...]
  }
}

extension PageRenderer {
  /// The maximum number of copies named in a row.
  private static let copiesLength = 20

  /// Returns the row of an agent, or of several copies, for pages in folders.
  func row(_ group: [AgentInputs]) -> HTML {
    let path = ComparisonsPage.path(page: 1)
    var view = rowView(group[0], at: path)
    if group.count > 1 {
      let place = group[0].place
      view.copiesCount = group.count
      view.copies = group.prefix(Self.copiesLength).map {
        CopyView(name: $0.agent.name, href: path.link(to: $0.place.address), place: $0.place.qualifier)
      }
      // The link is for a page in another folder.
      view.copiesHref = place.family.map { "../" + IndexPage.path(page: 1).link(to: $0) }
      // If all agents of the name are copies, the row already shows them.
      if place.variantsCount == group.count { view.variantsHref = nil }
    }
    return HTML(render(view, as: "row"))
  }

  /// Returns the view of an agent in a list, or at the head of a column.
  func rowView(_ inputs: AgentInputs, at path: SitePath) -> RowView {
    let (record, agent, place, findings) = (inputs.file.record, inputs.agent, inputs.place, inputs.findings)
    return RowView(
      name: agent.name, href: path.link(to: place.address), qualifier: place.qualifier,
      variantsHref: place.variants.map { path.link(to: $0) }, variantsCount: place.variantsCount,
      summary: agent.description.summary, category: DisplayNames.category(record.category ?? ""), model: agent.model,
      spine: Spine.name(agent.color), reach: reach(record.reach), toolCount: toolCount(agent),
      exampleCount: agent.description.examples.count, tokens: Wording.short(agent.promptMeasure.tokens),
      weight: place.weight, findingCount: findings.count,
      findingSeverity: findings.map(\.severity).min()?.rawValue ?? "", findings: Self.said(findings),
      columns: place.columns, collection: place.collectionTitle,
      runtime: agent.dialect.title, approval: Wording.title(place.approval.state),
      approvalState: place.approval.state.rawValue,
      status: place.lifecycle.isOver ? place.lifecycle.status?.rawValue : nil,
      kind: agent.kind == .agent ? nil : agent.kind.noun, lately: place.lately?.rawValue)
  }

  /// Returns the number of the most severe findings and of the others: `1 error, 2 more`.
  private static func said(_ findings: [Finding]) -> String {
    guard let worst = findings.map(\.severity).min() else { return "" }
    let count = findings.count { $0.severity == worst }
    let rest = findings.count - count
    return Wording.count(count, worst.rawValue) + (rest > 0 ? ", \(Wording.number(rest)) more" : "")
  }

  private func toolCount(_ agent: Agent) -> String {
    switch agent.tools.statement {
    case .inherited, .all, .switched: "all"
    case .listed: Wording.number(agent.tools.allowed.count)
    }
  }
}
