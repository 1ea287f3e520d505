import Agents
import Catalogs
import Files
import Templates

/// The pages that list agents.
extension Site {
  func indexPage(_ page: Int, _ rows: HTML) -> [UInt8] {
    let path = addresses.index(page: page)
    let settings = catalog.settings
    let view = IndexView(
      siteDescription: settings.description, figures: figures(), news: page == 1 ? news() : [], facets: facetViews(),
      list: list(catalog.entries.count, rows, page: page, at: path) { addresses.index(page: $0) },
      filter: filter(of: Array(catalog.entries.indices), within: nil))
    return render(
      view, "index", at: path, kind: "index",
      title: page == 1 ? settings.title : "\(settings.title), page \(page)",
      description: settings.description.ifAny ?? "A catalog of \(Wording.count(catalog.entries.count, "agent")).",
      about: page == 1 ? StructuredData(settings, count: catalog.entries.count) : nil)
  }

  /// The numbers of the front page; each leads to the list behind it.
  private func figures() -> [LinkView] {
    var figures = [
      LinkView(
        title: catalog.entries.count == 1 ? "agent" : "agents", href: "index.html",
        number: Wording.number(catalog.entries.count))
    ]
    for kind in [Taxonomy.Kind.collections, .categories, .topics, .tools] {
      guard let taxonomy = catalog.taxonomy(kind) else { continue }
      let count = taxonomy.terms.count { !$0.isUnstated }
      figures.append(
        LinkView(
          title: count == 1 ? kind.singular : taxonomy.title.lowercased(), href: addresses.terms(kind).description,
          number: Wording.number(count)))
    }
    let shared = catalog.comparisons.count { $0.kind == .variants }
    if shared > 0 {
      figures.append(
        LinkView(
          title: shared == 1 ? "shared name" : "shared names", href: addresses.comparisons(page: 1).description,
          number: Wording.number(shared)))
    }
    let findings = ruleFindings.reduce(0) { $0 + $1.places.count }
    if findings > 0 {
      figures.append(
        LinkView(
          title: findings == 1 ? "finding" : "findings", href: addresses.findings.description,
          number: Wording.number(findings)))
    }
    return figures
  }

  /// How much of what is new the front page tells.
  private static let newsLength = 6

  /// What has come or has changed last, by what repositories know; what everything began with is not new.
  private func news() -> [NewsView] {
    let dated = catalog.entries.indices.compactMap { index -> (index: Int, history: FileHistory)? in
      guard let history = catalog.entries[index].history, !history.isOriginal || history.created != history.changed
      else { return nil }
      return (index, history)
    }
    let last = dated.sorted { ($1.history.changed.time, $0.index) < ($0.history.changed.time, $1.index) }
    return last.prefix(Self.newsLength).map { index, history in
      let agent = catalog.entries[index].agent
      return NewsView(
        name: agent.name, href: addresses.agent(index).description, spine: Spine.name(agent.color),
        day: Wording.day(history.changed.time), date: Calendar.iso(history.changed.time),
        isNew: history.created == history.changed, author: history.changed.author)
    }
  }

  /// How many values of a facet stand beside the list of all agents.
  private static let facetLength = 6

  /// The facets beside the list of all agents, each with the values that most agents have; those that have pages lead there.
  private func facetViews() -> [FacetView] {
    facets.facets.enumerated().map { place, facet in
      let kind = Taxonomy.Kind(rawValue: facet.id)
      let shown = facets.byCount(place).prefix(Self.facetLength)
      let href: SitePath? =
        switch (kind, facet.id) {
        case (let kind?, _): addresses.terms(kind)
        case (nil, "findings"), (nil, "severity"), (nil, "approval"): addresses.findings
        case (nil, "lately"): addresses.changes(page: 1)
        default: addresses.comparisons(page: 1)
        }
      return FacetView(
        id: facet.id, title: facet.title, href: href?.description, termCount: facet.values.count,
        terms: shown.map { value, count in
          var page: SitePath?
          if let kind, let term = catalog.taxonomy(kind)?.terms.first(where: { $0.slug == value.slug }) {
            page = addresses.term(kind, term)
          } else if facet.id == "findings", value.slug != "none" {
            page = addresses.rule(value.slug)
          }
          return FacetValueView(
            id: value.slug, title: value.title, href: page?.description, number: Wording.number(count))
        })
    }
  }

