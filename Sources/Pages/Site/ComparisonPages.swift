import Agents
import Catalogs
import Files

/// The pages that set agents side by side.
extension Site {
  func variantsPage(_ index: Int) -> [UInt8] {
    let comparison = catalog.comparisons[index]
    let path = addresses.variants(index)
    let lead =
      "\(Wording.count(comparison.agents.count, "agent")) share this name. Installed together, they overwrite each other."
    let view = VariantsView(
      comparison: self.comparison(comparison, at: path, lead: lead),
      list: ListView(
        rows: rows(comparison.agents, at: path), shownCount: comparison.agents.count,
        categoryTitle: catalog.taxonomy(.categories).map { _ in "Category" }, firstRow: 1,
        rowCount: comparison.agents.count, pageLinks: [], previousHref: nil, nextHref: nil))
    return render(view, "variants", at: path, kind: "variants", title: comparison.title, description: lead)
  }

  func comparisonPage(_ index: Int) -> [UInt8] {
    let comparison = catalog.comparisons[index]
    let path = addresses.comparison(index)
    let lead =
      switch comparison.kind {
      case .variants: "\(Wording.count(comparison.agents.count, "agent")) of the same name, side by side."
      case .pinned: "\(Wording.count(comparison.agents.count, "agent")), put together by the keepers of this catalog."
      }
    return render(
      self.comparison(comparison, at: path, lead: lead), "comparison", at: path, kind: "comparison",
      title: "\(comparison.title) compared", description: lead)
  }

  func comparisonsPage() -> [UInt8] {
    let path = addresses.comparisons
    let rows = catalog.comparisons.indices.map { index in
      let comparison = catalog.comparisons[index]
      return ComparisonRowView(
        title: comparison.title, href: path.link(to: addresses.comparison(index)), number: comparison.agents.count,
        why: comparison.kind == .variants ? "The same name" : "Put together by hand", alike: alike(comparison))
    }
    let lead =
      rows.isEmpty
      ? "No two agents of this catalog share a name."
      : "Agents that stand side by side: those that share a name, and those that the keepers of this catalog put together."
    return render(
      ComparisonsView(lead: lead, comparisons: rows), "comparisons", at: path, kind: "comparisons", title: "Compare",
      description: lead)
  }

  /// How alike the prompts of a group are, in words.
  private func alike(_ comparison: Comparison) -> String {
    guard let most = comparison.similarities.map(\.similarity).max(),
      let least = comparison.similarities.map(\.similarity).min()
    else { return "Too many to compare each with each" }
    if comparison.similarities.allSatisfy(\.isIdentical) { return "All prompts are identical" }
    let identical = comparison.similarities.contains(where: \.isIdentical) ? "; some prompts are identical" : ""
    let range =
      Wording.percent(least) == Wording.percent(most)
      ? Wording.percent(most) : "\(Wording.percent(least)) to \(Wording.percent(most))"
    return "\(range) of five-word runs in common\(identical)"
  }

  private func comparison(_ comparison: Comparison, at path: SitePath, lead: String) -> ComparisonView {
    let entries = comparison.agents.map { catalog.entries[$0] }
    let columns = comparison.agents.map { row($0, at: path) }
    let span = columns.count + 1
    let groups = [
      LineGroupView(title: "", span: span, lines: properties(entries, at: path)),
      LineGroupView(title: "Tools", span: span, lines: tools(entries)),
      LineGroupView(title: "Other fields", span: span, lines: otherFields(entries)),
    ].filter { !$0.lines.isEmpty }
    return ComparisonView(
      heading: comparison.title, lead: lead, columns: columns, groups: groups,
      sections: sections(comparison, columns), pairs: pairs(comparison, columns))
  }

