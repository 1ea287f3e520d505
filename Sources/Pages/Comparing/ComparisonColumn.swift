import Agents
import Catalogs
import Files
import Templates

/// An agent as a column of a comparison: what it says of each property, tool and field, whatever stands beside it.
///
/// Pages join columns that are chosen here, and the script of the page that compares any agents joins those that a person has chosen, from the same columns as data.
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

extension Site {
  /// The head of a column.
  func columnHead(_ index: Int, at path: SitePath?) -> RowView {
    var head = row(catalog.entries[index].record, place(index), at: path ?? addresses.comparisons(page: 1))
    if path == nil { head.href = "" }
    return head
  }

  /// An agent as a column, with links from a page; with none where it stands alone.
  func column(_ index: Int, at path: SitePath?) throws(SourceChanged) -> ComparisonColumn {
    let entry = catalog.entries[index]
    let whenToUse = HTML(
      try texts.rendering(entry.agent.source).whenToUse.html { destination in
        path.flatMap { addresses.resolve(destination, from: entry.agent.source, at: $0) }
      })
    return ComparisonColumn(
      groups: [properties(entry, whenToUse), tools(entry.agent.tools), otherFields(entry.agent)],
      unnamedTool: entry.agent.tools.statement == .listed
        ? ComparisonColumn.none : "<span class=\"quiet\">inherited</span>")
  }

  private func properties(_ entry: Catalog.Entry, _ whenToUse: HTML) -> [ComparisonColumn.Cell] {
    let agent = entry.agent
    func cell(_ title: String, _ value: HTML?) -> ComparisonColumn.Cell { .init(title: title, value: value) }
    func text(_ title: String, _ value: String?) -> ComparisonColumn.Cell {
      cell(title, value.flatMap(\.ifAny).map(HTML.init(text:)))
    }
    let summary = agent.description.summary.ifAny.map(HTML.init(text:)) ?? ComparisonColumn.notStated
    return [
      cell("Summary", "<span class=\"summary\">\(summary)</span>"),
      cell(
        "When to use",
        whenToUse.isEmpty ? ComparisonColumn.none : "<div class=\"long\" tabindex=\"0\">\(whenToUse)</div>"),
      text("Written for", agent.dialect.title),
      text("Loading", agent.loading.outcome.title),
      cell("Model", agent.model.map { "<code>\($0)</code>" } ?? ComparisonColumn.notStated),
      cell("Reach", reach(entry.reach)),
      cell("Tools in all", statement(agent.tools)),
      text("Permission mode", agent.permissionMode),
      text("Colour", agent.color),
      text("Category", entry.category),
      text("Tags", agent.tags.joined(separator: ", ")),
      text("Topics", entry.topics.joined(separator: ", ")),
      text("Examples", String(agent.description.examples.count)),
      text("Words", Wording.number(agent.promptMeasure.words)),
      text("Tokens, about", Wording.number(agent.promptMeasure.tokens)),
      text("Of the description, in every session", Wording.number(agent.descriptionMeasure.tokens)),
      text("Headings", String(agent.outline.count)),
      text("Findings", findingCounts(entry.findings)),
      text("Collection", catalog.collections[agent.source.collection].name),
      cell("File", "<code>\(agent.source.path.description)</code>"),
    ]
  }

  private func statement(_ tools: ToolSet) -> HTML {
    switch tools.statement {
    case .inherited: "inherits all"
    case .all: "all"
    case .switched: "all but those denied"
    case .listed: HTML(text: Wording.count(tools.allowed.count, "tool"))
    }
  }

  private func tools(_ tools: ToolSet) -> [ComparisonColumn.Cell] {
    var names: [String] = []
    var seen: Set<String> = []
    for tool in tools.allowed + tools.denied where seen.insert(tool.name).inserted { names.append(tool.name) }
    return names.map { .init(title: $0, value: toolCell($0, tools)) }
  }

  private func toolCell(_ name: String, _ tools: ToolSet) -> HTML {
    if tools.denied.contains(where: { $0.name == name }) { return "<span class=\"no\">denied</span>" }
    let specifiers = tools.allowed.filter { $0.name == name }.compactMap(\.specifier).map {
      " <code>\($0)</code>" as HTML
    }
    return "<span class=\"yes\">allowed</span>\(specifiers.joined())"
  }

  private func otherFields(_ agent: Agent) -> [ComparisonColumn.Cell] {
    agent.otherFields.map { .init(title: $0.key.ifAny ?? "before the first field", value: ValueHTML.html($0.value)) }
  }
}
