import Agents
import Catalogs
import Files

/// The pages that set agents side by side.
extension Site {
  func variantsPage(_ index: Int, _ page: Int, _ rows: HTML) throws(SourceChanged) -> [UInt8] {
    let comparison = catalog.comparisons[index]
    let path = addresses.variants(index, page: page)
    let lead =
      "\(Wording.count(comparison.agents.count, "agent")) share this name. Installed together, they overwrite each other."
    let view = VariantsView(
      comparison: try self.comparison(comparison, at: path, lead: lead),
      list: list(comparison.agents.count, rows, page: page, at: path) { addresses.variants(index, page: $0) })
    return render(
      view, "variants", at: path, kind: "variants", title: comparison.title + (page > 1 ? ", page \(page)" : ""),
      description: lead)
  }

  func comparisonPage(_ index: Int) throws(SourceChanged) -> [UInt8] {
    let comparison = catalog.comparisons[index]
    let path = addresses.comparison(index)
    let lead =
      switch comparison.kind {
      case .variants: "\(Wording.count(comparison.agents.count, "agent")) of the same name, side by side."
      case .family: "\(Wording.count(comparison.agents.count, "agent")) whose prompts are nearly the same."
      case .pinned: "\(Wording.count(comparison.agents.count, "agent")), put together by the keepers of this catalog."
      }
    return render(
      try self.comparison(comparison, at: path, lead: lead), "comparison", at: path, kind: "comparison",
      title: "\(comparison.title) compared", description: lead)
  }

  func comparisonsPage(_ page: Int) -> [UInt8] {
    let path = addresses.comparisons(page: page)
    let shown = Paging.range(of: page, in: catalog.comparisons.count, length: Paging.names)
    let rows = shown.map { index in
      let comparison = catalog.comparisons[index]
      return ComparisonRowView(
        title: comparison.title, href: path.link(to: addresses.comparison(index)), number: comparison.agents.count,
        why: Self.why(comparison.kind), alike: alike(comparison))
    }
    let lead =
      rows.isEmpty
      ? "No two agents of this catalog share a name, and no two prompts are nearly the same."
      : "Agents that stand side by side: those that share a name, those whose prompts are nearly the same, and those that the keepers of this catalog put together."
    return render(
      ComparisonsView(
        lead: lead, comparisons: rows,
        paging: paging(catalog.comparisons.count, Paging.names, page, at: path) { addresses.comparisons(page: $0) }),
      "comparisons", at: path, kind: "comparisons", title: "Compare" + (page > 1 ? ", page \(page)" : ""),
      description: lead)
  }

  private static func why(_ kind: Comparison.Kind) -> String {
    switch kind {
    case .variants: "The same name"
    case .family: "Nearly the same prompt"
    case .pinned: "Put together by hand"
    }
  }

  /// How alike the prompts of a group are, in words.
  private func alike(_ comparison: Comparison) -> String {
    guard let most = comparison.similarities.map(\.likeness.similarity).max(),
      let least = comparison.similarities.map(\.likeness.similarity).min()
    else { return "Too many to compare each with each" }
    if comparison.similarities.allSatisfy(\.likeness.isIdentical) { return "All prompts are identical" }
    let identical =
      comparison.similarities.contains(where: \.likeness.isIdentical) ? "; some prompts are identical" : ""
    let range =
      Wording.percent(least) == Wording.percent(most)
      ? Wording.percent(most) : "\(Wording.percent(least)) to \(Wording.percent(most))"
    return "\(range) of five-word runs in common\(identical)"
  }

