import Agents
import Files
import Templates

/// An agent as a column of a comparison: its properties, tools and fields, independent of the other columns.
///
/// Generated pages join the columns here. For selected agents, the browser joins the same columns from data.
struct ComparisonColumn {
  /// The cell of an agent in one row of the table.
  struct Cell {
    let title: String
    /// Nil if the agent has no value. If no agent has one, the row is left out.
    let value: HTML?
    /// Whether copies that share the column have different values.
    var isMixed = false
  }

  /// A group of rows in the table.
  enum Group: Int, CaseIterable {
    case properties, tools, otherFields

    /// The heading of the rows that differ. The first group needs none.
    var title: String {
      switch self {
      case .properties: ""
      case .tools: "Tools"
      case .otherFields: "Other fields"
      }
    }

    /// The heading of the rows that are equal.
    var equalTitle: String {
      switch self {
      case .properties: "Equal"
      case .tools: "Equal tools"
      case .otherFields: "Other equal fields"
      }
    }
  }

  /// The rows of each group, in order.
  let groups: [[Cell]]
  /// The placeholder for a tool that the agent does not list.
  let unnamedTool: HTML

  /// The placeholder for a value that is not stated.
  static let notStated: HTML = "<span class=\"quiet\">not stated</span>"
  /// The placeholder for an empty value.
  static let none: HTML = "<span class=\"quiet\">–</span>"

  /// Returns the placeholder for a row of a group that the column does not have.
  func missing(_ group: Group) -> HTML { group == .tools ? unnamedTool : Self.notStated }

  /// Returns the rows of all columns side by side, in order of first appearance. Rows that differ come first.
  static func lines(_ columns: [ComparisonColumn]) -> [LineGroupView] {
    let all = Group.allCases.map { ($0, lines($0, of: columns)) }
    func views(_ isEqual: Bool) -> [LineGroupView] {
      all.map { group, lines in
        LineGroupView(
          title: isEqual ? group.equalTitle : group.title, span: columns.count + 1, isEqual: isEqual,
          lines: lines.filter { $0.isSame == isEqual })
      }
    }
    return views(false) + views(true)
  }

  private static func lines(_ group: Group, of columns: [ComparisonColumn]) -> [LineView] {
    var titles: [String] = []
    var seen: Set<String> = []
    for column in columns {
      for cell in column.groups[group.rawValue] where cell.value != nil || group == .properties {
        if seen.insert(cell.title).inserted { titles.append(cell.title) }
      }
    }
    let cells = columns.map { column in
      Dictionary(column.groups[group.rawValue].map { ($0.title, $0) }, uniquingKeysWith: { first, _ in first })
    }
    return titles.compactMap { title in
      guard cells.contains(where: { $0[title]?.value != nil }) else { return nil }
      return LineView(
        title: title, values: zip(cells, columns).map { own, column in own[title]?.value ?? column.missing(group) },
        marksSame: !cells.contains { $0[title]?.isMixed ?? false })
    }
  }

  /// Returns one column for several copies. If a value differs among them, such as the file, the cell lists all values.
  static func merged(_ copies: [ComparisonColumn]) -> ComparisonColumn {
    guard let first = copies.first, copies.count > 1 else { return copies[0] }
    let groups = Group.allCases.map { group in
      first.groups[group.rawValue].map { cell in
        var values: [HTML] = []
        for copy in copies {
          let value = copy.groups[group.rawValue].first { $0.title == cell.title }?.value ?? copy.missing(group)
          if !values.contains(value) { values.append(value) }
        }
        guard values.count > 1 else { return cell }
        let items = values.map { "<li>\($0)</li>" as HTML }.joined()
        return Cell(title: cell.title, value: "<ul>\(items)</ul>", isMixed: true)
      }
    }
    return ComparisonColumn(groups: groups, unnamedTool: first.unnamedTool)
  }
}

extension PageRenderer {
  /// Returns the head of a column for an agent or several copies. On a standalone page, without links.
  func columnHead(_ group: [AgentInputs], at path: SitePath?) -> RowView {
    var head = rowView(group[0], at: path ?? ComparisonsPage.path(page: 1))
    if path == nil { head.href = "" }
    head.copiesCount = group.count
    head.copies = group.dropFirst().map {
      CopyView(name: $0.agent.name, href: path?.link(to: $0.place.address) ?? "", place: $0.place.qualifier)
    }
    return head
  }
}

extension ComparisonColumn {
  /// Creates the column of an agent.
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
      cell("Model", agent.model.map { "<code>\($0)</code>" } ?? notStated),
      cell("Reach", renderer.reach(record.reach)),
      cell("Tool list", statement(agent.tools)),
      text("Permission mode", agent.permissionMode),
      text("Runtime", agent.dialect.title),
      text("Loading", agent.loading.outcome.title),
      cell("When to use", whenToUse.isEmpty ? none : whenToUse),
      text("Examples", String(agent.description.examples.count)),
      text("Findings", Wording.counts(inputs.findings)),
      text("Color", agent.color),
      text("Category", record.category),
      text("Tags", agent.tags.joined(separator: ", ")),
      text("Topics", record.topics.joined(separator: ", ")),
      text("Words", Wording.number(agent.promptMeasure.words)),
      text("Tokens (estimate)", Wording.number(agent.promptMeasure.tokens)),
      text("Description tokens (estimate)", Wording.number(agent.descriptionMeasure.tokens)),
      text("Headings", String(agent.outline.count)),
      text("Collection", inputs.place.collection),
      cell("File", "<code>\(agent.source.path.description)</code>"),
    ]
  }

  private static func statement(_ tools: ToolSet) -> HTML {
    switch tools.statement {
    case .inherited: "inherits all"
    case .all: "all"
    case .switched: "all except denied"
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
    agent.otherFields.map { .init(title: $0.key.ifAny ?? "Before the first field", value: ValueHTML.html($0.value)) }
  }
}
