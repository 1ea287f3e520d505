import Agents
import Catalogs
import Files
import GFM
import Templates

/// The page of an agent.
struct AgentPage: PageKind {
  let site: SiteIndex
  /// The agent, as an index into the catalog.
  let index: Int

  static let isInSitemap = true
  static let views: [any TemplateView.Type] = [
    AgentView.self, ApprovalView.self, LifecycleView.self, LoadingView.self, LoadReasonView.self, EvidenceView.self,
    PortsView.self,
    PortabilityView.self, OwnerView.self, AlikeView.self, PeerView.self, ExampleView.self, TurnView.self, ToolView.self,
    FieldView.self,
    CommentView.self, BundleView.self, BundleFolderView.self, BundleRowView.self, BundleScriptView.self,
    VersionView.self,
  ]

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.entries.indices.map { AgentPage(site: site, index: $0) }
  }

  var path: SitePath { site.catalog.entries[index].address.page }
  func inputs() -> AgentReference { site.agent(index) }
}

/// The file of an agent, byte for byte.
struct AgentSource: PageKind {
  let site: SiteIndex
  /// The agent, as an index into the catalog.
  let index: Int

  static let isInSitemap = false

  static func all(in site: SiteIndex) -> [any PageKind] {
    site.catalog.entries.indices.map { AgentSource(site: site, index: $0) }
  }

  var path: SitePath { site.catalog.entries[index].sourcePath }
  func inputs() -> SourceCopy { SourceCopy(site.catalog.entries[index].agent.source, site.texts) }
}

extension Catalog.Entry {
  /// The path of the published copy of its file.
  var sourcePath: SitePath { address.source(agent.format) }
}

extension AgentInputs {
  func page(_ renderer: PageRenderer) throws(SourceChanged) -> PageView {
    let agent = file.record.agent
    return PageView(
      template: "agent", kind: "agent", title: agent.name,
      description: agent.description.summary.ifAny ?? "The agent \(agent.name).",
      about: StructuredData(agent, place, source: place.web.source, renderer.settings),
      content: view(try file.rendering(), renderer))
  }

  private func view(_ rendering: Rendering, _ renderer: PageRenderer) -> AgentView {
    let (record, agent, path) = (file.record, file.record.agent, place.address)
    let marks = FindingMarks(place.findings(of: agent), of: agent)
    let files = agent.bundle.map { BundleAddresses(of: $0, at: path) }
    func link(_ address: SitePath?) -> String? { address.map { path.link(to: $0) } }
    func links(_ terms: [AgentPlace.TermLink]) -> [LinkView] {
      terms.map { LinkView(title: $0.title, href: path.link(to: $0.address)) }
    }
    return AgentView(
      id: place.id, digest: record.digest, name: agent.name, spine: Spine.name(agent.color),
      reach: renderer.reach(record.reach),
      sentence: record.reach.sentence.capitalisedFirst + ".", reasons: record.reach.reasons, model: agent.model,
      modelHref: link(place.modelTerm), dialect: agent.dialect.title, dialectHref: link(place.runtimeTerm),
      kind: agent.kind, kindHref: link(place.kindTerm),
      loading: loading(renderer), category: record.category,
      categoryHref: link(place.categoryTerm), categoryIsFolder: record.categoryIsFolder,
      collection: place.collectionTitle, collectionHref: link(place.collectionTerm),
      permissionMode: agent.permissionMode,
      isRisky: record.reach.bypassesPermissions, color: agent.color, weight: place.weight,
      tokens: Wording.number(agent.promptMeasure.tokens), words: Wording.number(agent.promptMeasure.words),
      descriptionTokens: Wording.number(agent.descriptionMeasure.tokens),
      isInEverySession: [.agent, .skill].contains(agent.kind), summary: agent.description.summary,
      whenToUse: HTML(rendering.whenToUse.html { place.links[$0] }), examples: examples(agent),
      strayLabel: agent.description.strayLabel.ifAny,
      alike: place.alike.map {
        AlikeView(
          name: $0.name, href: path.link(to: $0.address), share: $0.share, path: $0.path,
          compareHref: link($0.comparison) ?? path.comparing([place.id, $0.id]))
      },
      peers: place.peers.map {
        PeerView(
          name: $0.card.name, href: path.link(to: $0.card.address), summary: $0.card.summary, score: $0.score)
      },
      alikeRest: place.alikeCount - place.alike.count, familyHref: link(place.family),
      variantsHref: link(place.variants), variantsCount: place.variantsCount,
      rawHref: path.link(to: place.source), wholeHref: link(place.whole),
      file: agent.source.item.map { _ in agent.source.publishedPath },
      sourceHref: place.web.source, editHref: place.web.edit, summaryLanguage: agent.descriptionMeasure.language,
      promptLanguage: agent.promptMeasure.language,
      installPath: agent.source.item == nil ? renderer.installPath(of: agent) : nil,
      promptBytes: agent.isRepaired ? nil : "\(agent.promptRange.lowerBound)-\(agent.promptRange.upperBound)",
      findings: FindingView.all(marks, of: agent, at: path, files: files),
      findingSummary: Wording.counts(marks.findings).capitalisedFirst, marks: marks,
      tools: tools(agent, renderer),
      toolsTitle: isApproved(agent, renderer) ? "Tools approved in advance" : "Tools",
      toolsNote: toolsNote(agent, isApproved: isApproved(agent, renderer)),
      denied: agent.tools.denied.map { ToolView(name: $0.text, allows: "") },
      tags: links(place.tags), topics: links(place.topics),
      owners: place.owners.map {
        OwnerView(title: $0.title, href: path.link(to: $0.address), contact: $0.contact)
      },
      lifecycle: place.lifecycle.isEmpty
        ? nil
        : LifecycleView(
          lifecycle: place.lifecycle,
          replacement: place.replacement.map { LinkView(title: $0.title, href: path.link(to: $0.address)) }),
      fields: fields(agent, marks),
      comments: agent.comments.map { CommentView(line: $0.line, text: $0.text) },
      path: agent.source.publishedLabel,
      bundle: agent.bundle.map { BundleView($0, of: agent, files, at: path) }, approval: approval(place),
      history: place.history.map { Wording.history($0) { place.web.commit($0) } },
      versions: VersionView.all(place), hasOutline: agent.outline.count > 2,
      body: HTML(rendering.body.html { place.links[$0] }))
  }