  func termsPage(_ index: Int, _ page: Int) -> [UInt8] {
    let taxonomy = catalog.taxonomies[index]
    let path = addresses.terms(taxonomy.kind, page: page)
    let lead =
      switch taxonomy.kind {
      case .tags: "What the files state as tags or keywords."
      case .topics:
        "What agents are about. Derived from the words of their names, descriptions and headings, not stated by their authors."
      case .tools: "The tools that the files name. An agent that names none inherits every tool of the session."
      case .models: "The models that the files ask for, as written."
      case .categories: "The categories that the files state; where they state none, the folder that they stand in."
      case .collections: "The sources of this catalog."
      case .reach:
        "What the tools of agents let them do, as their runtimes resolve it. One that names no tools inherits those of the session, and stands under each."
      case .loads: "What runtimes make of the files: whether they take them, and whether they pass something by."
      case .runtimes: "The runtimes that the files are written for, by where they stand and by their fields."
      case .modes: "The permission modes that the files name. Where none is named, the session's holds."
      case .owners: "Whom the files name as owner, team, maintainer or author."
      }
    let terms = taxonomy.byCount
    let shown = Paging.range(of: page, in: terms.count, length: Paging.names)
    let view = TermsView(
      heading: taxonomy.title, lead: lead,
      terms: terms[shown].map {
        LinkView(
          title: $0.name, href: path.link(to: addresses.term(taxonomy.kind, $0)),
          number: Wording.number($0.agents.count))
      },
      paging: paging(terms.count, Paging.names, page, at: path) { addresses.terms(taxonomy.kind, page: $0) })
    return render(
      view, "terms", at: path, kind: "terms", title: taxonomy.title + (page > 1 ? ", page \(page)" : ""),
      description: lead)
  }

  func termPage(_ taxonomyIndex: Int, _ termIndex: Int, _ page: Int, _ rows: HTML) -> [UInt8] {
    let taxonomy = catalog.taxonomies[taxonomyIndex]
    let term = taxonomy.terms[termIndex]
    let path = addresses.term(taxonomy.kind, term, page: page)
    let count = Wording.count(term.agents.count, "agent")
    let lead: String =
      switch (taxonomy.kind, term.isUnstated) {
      case (.tools, false): toolLead(term.name, count)
      case (.tools, true): "\(count) that name no tools, and so may use every tool of the session."
      case (.topics, false): "\(count) whose name, description or headings speak of this."
      case (.reach, true): "\(count) whose tools let them do nothing of this."
      case (_, true): "\(count) that state none."
      default: count + "."
      }
    let documents = documents(of: taxonomy, term)
    let view = TermView(
      taxonomyTitle: taxonomy.title, heading: term.name, lead: lead, about: about(taxonomy, term),
      descriptionTokens: Wording.number(term.descriptionTokens),
      findings: page == 1 ? findings(of: term) : nil,
      list: list(term.agents.count, and: documents.count, rows, page: page, at: path) {
        addresses.term(taxonomy.kind, term, page: $0)
      },
      filter: term.agents.count >= Self.filteredLength
        ? filter(of: term.agents, within: "\(taxonomy.kind.rawValue)/\(term.slug)") : nil,
      documents: documents[Paging.range(of: page, in: documents.count, length: Paging.agents)].map { index in
        let document = catalog.documents[index].document
        return LinkView(
          title: document.title, href: path.link(to: addresses.document(index)), path: document.source.path.description)
      })
    return render(
      view, "term", at: path, kind: "term",
      title: "\(term.name) · \(taxonomy.title)\(page > 1 ? ", page \(page)" : "")", description: lead,
      feed: hasFeed && Self.hasFeed(taxonomy.kind, term, catalog)
        ? LinkView(title: term.name, href: path.link(to: addresses.feed(taxonomy.kind, term))) : nil)
  }

  /// What the files of a collection say of it; nil where they say nothing, and of other terms.
  private func about(_ taxonomy: Taxonomy, _ term: Taxonomy.Term) -> CollectionView? {
    guard taxonomy.kind == .collections,
      let about = catalog.collections.first(where: { $0.name == term.name })?.about, about != .init()
    else { return nil }
    return CollectionView(
      description: about.description, version: about.version, owner: about.owner, homepage: about.homepage)
  }

