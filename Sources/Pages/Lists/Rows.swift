import Agents
import Files
import Templates

/// The rows of agents in a list.
struct Rows: DeferredMarkup, Encodable {
  private let agents: [AgentReference]
  /// Whether the page stands at the root of the site.
  private let isAtRoot: Bool

  init(_ agents: some Sequence<Int>, at path: SitePath, in site: SiteIndex) {
    self.agents = agents.map { site.agent($0) }
    isAtRoot = path.root.isEmpty
  }

  /// All rows.
  var markup: HTML {
    var all: HTML = ""
    for row in each { all += row }
    return all
  }

  /// Each row.
  var each: some Sequence<HTML> { agents.lazy.map { isAtRoot ? HTML(Self.atRoot($0.row.bytes)) : $0.row } }

  /// Rows are rendered for pages in folders. On a page at the root the same links lead there without the step up; no
  /// text can look like one, since quotation marks in text are escaped.
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
  /// The row of an agent, for pages in folders.
  func row(_ inputs: AgentInputs) -> HTML {
    HTML(render(rowView(inputs, at: ComparisonsPage.path(page: 1)), as: "row"))
  }

  /// An agent in a list, or at the head of a column, on a page.
  func rowView(_ inputs: AgentInputs, at path: SitePath) -> RowView {
    let (record, agent, place, findings) = (inputs.file.record, inputs.agent, inputs.place, inputs.findings)
    return RowView(
      name: agent.name, href: path.link(to: place.address), qualifier: place.qualifier,
      variantsHref: place.variants.map { path.link(to: $0) }, variantsCount: place.variantsCount,
      summary: agent.description.summary, category: record.category ?? "", model: agent.model,
      spine: Spine.name(agent.color), reach: reach(record.reach), toolCount: toolCount(agent),
      exampleCount: agent.description.examples.count, tokens: Wording.short(agent.promptMeasure.tokens),
      weight: place.weight, findingCount: findings.count,
      findingSeverity: findings.map(\.severity).min()?.rawValue ?? "", showsCategory: place.showsCategory,
      kind: agent.kind == .agent ? nil : agent.kind.noun, lately: place.lately?.rawValue)
  }

  private func toolCount(_ agent: Agent) -> String {
    switch agent.tools.statement {
    case .inherited, .all, .switched: "all"
    case .listed: String(agent.tools.allowed.count)
    }
  }
}
