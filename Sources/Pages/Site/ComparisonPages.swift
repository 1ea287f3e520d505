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
        lead: lead, comparisons: rows, differenceScript: assetAddress("difference.js"),
        compareScript: assetAddress("compare.js"),
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
    var columns: [ComparisonColumn] = []
    for index in shown { columns.append(try column(index, at: path)) }
    var groups = ComparisonColumn.lines(columns)
    groups[0].lines.insert(contentsOf: differences(comparison, at: path), at: 0)
    let rows = columns.map(\.head)
    return ComparisonView(
      heading: comparison.title, lead: lead,
      limitNote: shown.count < comparison.agents.count
        ? "The first \(shown.count) of \(Wording.number(comparison.agents.count)); more would not fit side by side."
        : nil,
      columns: rows, groups: groups.filter { !$0.lines.isEmpty }, sections: sections(comparison, rows),
      pairs: pairs(comparison, rows, at: path))
  }

  /// What kind of difference there is between each agent and the one that is most like all of them.
  private func differences(_ comparison: Comparison, at path: SitePath) -> [LineView] {
    guard let typical = comparison.typical else { return [] }
    let entries = comparison.agents.map { catalog.entries[$0] }
    let values = entries.indices.map { place -> HTML in
      guard place != typical else { return "<span class=\"quiet\">the measure of the others</span>" }
      let pair = comparison.similarities.first {
        ($0.left, $0.right) == (min(place, typical), max(place, typical))
      }
      guard let pair else { return ComparisonColumn.none }
      let kind = FieldDifference(entries[typical].agent, entries[place].agent).kind(pair.likeness)
      let page = catalog.pair(comparison.agents[typical], comparison.agents[place])
      return page.map { "<a href=\"\(path.link(to: addresses.pair($0)))\">\(kind)</a>" } ?? HTML(text: kind)
    }
    return [LineView(title: "Difference", values: values, marksSame: false)]
  }

  func findingCounts(_ findings: [Finding]) -> String {
    let counts = Finding.Severity.allCases.compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count > 0 ? Wording.count(count, severity.rawValue) : nil
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }

  private func sections(_ comparison: Comparison, _ columns: [RowView]) -> [LineView] {
    comparison.sections.map { section in
      LineView(
        title: section.title,
        values: zip(section.ids, columns).map { id, column in
          id.map { "<a href=\"\(column.href)#\($0)\">yes</a>" } ?? ComparisonColumn.none
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
          guard row != column else { return ComparisonColumn.none }
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
}