  private func properties(_ entries: [Catalog.Entry], at path: SitePath) -> [LineView] {
    func line(_ title: String, _ value: (Catalog.Entry) -> HTML) -> LineView {
      LineView(title: title, values: entries.map { value($0) })
    }
    func text(_ value: String?) -> HTML { value.map(HTML.init(text:)) ?? Self.notStated }
    func lineIfAny(_ title: String, _ value: (Catalog.Entry) -> String?) -> [LineView] {
      entries.contains { value($0) != nil } ? [line(title) { text(value($0)) }] : []
    }
    var lines = [
      line("Summary") { "<span class=\"summary\">\(text($0.agent.description.summary.ifAny))</span>" },
      line("When to use") { entry in
        let html = HTML(entry.agent.whenToUse.html { addresses.resolve($0, from: entry.agent.source, at: path) })
        return html.isEmpty ? Self.none : "<div class=\"long\" tabindex=\"0\">\(html)</div>"
      },
      line("Written for") { HTML(text: $0.agent.dialect.title) },
      line("Model") { entry in entry.agent.model.map { "<code>\($0)</code>" } ?? Self.notStated },
      line("Reach") { reaches[$0.reach] ?? "" },
    ]
    lines += lineIfAny("Permission mode") { $0.agent.permissionMode }
    lines += lineIfAny("Colour") { $0.agent.color }
    lines += lineIfAny("Category") { $0.category }
    lines += lineIfAny("Tags") { $0.agent.tags.joined(separator: ", ").ifAny }
    lines += lineIfAny("Topics") { $0.topics.joined(separator: ", ").ifAny }
    lines += [
      line("Examples") { "\($0.agent.description.examples.count)" },
      line("Words") { HTML(text: Wording.number($0.agent.promptMeasure.words)) },
      line("Tokens, about") { HTML(text: Wording.number($0.agent.promptMeasure.tokens)) },
      line("Headings") { "\($0.agent.body.outline.count)" },
      line("Findings") { HTML(text: findingCounts($0.agent.findings)) },
      line("Collection") { HTML(text: catalog.collections[$0.agent.source.collection].name) },
      line("File") { "<code>\($0.agent.source.path.description)</code>" },
    ]
    return lines
  }

  func findingCounts(_ findings: [Finding]) -> String {
    let counts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count > 0 ? Wording.count(count, severity.rawValue) : nil
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }

  /// One line for each tool that any of them names.
  private func tools(_ entries: [Catalog.Entry]) -> [LineView] {
    var names: [String] = []
    for entry in entries {
      for tool in entry.agent.tools.allowed + entry.agent.tools.denied where !names.contains(tool.name) {
        names.append(tool.name)
      }
    }
    let summary = LineView(
      title: "Stated",
      values: entries.map { entry in
        switch entry.agent.tools.statement {
        case .inherited: "inherits all"
        case .all: "all"
        case .switched: "all but those denied"
        case .listed: HTML(text: Wording.count(entry.agent.tools.allowed.count, "tool"))
        }
      })
    return [summary]
      + names.map { name in LineView(title: name, values: entries.map { toolCell(name, $0.agent.tools) }) }
  }

  private func toolCell(_ name: String, _ tools: ToolSet) -> HTML {
    if tools.denied.contains(where: { $0.name == name }) { return "<span class=\"no\">denied</span>" }
    let own = tools.allowed.filter { $0.name == name }
    if !own.isEmpty {
      let specifiers = own.compactMap(\.specifier).map { " <code>\($0)</code>" as HTML }
      return "<span class=\"yes\">allowed</span>\(specifiers.joined())"
    }
    return tools.statement == .listed ? Self.none : "<span class=\"quiet\">inherited</span>"
  }

  private func otherFields(_ entries: [Catalog.Entry]) -> [LineView] {
    var keys: [String] = []
    for entry in entries {
      for field in entry.agent.otherFields where !keys.contains(field.key) { keys.append(field.key) }
    }
    return keys.map { key in
      LineView(
        title: key.ifAny ?? "before the first field",
        values: entries.map { entry in
          entry.agent.otherFields.first { $0.key == key }.map { ValueHTML.html($0.value) } ?? Self.notStated
        })
    }
  }

  private func sections(_ comparison: Comparison, _ columns: [RowView]) -> [LineView] {
    comparison.sections.map { section in
      LineView(
        title: section.title,
        values: zip(section.ids, columns).map { id, column in
          id.map { "<a href=\"\(column.href)#\($0)\">yes</a>" } ?? Self.none
        }, marksSame: false
      )
    }
  }

  private func pairs(_ comparison: Comparison, _ columns: [RowView]) -> [LineView] {
    guard !comparison.similarities.isEmpty else { return [] }
    return columns.indices.map { row in
      LineView(
        title: columns[row].qualifier ?? columns[row].name,
        values: columns.indices.map { column in
          guard row != column else { return Self.none }
          let pair = comparison.similarities.first {
            ($0.left, $0.right) == (min(row, column), max(row, column))
          }
          guard let pair else { return "" }
          return pair.isIdentical ? "<b>identical</b>" : HTML(text: Wording.percent(pair.similarity))
        }, marksSame: false)
    }
  }

  private static let notStated: HTML = "<span class=\"quiet\">not stated</span>"
  private static let none: HTML = "<span class=\"quiet\">–</span>"
}
