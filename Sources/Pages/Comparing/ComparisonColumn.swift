import Agents
import Files
import Templates

/// An agent as a column of a comparison: its properties, tools and fields, independent of the other columns.
///
/// Prepared pages join columns here. The browser joins the same columns, as data, for selected agents.
struct ComparisonColumn {
  /// What an agent says of a line of the table.
  struct Cell {
    let title: String
    /// Nil where it says nothing, and the line is left out if nobody does.
    let value: HTML?
    /// Whether copies that share the column say different things.
    var isMixed = false
  }

  /// Lines of the table that belong together.
  enum Group: Int, CaseIterable {
    case properties, tools, otherFields

    /// The heading of the lines that differ; the first group needs none.
    var title: String {
      switch self {
      case .properties: ""
      case .tools: "Tools"
      case .otherFields: "Other fields"
      }
    }

    /// The heading of the lines that are equal.
    var equalTitle: String {
      switch self {
      case .properties: "Equal"
      case .tools: "Equal tools"
      case .otherFields: "Other equal fields"
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

  /// The lines of columns side by side: those that any has, in the order in which they come. Lines that differ come
  /// first.
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

  /// One column for several copies. Where they say different things, such as their files, it has all of them.
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
  /// The head of a column, of an agent or of several copies; without links where it stands alone.
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
