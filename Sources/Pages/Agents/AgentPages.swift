import Agents
import Catalogs
import Files
import GFM
import Templates

/// The pages of single files.
extension Site {
  func agentPage(_ index: Int) throws(SourceChanged) -> [UInt8] {
    let record = catalog.entries[index].record
    let place = place(index)
    let view = agentView(record, place, try texts.rendering(record.agent.source))
    return render(
      view, "agent", at: place.address, kind: "agent", title: record.agent.name,
      description: record.agent.description.summary.ifAny ?? "The agent \(record.agent.name).",
      about: StructuredData(
        record.agent, place, source: sourceLinks.source(record.agent.source.path), catalog.settings))
  }

  /// The page of an agent, by its own file, its place among the others, and the settings: nothing else, see ``fingerprint(_:)``.
  private func agentView(_ record: AgentRecord, _ place: AgentPlace, _ rendering: Rendering) -> AgentView {
    let agent = record.agent
    let path = place.address
    let marks = FindingMarks(place.findings(of: agent), of: agent)
    func link(_ address: SitePath?) -> String? { address.map { path.link(to: $0) } }
    func links(_ terms: [AgentPlace.TermLink]) -> [LinkView] {
      terms.map { LinkView(title: $0.title, href: path.link(to: $0.address)) }
    }
    return AgentView(
      id: place.id, name: agent.name, spine: Spine.name(agent.color), reach: reach(record.reach),
      sentence: record.reach.sentence.capitalisedFirst + ".", reasons: record.reach.reasons, model: agent.model,
      modelHref: link(place.modelTerm), dialect: agent.dialect.title, dialectHref: link(place.runtimeTerm),
      loading: loading(record, place), category: record.category,
      categoryHref: link(place.categoryTerm), categoryIsFolder: record.categoryIsFolder,
      collection: place.collection, collectionHref: link(place.collectionTerm), permissionMode: agent.permissionMode,
      isRisky: record.reach.bypassesPermissions, color: agent.color, weight: place.weight,
      tokens: Wording.number(agent.promptMeasure.tokens), words: Wording.number(agent.promptMeasure.words),
      descriptionTokens: Wording.number(agent.descriptionMeasure.tokens), summary: agent.description.summary,
      whenToUse: HTML(rendering.whenToUse.html { place.links[$0] }), examples: examples(agent),
      strayLabel: agent.description.strayLabel.ifAny,
      alike: place.alike.map {
        AlikeView(
          name: $0.name, href: path.link(to: $0.address), share: $0.share, path: $0.path,
          compareHref: link($0.comparison) ?? comparing([place.id, $0.id], from: path))
      },
      peers: place.peers.map {
        PeerView(
          name: $0.name, href: path.link(to: $0.address), summary: $0.summary, score: $0.score,
          compareHref: comparing([place.id, $0.id], from: path))
      }, alikeRest: place.alikeCount - place.alike.count, familyHref: link(place.family),
      variantsHref: link(place.variants), variantsCount: place.variantsCount,
      rawHref: path.link(to: place.source), sourceHref: sourceLinks.source(agent.source.path),
      editHref: sourceLinks.edit(agent.source.path), summaryLanguage: agent.descriptionMeasure.language,
      promptLanguage: agent.promptMeasure.language,
      installPath: installPath(agent),
      promptBytes: agent.isRepaired ? nil : "\(agent.promptRange.lowerBound)-\(agent.promptRange.upperBound)",
      findings: self.findings(marks, of: agent, at: path),
      findingSummary: findingCounts(marks.findings).capitalisedFirst, marks: marks,
      tools: tools(agent),
      toolsNote: toolsNote(agent),
      denied: agent.tools.denied.map { ToolView(name: $0.text, tool: nil, allows: "") },
      tags: links(place.tags), topics: links(place.topics), fields: fields(agent, marks),
      comments: agent.comments.map { CommentView(line: $0.line, text: $0.text) },
      path: agent.source.publishedPath, approval: approval(place),
      history: place.history.map { Wording.history($0) { sourceLinks.commit($0) } },
      outline: outline(agent.outline, marks),
      body: HTML(rendering.body.html { place.links[$0] }))
  }

  /// Who has approved an agent; nil where nobody has approved any.
  private func approval(_ place: AgentPlace) -> ApprovalView? {
    guard place.hasApprovals || place.approval != nil else { return nil }
    return ApprovalView(
      state: place.approval.state.rawValue, title: Wording.title(place.approval.state),
      sentence: Wording.approval(place.approval), note: place.approval?.note ?? "")
  }

