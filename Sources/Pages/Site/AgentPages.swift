import Agents
import Catalogs
import Files
import GFM

/// The pages of single files.
extension Site {
  func agentPage(_ index: Int) -> [UInt8] {
    let entry = catalog.entries[index]
    let agent = entry.agent
    let path = addresses.agent(index)
    let collection = catalog.collections[agent.source.collection].name
    func link(_ kind: Taxonomy.Kind, _ name: String?) -> String? {
      name.flatMap { addresses.term(kind, named: $0) }.map { path.link(to: $0) }
    }
    func links(_ kind: Taxonomy.Kind, _ names: [String]) -> [LinkView] {
      names.compactMap { name in link(kind, name).map { LinkView(title: name, href: $0) } }
    }
    let view = AgentView(
      name: agent.name, spine: Spine.name(agent.color), reach: reaches[entry.reach] ?? "",
      sentence: entry.reach.sentence.capitalisedFirst + ".", reasons: entry.reach.reasons, model: agent.model,
      modelHref: link(.models, agent.model), dialect: agent.dialect.title, category: entry.category,
      categoryHref: link(.categories, entry.category), categoryIsFolder: entry.categoryIsFolder,
      collection: collection, collectionHref: link(.collections, collection), permissionMode: agent.permissionMode,
      isRisky: entry.reach.bypassesPermissions, color: agent.color, weight: weight(agent),
      tokens: Wording.number(agent.promptMeasure.tokens), words: Wording.number(agent.promptMeasure.words),
      descriptionTokens: Wording.number(agent.descriptionMeasure.tokens), summary: agent.description.summary,
      whenToUse: html(agent.whenToUse, of: agent.source, at: path), examples: examples(agent),
      variantsHref: entry.variants.map { path.link(to: addresses.variants($0)) },
      variantsCount: entry.variants.map { catalog.comparisons[$0].agents.count } ?? 1,
      rawHref: path.link(to: addresses.agentSource(index)), sourceHref: addresses.source(agent.source.path),
      editHref: addresses.edit(agent.source.path), summaryLanguage: agent.descriptionMeasure.language,
      promptLanguage: agent.promptMeasure.language,
      installPath: installPath(agent), findings: findings(agent.findings),
      findingSummary: findingCounts(agent.findings).capitalisedFirst,
      tools: agent.tools.allowed.map { ToolView(name: $0.text, allows: allows($0, agent)) },
      toolsNote: toolsNote(agent), denied: agent.tools.denied.map { ToolView(name: $0.text, allows: "") },
      tags: links(.tags, agent.tags), topics: links(.topics, entry.topics), fields: fields(agent),
      path: agent.source.displayPath, outline: outline(agent.body), body: html(agent.body, of: agent.source, at: path))
    return render(
      view, "agent", at: path, kind: "agent", title: agent.name,
      description: agent.description.summary.ifAny ?? "The agent \(agent.name).")
  }

  func documentPage(_ index: Int) -> [UInt8] {
    let document = catalog.documents[index].document
    let path = addresses.document(index)
    let view = DocumentView(
      heading: document.title, path: document.source.displayPath,
      rawHref: path.link(to: addresses.documentSource(index)),
      sourceHref: addresses.source(document.source.path), body: html(document.body, of: document.source, at: path))
    return render(
      view, "document", at: path, kind: "document", title: document.title,
      description: "A document beside the agents of this catalog.")
  }

  private func html(_ document: Document, of source: SourceFile, at path: SitePath) -> HTML {
    HTML(document.html { addresses.resolve($0, from: source, at: path) })
  }

  private func examples(_ agent: Agent) -> [ExampleView] {
    agent.description.examples.enumerated().map { index, example in
      ExampleView(
        number: index + 1, context: example.context,
        turns: example.turns.map { TurnView(role: $0.role.rawValue, text: $0.text) }, commentary: example.commentary)
    }
  }

  private func findings(_ findings: [Finding]) -> [FindingView] {
    findings.sorted { ($0.severity, $0.location?.line ?? 0) < ($1.severity, $1.location?.line ?? 0) }.map {
      FindingView(
        severity: $0.severity.rawValue.capitalisedFirst, message: $0.message.capitalisedFirst + ".", help: $0.help,
        rule: $0.rule,
        line: $0.location?.line, column: $0.location?.column)
    }
  }

  private func allows(_ tool: ToolSet.Tool, _ agent: Agent) -> String {
    if let known = Tools.known(tool.name, agent.dialect) { return known.allows }
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

  private func fields(_ agent: Agent) -> [FieldView] {
    agent.otherFields.map { FieldView(key: $0.key.ifAny ?? "before the first field", value: ValueHTML.html($0.value)) }
  }

  /// Where the runtime looks for such a file, from the root of a project.
  private func installPath(_ agent: Agent) -> String {
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
  private func outline(_ document: Document) -> HTML {
    guard document.outline.count > 2 else { return "" }
    let top = document.outline.map(\.level).min() ?? 1
    let items = document.outline.map {
      "<li class=\"l\($0.level - top + 1)\"><a href=\"#\($0.id)\">\($0.text)</a></li>\n" as HTML
    }
    return "<ul>\n\(items.joined())</ul>\n"
  }
}