  func comparison(
    _ comparison: Comparison, at path: SitePath, lead: String
  ) throws(SourceChanged) -> ComparisonView {
    let shown = comparison.agents.prefix(Comparison.pairLimit)
    var columns: [Column] = []
    for index in shown {
      let entry = catalog.entries[index]
      columns.append(
        Column(
          entry: entry, row: row(entry.record, place(index), at: path),
          whenToUse: HTML(
            try texts.rendering(entry.agent.source).whenToUse.html {
              addresses.resolve($0, from: entry.agent.source, at: path)
            })))
    }
    let entries = columns.map(\.entry)
    let rows = columns.map(\.row)
    let span = columns.count + 1
    let groups = [
      LineGroupView(title: "", span: span, lines: differences(comparison, entries, at: path) + properties(columns)),
      LineGroupView(title: "Tools", span: span, lines: tools(entries)),
      LineGroupView(title: "Other fields", span: span, lines: otherFields(entries)),
    ].filter { !$0.lines.isEmpty }
    return ComparisonView(
      heading: comparison.title, lead: lead,
      limitNote: shown.count < comparison.agents.count
        ? "The first \(shown.count) of \(Wording.number(comparison.agents.count)); more would not fit side by side."
        : nil,
      columns: rows, groups: groups, sections: sections(comparison, rows), pairs: pairs(comparison, rows, at: path))
  }

  /// What kind of difference there is between each agent and the one that is most like all of them.
  private func differences(
    _ comparison: Comparison, _ entries: [Catalog.Entry], at path: SitePath
  ) -> [LineView] {
    guard let typical = comparison.typical else { return [] }
    let values = entries.indices.map { place -> HTML in
      guard place != typical else { return "<span class=\"quiet\">the measure of the others</span>" }
      let pair = comparison.similarities.first {
        ($0.left, $0.right) == (min(place, typical), max(place, typical))
      }
      guard let pair else { return Self.none }
      let kind = FieldDifference(entries[typical].agent, entries[place].agent).kind(pair.likeness)
      let page = catalog.pair(comparison.agents[typical], comparison.agents[place])
      return page.map { "<a href=\"\(path.link(to: addresses.pair($0)))\">\(kind)</a>" } ?? HTML(text: kind)
    }
    return [LineView(title: "Difference", values: values, marksSame: false)]
  }

  /// An agent of a comparison.
  private struct Column {
    let entry: Catalog.Entry
    let row: RowView
    let whenToUse: HTML
  }

  private func properties(_ columns: [Column]) -> [LineView] {
    let entries = columns.map(\.entry)
    func line(_ title: String, _ value: (Catalog.Entry) -> HTML) -> LineView {
      LineView(title: title, values: entries.map { value($0) })
    }
    func text(_ value: String?) -> HTML { value.map(HTML.init(text:)) ?? Self.notStated }
    func lineIfAny(_ title: String, _ value: (Catalog.Entry) -> String?) -> [LineView] {
      entries.contains { value($0) != nil } ? [line(title) { text(value($0)) }] : []
    }
    var lines = [
      line("Summary") { "<span class=\"summary\">\(text($0.agent.description.summary.ifAny))</span>" },
      LineView(
        title: "When to use",
        values: columns.map {
          $0.whenToUse.isEmpty ? Self.none : "<div class=\"long\" tabindex=\"0\">\($0.whenToUse)</div>"
        }),
      line("Written for") { HTML(text: $0.agent.dialect.title) },
      line("Loading") { HTML(text: $0.agent.loading.outcome.title) },
      line("Model") { entry in entry.agent.model.map { "<code>\($0)</code>" } ?? Self.notStated },
      line("Reach") { reach($0.reach) },
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
      line("Headings") { "\($0.agent.outline.count)" },
      line("Findings") { HTML(text: findingCounts($0.findings)) },
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

  private func pairs(_ comparison: Comparison, _ columns: [RowView], at path: SitePath) -> [LineView] {
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
          let share: HTML =
            pair.likeness.isIdentical ? "<b>identical</b>" : HTML(text: Wording.percent(pair.likeness.similarity))
          let page = catalog.pair(comparison.agents[pair.left], comparison.agents[pair.right])
          return page.map { "<a href=\"\(path.link(to: addresses.pair($0)))\">\(share)</a>" } ?? share
        }, marksSame: false)
    }
  }

  private static let notStated: HTML = "<span class=\"quiet\">not stated</span>"
  private static let none: HTML = "<span class=\"quiet\">–</span>"
}
