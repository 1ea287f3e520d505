import Agents
import Files
import Templates

/// An agent as a column of a comparison: what it says of each property, tool and field, whatever stands beside it.
///
/// Pages join columns that are chosen here, and the script of the page that compares any agents joins those that a
/// person has chosen, from the same columns as data.
struct ComparisonColumn {
  /// What an agent says of a line of the table.
  struct Cell {
    let title: String
    /// Nil where it says nothing, and the line is left out if nobody does.
    let value: HTML?
  }

  /// Lines of the table that belong together.
  enum Group: Int, CaseIterable {
    case properties, tools, otherFields

    /// The heading; the first group needs none.
    var title: String {
      switch self {
      case .properties: ""
      case .tools: "Tools"
      case .otherFields: "Other fields"
      }
    }
  }

  /// For each group its lines, in order.
  let groups: [[Cell]]
  /// What stands where a tool is not named.
  let unnamedTool: HTML

  /// What stands where nothing is stated.
  static let notStated: HTML = "<span class=\"quiet\">not stated</span>"
  /// What stands where there is nothing.
  static let none: HTML = "<span class=\"quiet\">–</span>"

  /// What stands in a group where a column has no such line.
  func missing(_ group: Group) -> HTML { group == .tools ? unnamedTool : Self.notStated }

  /// The lines of columns side by side: those that any has, in the order in which they come.
  static func lines(_ columns: [ComparisonColumn]) -> [LineGroupView] {
    Group.allCases.map { group in
      var titles: [String] = []
      var seen: Set<String> = []
      for column in columns {
        for cell in column.groups[group.rawValue] where cell.value != nil || group == .properties {
          if seen.insert(cell.title).inserted { titles.append(cell.title) }
        }
      }
      let values = columns.map { column in
        Dictionary(column.groups[group.rawValue].map { ($0.title, $0.value) }, uniquingKeysWith: { first, _ in first })
      }
      return LineGroupView(
        title: group.title, span: columns.count + 1,
        lines: titles.compactMap { title in
          guard values.contains(where: { $0[title] ?? nil != nil }) else { return nil }
          return LineView(
            title: title,
            values: zip(values, columns).map { own, column in (own[title] ?? nil) ?? column.missing(group) })
        })
    }
  }
}

extension PageRenderer {
  /// The head of a column; without links where it stands alone.
  func columnHead(_ inputs: AgentInputs, at path: SitePath?) -> RowView {
    var head = rowView(inputs, at: path ?? ComparisonsPage.path(page: 1))
    if path == nil { head.href = "" }
    return head
  }
}

extension ComparisonColumn {
  /// An agent as a column.
  init(_ inputs: AgentInputs, _ links: LinkTargets, _ renderer: PageRenderer) throws(SourceChanged) {
    let agent = inputs.agent
    let whenToUse = HTML(try inputs.file.rendering().whenToUse.html { links[$0] })
    groups = [
      Self.properties(inputs, whenToUse, renderer), Self.tools(agent.tools), Self.otherFields(agent),
    ]
    unnamedTool = agent.tools.statement == .listed ? Self.none : "<span class=\"quiet\">inherited</span>"
  }

  private static func properties(
    _ inputs: AgentInputs, _ whenToUse: HTML, _ renderer: PageRenderer
  ) -> [Cell] {
    let (agent, record) = (inputs.agent, inputs.file.record)
    func cell(_ title: String, _ value: HTML?) -> Cell { .init(title: title, value: value) }
    func text(_ title: String, _ value: String?) -> Cell {
      cell(title, value.flatMap(\.ifAny).map(HTML.init(text:)))
    }
    let summary = agent.description.summary.ifAny.map(HTML.init(text:)) ?? notStated
    return [
      cell("Summary", "<span class=\"summary\">\(summary)</span>"),
      cell(
        "When to use",
        whenToUse.isEmpty ? none : "<div class=\"long\" tabindex=\"0\">\(whenToUse)</div>"),
      text("Written for", agent.dialect.title),
      text("Loading", agent.loading.outcome.title),
      cell("Model", agent.model.map { "<code>\($0)</code>" } ?? notStated),
      cell("Reach", renderer.reach(record.reach)),
      cell("Tools in all", statement(agent.tools)),
      text("Permission mode", agent.permissionMode),
      text("Color", agent.color),
      text("Category", record.category),
      text("Tags", agent.tags.joined(separator: ", ")),
      text("Topics", record.topics.joined(separator: ", ")),
      text("Examples", String(agent.description.examples.count)),
      text("Words", Wording.number(agent.promptMeasure.words)),
      text("Tokens, about", Wording.number(agent.promptMeasure.tokens)),
      text("Of the description, in every session", Wording.number(agent.descriptionMeasure.tokens)),
      text("Headings", String(agent.outline.count)),
      text("Findings", Wording.counts(inputs.findings)),
      text("Collection", inputs.place.collection),
      cell("File", "<code>\(agent.source.path.description)</code>"),
    ]
  }

  private static func statement(_ tools: ToolSet) -> HTML {
    switch tools.statement {
    case .inherited: "inherits all"
    case .all: "all"
    case .switched: "all but those denied"
    case .listed: HTML(text: Wording.count(tools.allowed.count, "tool"))
    }
  }

  private static func tools(_ tools: ToolSet) -> [Cell] {
    var names: [String] = []
    var seen: Set<String> = []
    for tool in tools.allowed + tools.denied where seen.insert(tool.name).inserted { names.append(tool.name) }
    return names.map { .init(title: $0, value: toolCell($0, tools)) }
  }

  private static func toolCell(_ name: String, _ tools: ToolSet) -> HTML {
    if tools.denied.contains(where: { $0.name == name }) { return "<span class=\"no\">denied</span>" }
    let specifiers = tools.allowed.filter { $0.name == name }.compactMap(\.specifier).map {
      " <code>\($0)</code>" as HTML
    }
    return "<span class=\"yes\">allowed</span>\(specifiers.joined())"
  }

  private static func otherFields(_ agent: Agent) -> [Cell] {
    agent.otherFields.map { .init(title: $0.key.ifAny ?? "before the first field", value: ValueHTML.html($0.value)) }
  }
}
