import Agents
import Catalogs
import Files

/// The pages that list agents.
extension Site {
  func indexPage(_ page: Int) -> [UInt8] {
    let path = addresses.index(page: page)
    let settings = catalog.settings
    let view = IndexView(
      siteDescription: settings.description, figures: figures(), facets: facets(),
      list: list(Array(catalog.entries.indices), page: page, at: path) { addresses.index(page: $0) })
    return render(
      view, "index", at: path, kind: "index",
      title: page == 1 ? settings.title : "\(settings.title), page \(page)",
      description: settings.description.ifAny ?? "A catalog of \(Wording.count(catalog.entries.count, "agent")).")
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
          title: shared == 1 ? "shared name" : "shared names", href: addresses.comparisons.description,
          number: Wording.number(shared)))
    }
    return figures
  }

  private func facets() -> [FacetView] {
    [Taxonomy.Kind.topics, .categories, .tools, .models, .tags, .collections].compactMap { catalog.taxonomy($0) }.map {
      taxonomy in
      FacetView(
        title: taxonomy.title, href: addresses.terms(taxonomy.kind).description, termCount: taxonomy.terms.count,
        terms: taxonomy.byCount.prefix(6).map {
          LinkView(
            title: $0.name, href: addresses.term(taxonomy.kind, $0).description, number: Wording.number($0.agents.count)
          )
        })
    }
  }

  func termsPage(_ index: Int) -> [UInt8] {
    let taxonomy = catalog.taxonomies[index]
    let path = addresses.terms(taxonomy.kind)
    let lead =
      switch taxonomy.kind {
      case .tags: "What the files state as tags or keywords."
      case .topics:
        "What agents are about. Derived from the words of their names, descriptions and headings, not stated by their authors."
      case .tools: "The tools that the files name. An agent that names none inherits every tool of the session."
      case .models: "The models that the files ask for, as written."
      case .categories: "The categories that the files state; where they state none, the folder that they stand in."
      case .collections: "The sources of this catalog."
      }
    let view = TermsView(
      heading: taxonomy.title, lead: lead,
      terms: taxonomy.byCount.map {
        LinkView(
          title: $0.name, href: path.link(to: addresses.term(taxonomy.kind, $0)),
          number: Wording.number($0.agents.count))
      })
    return render(view, "terms", at: path, kind: "terms", title: taxonomy.title, description: lead)
  }

  func termPage(_ taxonomyIndex: Int, _ termIndex: Int, _ page: Int) -> [UInt8] {
    let taxonomy = catalog.taxonomies[taxonomyIndex]
    let term = taxonomy.terms[termIndex]
    let path = addresses.term(taxonomy.kind, term, page: page)
    let count = Wording.count(term.agents.count, "agent")
    let lead: String =
      switch (taxonomy.kind, term.isUnstated) {
      case (.tools, false): toolLead(term.name, count)
      case (.tools, true): "\(count) that name no tools, and so may use every tool of the session."
      case (.topics, false): "\(count) whose name, description or headings speak of this."
      case (_, true): "\(count) that state none."
      default: count + "."
      }
    var documents: [LinkView] = []
    if taxonomy.kind == .collections, page == 1 {
      documents = catalog.documents.indices.filter {
        catalog.collections[catalog.documents[$0].document.source.collection].name == term.name
      }.map { index in
        let document = catalog.documents[index].document
        return LinkView(
          title: document.title, href: path.link(to: addresses.document(index)), path: document.source.path.description)
      }
    }
    let view = TermView(
      taxonomyTitle: taxonomy.title, heading: term.name, lead: lead,
      list: list(term.agents, page: page, at: path) { addresses.term(taxonomy.kind, term, page: $0) },
      documents: documents)
    return render(
      view, "term", at: path, kind: "term",
      title: "\(term.name) · \(taxonomy.title)\(page > 1 ? ", page \(page)" : "")", description: lead)
  }

  private func toolLead(_ name: String, _ count: String) -> String {
    let meaning = Dialect.allCases.lazy.compactMap { Tools.known(name, $0) }.first
    return meaning.map { "\(count) that may \($0.allows)." } ?? "\(count) that name this tool."
  }

  /// A page of a list of agents.
  func list(_ agents: [Int], page: Int, at path: SitePath, address: (Int) -> SitePath) -> ListView {
    let pages = Self.pages(agents.count)
    let start = (page - 1) * Self.pageLength
    let shown = agents[start..<min(start + Self.pageLength, agents.count)]
    return ListView(
      rows: rows(shown, at: path), shownCount: shown.count,
      categoryTitle: catalog.taxonomy(.categories).map { _ in "Category" },
      firstRow: start + 1, rowCount: agents.count,
      pageLinks: pages.map {
        LinkView(title: String($0), href: path.link(to: address($0)), isCurrent: $0 == page)
      },
      previousHref: page > 1 ? path.link(to: address(page - 1)) : nil,
      nextHref: page < pages.upperBound ? path.link(to: address(page + 1)) : nil)
  }

  /// Agents in a list.
  func rows(_ agents: some Sequence<Int>, at path: SitePath) -> HTML {
    var bytes: [UInt8] = []
    for agent in agents { bytes += path.root.isEmpty ? Self.atRoot(self.rows[agent].bytes) : self.rows[agent].bytes }
    return HTML(bytes)
  }

  /// Rows are rendered for pages in folders. On a page at the root the same links lead there without the step up; no text can look like one,
  /// since quotation marks in text are escaped.
  private static func atRoot(_ row: [UInt8]) -> [UInt8] {
    let link = Array("href=\"../".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(row.count)
    for byte in row {
      result.append(byte)
      if byte == UInt8(ascii: "/"), result.suffix(link.count).elementsEqual(link) { result.removeLast(3) }
    }
    return result
  }

  /// The row of an agent, for pages in folders.
  func renderedRow(_ index: Int) -> HTML { HTML(theme.render(row(index, at: addresses.comparisons), as: "row")) }

  /// An agent in a list.
  func row(_ index: Int, at path: SitePath) -> RowView {
    let entry = catalog.entries[index]
    let agent = entry.agent
    let worst = agent.findings.map(\.severity).min()
    return RowView(
      name: agent.name, href: path.link(to: addresses.agent(index)), qualifier: qualifier(entry),
      variantsHref: entry.variants.map { path.link(to: addresses.variants($0)) },
      variantsCount: entry.variants.map { catalog.comparisons[$0].agents.count } ?? 1,
      summary: agent.description.summary, category: entry.category ?? "", model: agent.model,
      spine: Spine.name(agent.color), reach: reaches[entry.reach] ?? "", toolCount: toolCount(agent),
      exampleCount: agent.description.examples.count, tokens: Wording.short(agent.promptMeasure.tokens),
      weight: weight(agent), findingCount: agent.findings.count, findingSeverity: worst?.rawValue ?? "",
      showsCategory: catalog.taxonomy(.categories) != nil)
  }

  /// What tells an agent from others of its name.
  func qualifier(_ entry: Catalog.Entry) -> String? {
    entry.slug.firstRange(of: "--").map { String(entry.slug[$0.upperBound...]) }
  }

  private func toolCount(_ agent: Agent) -> String {
    switch agent.tools.statement {
    case .inherited, .all, .switched: "all"
    case .listed: String(agent.tools.allowed.count)
    }
  }

  /// The class of the bar that shows how long a prompt is, in twentieths of the catalog's scale.
  func weight(_ agent: Agent) -> String {
    guard catalog.promptScale > 0 else { return "w0" }
    return "w\(min(20, (agent.promptMeasure.tokens * 20 + catalog.promptScale - 1) / catalog.promptScale))"
  }
}
