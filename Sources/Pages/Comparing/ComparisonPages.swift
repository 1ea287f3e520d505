import Agents
import Catalogs
import Files
import Rules
import Templates

/// The pages that set agents side by side.
extension Site {
  func variantsPage(_ index: Int, _ page: Int, _ rows: HTML) throws(SourceChanged) -> [UInt8] {
    let comparison = catalog.comparisons[index]
    let path = addresses.variants(index, page: page)
    let clashes = comparison.agents.contains { index in
      catalog.entries[index].findings.contains { $0.rule == Rule.nameShared.id && $0.severity != .note }
    }
    let lead =
      "\(Wording.count(comparison.agents.count, "agent")) share this name."
      + (clashes ? " Some are in one place, where only one of them loads." : "")
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
        why: Self.why(comparison.kind), alike: alike(comparison), decision: decision(comparison))
    }
    let lead =
      rows.isEmpty
      ? "No two agents of this catalog share a name, and no two prompts are nearly the same."
      : "Agents that stand side by side: those that share a name, those whose prompts are nearly the same, and those that the keepers of this catalog put together."
    return render(
      ComparisonsView(
        lead: lead, comparisons: rows, clusters: clusters(shown, at: path),
        answersHref: path.link(to: addresses.answers),
        paging: paging(catalog.comparisons.count, Paging.names, page, at: path) { addresses.comparisons(page: $0) }),
      "comparisons", at: path, kind: "comparisons", title: "Compare" + (page > 1 ? ", page \(page)" : ""),
      description: lead)
  }

  /// How many groups a page draws, and how many agents of each it names.
  private static let (pictures, names) = (24, 6)

  /// The largest groups of a page as pictures.
  private func clusters(_ groups: Range<Int>, at path: SitePath) -> [ClusterView] {
    let largest = groups.sorted {
      (catalog.comparisons[$1].agents.count, $0) < (catalog.comparisons[$0].agents.count, $1)
    }
    return largest.prefix(Self.pictures).map { index in
      let comparison = catalog.comparisons[index]
      let isOneName = Set(comparison.agents.map { catalog.entries[$0].record.nameKey }).count == 1
      func title(_ place: Int) -> String {
        let entry = catalog.entries[comparison.agents[place]]
        return isOneName ? entry.qualifier ?? entry.slug : entry.slug
      }
      return ClusterView(
        title: comparison.title, href: path.link(to: addresses.comparison(index)), number: comparison.agents.count,
        alike: alike(comparison),
        picture: picture(comparison, at: path),
        dots: comparison.agents.indices.prefix(Self.names).map {
          LinkView(title: title($0), href: path.link(to: addresses.agent(comparison.agents[$0])))
        },
        rest: comparison.agents.count - Self.names)
    }
  }

  /// A group as a picture.
  private func picture(_ comparison: Comparison, at path: SitePath?) -> HTML {
    ClusterPicture(comparison, in: catalog).svg { place in
      let entry = catalog.entries[comparison.agents[place]]
      return (
        path?.link(to: addresses.agent(comparison.agents[place])), Spine.name(entry.agent.color),
        "\(place + 1): \(entry.slug)"
      )
    }
  }

  /// What was decided about a group, in a few words.
  private func decision(_ comparison: Comparison) -> String? {
    let decisions = catalog.decisions(about: comparison).map { decided in
      let kept = decided.kept.map { catalog.entries[$0].slug } ?? "one that is not here"
      return switch decided.decision.verdict {
      case .keep: "keep \(kept)"
      case .merge: "merge into \(kept)"
      case .intended: "intended"
      }
    }
    return decisions.isEmpty ? nil : "Decided: " + decisions.joined(separator: "; ")
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
    guard let most = comparison.similarities.map(\.likeness.percent).max(),
      let least = comparison.similarities.map(\.likeness.percent).min()
    else { return nearest(in: comparison) }
    if comparison.similarities.allSatisfy(\.likeness.isIdentical) { return "All prompts are identical" }
    let identical =
      comparison.similarities.contains(where: \.likeness.isIdentical) ? "; some prompts are identical" : ""
    let range = least == most ? "\(most) %" : "\(least) % to \(most) %"
    return "\(range) of five-word runs in common\(identical)"
  }

  /// How alike the prompts of a group are that is too large for every two to be held against each other.
  private func nearest(in comparison: Comparison) -> String {
    let members = Set(comparison.agents)
    let best = comparison.agents.compactMap { agent in
      catalog.entries[agent].alike.first { members.contains($0.agent) }?.likeness.percent
    }
    guard best.count == comparison.agents.count, let least = best.min() else {
      return "Too many to compare each with each"
    }
    return "Each has \(least) % or more of five-word runs in common with another"
  }

  /// Agents side by side.
  ///
  /// - Parameter path: the page, or nil of one that stands alone, from which nothing leads anywhere.
  func comparison(
    _ comparison: Comparison, at path: SitePath?, lead: String
  ) throws(SourceChanged) -> ComparisonView {
    let shown = comparison.agents.prefix(Comparison.pairLimit)
    var columns: [ComparisonColumn] = []
    for index in shown { columns.append(try column(index, at: path)) }
    var groups = ComparisonColumn.lines(columns)
    groups[0].lines.insert(contentsOf: differences(comparison, at: path), at: 0)
    let rows = shown.map { columnHead($0, at: path) }
    return ComparisonView(
      heading: comparison.title, lead: lead,
      limitNote: shown.count < comparison.agents.count
        ? "The first \(shown.count) of \(Wording.number(comparison.agents.count)); more would not fit side by side."
        : nil,
      family: try family(comparison, at: path), decisions: decisions(comparison, at: path), columns: rows,
      picture: comparison.agents.count > 2 ? picture(comparison, at: path) : "",
      groups: groups.filter { !$0.lines.isEmpty }, sections: sections(comparison, rows),
      pairs: pairs(comparison, rows, at: path))
  }

  /// What leads to the page of two, where they have one.
  func pairLink(_ one: Int, _ other: Int, from path: SitePath?) -> String? {
    guard let path, let page = catalog.pair(one, other) else { return nil }
    return path.link(to: addresses.pair(page))
  }

  /// What kind of difference there is between each agent and the one that is most like all of them.
  private func differences(_ comparison: Comparison, at path: SitePath?) -> [LineView] {
    guard let typical = comparison.typical else { return [] }
    let entries = comparison.agents.map { catalog.entries[$0] }
    let values = entries.indices.map { place -> HTML in
      guard place != typical else { return "<span class=\"quiet\">the measure of the others</span>" }
      guard let likeness = comparison.likeness(place, typical) else { return ComparisonColumn.none }
      let kind = FieldDifference(entries[typical].agent, entries[place].agent).kind(likeness)
      let page = pairLink(comparison.agents[typical], comparison.agents[place], from: path)
      return page.map { "<a href=\"\($0)\">\(kind)</a>" } ?? HTML(text: kind)
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
          guard let id else { return ComparisonColumn.none }
          return column.href.isEmpty ? "yes" : "<a href=\"\(column.href)#\(id)\">yes</a>"
        }, marksSame: false
      )
    }
  }

  private func pairs(_ comparison: Comparison, _ columns: [RowView], at path: SitePath?) -> [LineView] {
    guard !comparison.similarities.isEmpty else { return [] }
    return columns.indices.map { row in
      LineView(
        title: columns[row].qualifier ?? columns[row].name,
        values: columns.indices.map { column in
          guard row != column else { return ComparisonColumn.none }
          guard let likeness = comparison.likeness(row, column) else { return "" }
          let share: HTML = likeness.isIdentical ? "<b>identical</b>" : HTML(text: "\(likeness.percent) %")
          let page = pairLink(comparison.agents[row], comparison.agents[column], from: path)
          return page.map { "<a href=\"\($0)\">\(share)</a>" } ?? share
        }, marksSame: false)
    }
  }
}