  /// How many findings the agents of a term have, in words; nil where there are none.
  private func findings(of term: Taxonomy.Term) -> String? {
    var counts = [0, 0, 0]
    for agent in term.agents {
      let entry = catalog.entries[agent]
      for finding in entry.agent.findings { counts[finding.severity.rank] += 1 }
      for finding in entry.amongOthers { counts[finding.severity.rank] += 1 }
    }
    let words = zip(Finding.Severity.allCases, counts).compactMap { $1 > 0 ? Wording.count($1, $0.rawValue) : nil }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// The documents that stand beside the agents of a term: those of a collection.
  private func documents(of taxonomy: Taxonomy, _ term: Taxonomy.Term) -> [Int] {
    guard taxonomy.kind == .collections else { return [] }
    return documentsByCollection[term.name] ?? []
  }

  private func toolLead(_ name: String, _ count: String) -> String {
    let meaning = Dialect.allCases.lazy.compactMap { catalog.settings.runtimes[$0].tool(name) }.first
    return meaning.map { "\(count) that may \($0.allows)." } ?? "\(count) that name this tool."
  }

  /// A page of a list of agents.
  ///
  /// - Parameters:
  ///   - count: how many agents the list has.
  ///   - others: how many other things stand beside them, as many on a page.
  ///   - rows: the rows of this page.
  func list(
    _ count: Int, and others: Int = 0, _ rows: HTML, page: Int, at path: SitePath, address: (Int) -> SitePath
  ) -> ListView {
    ListView(
      rows: rows, categoryTitle: showsCategory ? "Category" : nil,
      isEmpty: count == 0, paging: paging(max(count, others), Paging.agents, page, at: path, address: address))
  }

  /// The links from a page of a list to the others: the first, the last, and those around this one.
  func paging(_ count: Int, _ length: Int, _ page: Int, at path: SitePath, address: (Int) -> SitePath) -> PagingView {
    let pages = Paging.pages(count, length: length)
    let shown = Paging.range(of: page, in: count, length: length)
    var links: [LinkView] = []
    var previous = 0
    for number in pages where number == 1 || number == pages.upperBound || abs(number - page) <= 2 {
      let link = LinkView(
        title: String(number), href: path.link(to: address(number)), isCurrent: number == page,
        isBehindGap: number > previous + 1)
      links.append(link)
      previous = number
    }
    return PagingView(
      pageLinks: links, previousHref: page > 1 ? path.link(to: address(page - 1)) : nil,
      nextHref: page < pages.upperBound ? path.link(to: address(page + 1)) : nil, firstRow: shown.lowerBound + 1,
      lastRow: shown.upperBound, rowCount: count)
  }

  /// The rows of agents in a list.
  func rows(_ agents: some Sequence<Int>, at path: SitePath) -> HTML {
    var bytes: [UInt8] = []
    for agent in agents {
      let row = rowCache.row(agent) { renderedRow(agent) }
      bytes += path.root.isEmpty ? Self.atRoot(row.bytes) : row.bytes
    }
    return HTML(bytes)
  }

  /// From how many agents on a term's list has a filter: fewer are seen at a glance.
  private static let filteredLength = 6

  /// The filter of a list.
  ///
  /// - Parameters:
  ///   - agents: those of the list, in ascending order.
  ///   - within: the facet and the value that they all have, or nil for the list of all.
  private func filter(of agents: [Int], within: String?) -> FilterView {
    var runs: [ClosedRange<Int>] = []
    for agent in agents {
      let part = agent / FilterData.agentsLength
      if let last = runs.last, last.upperBound >= part - 1 {
        runs[runs.count - 1] = last.lowerBound...part
      } else {
        runs.append(part...part)
      }
    }
    return FilterView(
      parts: runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(
        separator: ","),
      within: within)
  }

  /// A part of the agents, for the filter.
  func filterAgents(_ part: Int) -> [UInt8] {
    FilterData.agents(part, filtered(part, FilterData.agentsLength), of: catalog, facets)
  }

  /// The rows of a part of the agents, for the filter.
  func filterRows(_ part: Int) -> [UInt8] {
    let index = addresses.index(page: 1)
    return FilterData.rows(part, filtered(part, FilterData.rowsLength).map { rows([$0], at: index) })
  }

  /// The agents of a part.
  func filtered(_ part: Int, _ length: Int) -> Range<Int> {
    Paging.range(of: part + 1, in: catalog.entries.count, length: length)
  }

  /// Rows are rendered for pages in folders. On a page at the root the same links lead there without the step up; no text can look like one,
  /// since quotation marks in text are escaped.
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

  /// The row of an agent, for pages in folders.
  private func renderedRow(_ index: Int) -> HTML {
    HTML(theme.render(row(catalog.entries[index].record, place(index), at: addresses.comparisons(page: 1)), as: "row"))
  }

  /// An agent in a list, by its own file, its place among the others, and the settings: nothing else, see ``fingerprint(_:)``.
  func row(_ record: AgentRecord, _ place: AgentPlace, at path: SitePath) -> RowView {
    let agent = record.agent
    let findings = place.findings(of: agent)
    return RowView(
      name: agent.name, href: path.link(to: place.address), qualifier: place.qualifier,
      variantsHref: place.variants.map { path.link(to: $0) }, variantsCount: place.variantsCount,
      summary: agent.description.summary, category: record.category ?? "", model: agent.model,
      spine: Spine.name(agent.color), reach: reach(record.reach), toolCount: toolCount(agent),
      exampleCount: agent.description.examples.count, tokens: Wording.short(agent.promptMeasure.tokens),
      weight: place.weight, findingCount: findings.count,
      findingSeverity: findings.map(\.severity).min()?.rawValue ?? "", showsCategory: place.showsCategory,
      lately: place.lately?.rawValue)
  }

  private func toolCount(_ agent: Agent) -> String {
    switch agent.tools.statement {
    case .inherited, .all, .switched: "all"
    case .listed: String(agent.tools.allowed.count)
    }
  }
}