  /// What sets agents side by side in the browser.
  func comparing(_ ids: [String], from path: SitePath) -> String {
    path.link(to: addresses.comparisons(page: 1)) + "?with=" + ids.joined(separator: ",")
  }

  func documentPage(_ index: Int) throws(SourceChanged) -> [UInt8] {
    let document = catalog.documents[index].document
    let path = addresses.document(index)
    let links = links(of: document, at: path)
    let view = DocumentView(
      heading: document.title, path: document.source.publishedPath,
      rawHref: path.link(to: addresses.documentSource(index)),
      sourceHref: sourceLinks.source(document.source.path),
      findings: findings(FindingMarks(document), of: nil, at: path),
      body: HTML(try texts.rendering(document.source).body.html { links[$0] }))
    return render(
      view, "document", at: path, kind: "document", title: document.title,
      description: "A document beside the agents of this catalog.")
  }

  /// Where the relative links of a document lead from its page.
  func links(of document: PlainDocument, at path: SitePath) -> [String: String] {
    var links: [String: String] = [:]
    for destination in document.relativeLinks {
      links[destination] = addresses.resolve(destination, from: document.source, at: path)
    }
    return links
  }

  private func examples(_ agent: Agent) -> [ExampleView] {
    agent.description.examples.enumerated().map { index, example in
      ExampleView(
        number: index + 1, context: example.context,
        turns: example.turns.map { TurnView(role: $0.role.rawValue, text: $0.text) }, commentary: example.commentary)
    }
  }

  private func findings(_ marks: FindingMarks, of agent: Agent?, at path: SitePath) -> [FindingView] {
    marks.findings.indices.map { place in
      let finding = marks.findings[place]
      let section = marks.sections[place].flatMap { agent?.outline[$0] }
      return FindingView(
        id: FindingMarks.id(place), severity: finding.severity.rawValue.capitalisedFirst,
        message: finding.message.capitalisedFirst + ".", help: finding.help, rule: finding.rule,
        href: path.link(to: addresses.rule(finding.rule)), line: finding.location?.line,
        column: finding.location?.column, section: section?.text.ifAny, sectionHref: section.map { "#\($0.id)" })
    }
  }

  private func tools(_ agent: Agent) -> [ToolView] {
    var seen: Set<String> = []
    return agent.tools.allowed.map { tool in
      ToolView(
        name: tool.text, tool: seen.insert(tool.name).inserted ? tool.name : nil, allows: allows(tool, agent))
    }
  }

  private func allows(_ tool: ToolSet.Tool, _ agent: Agent) -> String {
    if let known = catalog.settings.runtimes[agent.dialect].tool(tool.name) { return known.allows }
    if ["*", "all", "all tools"].contains(tool.text.lowercased()) { return "every tool of the session" }
    return tool.name.hasPrefix("mcp__") ? "a tool of an MCP server" : "not known here"
  }

  private func toolsNote(_ agent: Agent) -> String? {
    switch agent.tools.statement {
    case .inherited: "None named: it inherits every tool of the session."
    case .all: "All tools."
    case .switched: "The tools that are not denied stay as the runtime has them."
    case .listed: agent.tools.allowed.isEmpty ? "An empty list: it has no tools." : nil
    }
  }

  private func fields(_ agent: Agent, _ marks: FindingMarks) -> [FieldView] {
    agent.otherFields.map {
      FieldView(
        key: $0.key.ifAny ?? "before the first field", value: ValueHTML.html($0.value), mark: marks.mark(field: $0.key))
    }
  }

  /// Where the runtime looks for such a file, from the root of a project.
  func installPath(_ agent: Agent) -> String {
    let name = Slug.make(agent.name)
    return switch agent.dialect {
    case .claudeCode: ".claude/agents/\(name).md"
    case .copilot: ".github/agents/\(name).agent.md"
    case .openCode: ".opencode/agent/\(name).md"
    case .gemini: ".gemini/agents/\(name).md"
    case .cursor: ".cursor/rules/\(name).mdc"
    case .skill: ".claude/skills/\(name)/SKILL.md"
    }
  }

  /// The headings of a prompt as a list of links; empty where there are fewer than three.
  private func outline(_ headings: [Document.Heading], _ marks: FindingMarks) -> HTML {
    guard headings.count > 2 else { return "" }
    let top = headings.map(\.level).min() ?? 1
    let items = headings.enumerated().map { place, heading in
      "<li class=\"l\(heading.level - top + 1)\"><a href=\"#\(heading.id)\">\(heading.text)</a>\(marks.mark(section: place))</li>\n"
        as HTML
    }
    return "<ul>\n\(items.joined())</ul>\n"
  }
}