  /// Returns the approval of an agent; nil if no agent has been approved.
  private func approval(_ place: AgentPlace) -> ApprovalView? {
    guard place.hasApprovals || place.approval != nil else { return nil }
    return ApprovalView(
      state: place.approval.state.rawValue, title: Wording.title(place.approval.state),
      sentence: Wording.approval(place.approval), note: place.approval?.note ?? "")
  }

  private func examples(_ agent: Agent) -> [ExampleView] {
    agent.description.examples.enumerated().map { index, example in
      ExampleView(
        number: index + 1, context: example.context,
        turns: example.turns.map { TurnView(role: $0.role.rawValue, text: $0.text) }, commentary: example.commentary)
    }
  }

  private func tools(_ agent: Agent, _ renderer: PageRenderer) -> [ToolView] {
    agent.tools.allowed.map { ToolView(name: $0.text, allows: allows($0, agent, renderer)) }
  }

  private func allows(_ tool: ToolSet.Tool, _ agent: Agent, _ renderer: PageRenderer) -> String {
    // Here a pattern selects what is approved. In an agent's tool list, it doesn't limit the tool.
    if tool.specifier != nil, isApproved(agent, renderer) { return "what the pattern matches" }
    if let known = renderer.settings.runtimes[agent].tool(tool.name) { return known.allows }
    if ["*", "all", "all tools"].contains(tool.text.lowercased()) { return "every tool of the session" }
    return tool.name.hasPrefix("mcp__") ? "a tool of an MCP server" : "unrecognized"
  }

  /// Returns whether a tool list only approves tools in advance and doesn't limit the others.
  private func isApproved(_ agent: Agent, _ renderer: PageRenderer) -> Bool {
    renderer.settings.runtimes[agent].approvesTools
  }

  private func toolsNote(_ agent: Agent, isApproved: Bool) -> String? {
    if isApproved {
      return agent.tools.allowed.isEmpty
        ? "None. The \(agent.kind.noun) has the session's tools, which ask as usual."
        : "These need no approval while the \(agent.kind.noun) runs. The other tools of the session ask as usual."
    }
    return switch agent.tools.statement {
    case .inherited: "No tools listed; inherits all session tools."
    case .all: "All tools."
    case .switched: "All other tools keep the runtime’s defaults."
    case .listed: agent.tools.allowed.isEmpty ? "Empty list: no tools." : nil
    }
  }

  private func fields(_ agent: Agent, _ marks: FindingMarks) -> [FieldView] {
    agent.otherFields.map {
      FieldView(
        key: $0.key.ifAny ?? "before the first field", value: ValueHTML.html($0.value), mark: marks.mark(field: $0.key))
    }
  }
}

extension PageRenderer {
  /// Returns the path where the runtime of an agent looks for such a file, relative to the root of a project.
  func installPath(of agent: Agent) -> String {
    settings.runtimes[agent].path(of: Slug.make(agent.name), format: agent.format)
  }
}
