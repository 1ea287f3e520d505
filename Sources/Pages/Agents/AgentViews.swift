import Agents
import Files
import GFM
import Templates

/// The page of an agent.
struct AgentView: TemplateView {
  /// The identifier in URLs.
  let id: String
  /// The digest of the content that an approval covers.
  let digest: String
  let name: String
  let spine: String
  let reach: HTML
  let sentence: String
  let reasons: [String]
  let model: String?
  let modelHref: String?
  let dialect: String
  let dialectHref: String?
  let kind: ItemKind
  let kindHref: String?
  let loading: LoadingView
  let category: String?
  let categoryHref: String?
  let categoryIsFolder: Bool
  let collection: String
  let collectionHref: String?
  let permissionMode: String?
  let isRisky: Bool
  let color: String?
  let weight: String
  let tokens: String
  let words: String
  let descriptionTokens: String
  /// Whether runtimes are documented to add the description to every session. This applies to agents and skills.
  let isInEverySession: Bool
  let summary: String
  let whenToUse: HTML
  let examples: [ExampleView]
  /// A label in the description that only examples follow, or nil.
  let strayLabel: String?
  let alike: [AlikeView]
  /// The related agents.
  let peers: [PeerView]
  /// The number of near-duplicates that aren't listed.
  let alikeRest: Int
  let familyHref: String?
  let variantsHref: String?
  let variantsCount: Int
  let rawHref: String
  /// The page of the whole file, if it contains other items.
  let wholeHref: String?
  /// The path of that file.
  let file: String?
  let sourceHref: String?
  let editHref: String?
  let summaryLanguage: String?
  let promptLanguage: String?
  /// Where to install a copy; nil for an item that has to be merged into a file.
  let installPath: String?
  /// The byte range of the prompt in the file, as `start-end`; nil if it can't be cut from the file.
  let promptBytes: String?
  let findings: [FindingView]
  let findingSummary: String
  let marks: FindingMarks
  let tools: [ToolView]
  let toolsTitle: String
  let toolsNote: String?
  let denied: [ToolView]
  let tags: [LinkView]
  let topics: [LinkView]
  let owners: [OwnerView]
  /// The lifecycle; nil if nothing is known.
  let lifecycle: LifecycleView?
  let fields: [FieldView]
  /// The comments in the frontmatter.
  let comments: [CommentView]
  let path: String
  /// The files of a skill; nil for other kinds.
  let bundle: BundleView?
  /// The approval; nil if no agent has been approved.
  let approval: ApprovalView?
  /// A sentence about when it was added and last changed, and by whom.
  let history: HTML?
  /// Its last versions; empty if there is only one.
  let versions: [VersionView]
  /// Whether the prompt has enough headings for an outline.
  let hasOutline: Bool
  let body: HTML

  /// The maximum size, in bytes of HTML, at which the section on when to use it is expanded. The prompt should start on
  /// the first screen.
  private static let shortLength = 600

  static let members: Members<AgentView> = [
    "id": Member { $0.id },
    "digest": Member { $0.digest },
    "name": Member { Identifier($0.name) },
    "spine": Member { $0.spine },
    "reach": Member { $0.reach },
    "sentence": Member { $0.sentence },
    "reasons": Member { $0.reasons },
    "model": Member { Identifier($0.model) },
    "modelHref": Member { $0.modelHref },
    "dialect": Member { $0.dialect },
    "kind": Member { $0.kind.noun },
    "kindPlural": Member { $0.kind.plural },
    "isSkill": Member { $0.bundle != nil },
    "kindHref": Member { $0.kindHref },
    "bodyTitle": Member { view in
      switch view.kind {
      case .agent, .command: "Prompt"
      case .skill: "Instructions"
      case .instruction: "Text"
      }
    },
    "dialectHref": Member { $0.dialectHref },
    "loading": Member { [$0.loading] },
    "category": Member { $0.category },
    "categoryHref": Member { $0.categoryHref },
    "categoryIsFolder": Member { $0.categoryIsFolder },
    "collection": Member { $0.collection },
    "collectionHref": Member { $0.collectionHref },
    "permissionMode": Member { $0.permissionMode },
    "isRisky": Member { $0.isRisky },
    "color": Member { $0.color },
    "weight": Member { $0.weight },
    "tokens": Member { $0.tokens },
    "words": Member { $0.words },
    "descriptionTokens": Member { $0.descriptionTokens },
    "isInEverySession": Member { $0.isInEverySession },
    "summary": Member { $0.summary },
    "whenToUse": Member { $0.whenToUse },
    "whenIsShort": Member { $0.whenToUse.bytes.count <= Self.shortLength },
    "hasExamples": Member { !$0.examples.isEmpty },
    "exampleCount": Member { Wording.number($0.examples.count) },
    "examples": Member { $0.examples },
    "strayLabel": Member { $0.strayLabel },
    "hasPeers": Member { !$0.peers.isEmpty },
    "peers": Member { $0.peers },
    "isRelated": Member { !$0.peers.isEmpty || !$0.alike.isEmpty },
    "hasAlike": Member { !$0.alike.isEmpty },
    "alike": Member { $0.alike },
    "alikeRest": Member { $0.alikeRest > 0 ? $0.alikeRest : nil },
    "familyHref": Member { $0.familyHref },
    "variantsHref": Member { $0.variantsHref },
    "variantsCount": Member { $0.variantsCount },
    "rawHref": Member { $0.rawHref },
    "wholeHref": Member { $0.wholeHref },
    "file": Member { $0.file },
    "sourceHref": Member { $0.sourceHref },
    "editHref": Member { $0.editHref },
    "summaryLanguage": Member { $0.summaryLanguage },
    "promptLanguage": Member { $0.promptLanguage },
    "installPath": Member { $0.installPath },
    "promptBytes": Member { $0.promptBytes },
    "hasFindings": Member { !$0.findings.isEmpty },
    "findings": Member { $0.findings },
    "findingSummary": Member { $0.findingSummary },
    "findingSeverity": Member { $0.findings.first?.severity },
    "toolsMark": Member { $0.marks.mark(field: "tools") },
    "deniedMark": Member { $0.marks.mark(field: "disallowedTools") },
    "modelMark": Member { $0.marks.mark(field: "model") },
    "permissionModeMark": Member { $0.marks.mark(field: "permissionMode") },
    "colorMark": Member { $0.marks.mark(field: "color") },
    "tagsMark": Member { $0.marks.mark(field: "tags") },
    "categoryMark": Member { $0.marks.mark(field: "category") },
    "hasTools": Member { !$0.tools.isEmpty },
    "tools": Member { $0.tools },
    "toolsTitle": Member { $0.toolsTitle },
    "toolsNote": Member { $0.toolsNote },
    "hasDenied": Member { !$0.denied.isEmpty },
    "denied": Member { $0.denied },
    "hasTags": Member { !$0.tags.isEmpty },
    "tags": Member { $0.tags },
    "hasTopics": Member { !$0.topics.isEmpty },
    "topics": Member { $0.topics },
    "hasOwners": Member { !$0.owners.isEmpty },
    "owners": Member { $0.owners },
    "lifecycle": Member { $0.lifecycle.map { [$0] } ?? [] },
    "fields": Member { $0.fields },
    "hasComments": Member { !$0.comments.isEmpty },
    "comments": Member { $0.comments },
    "path": Member { $0.path },
    "bundle": Member { $0.bundle.map { [$0] } ?? [] },
    "approval": Member { $0.approval.map { [$0] } ?? [] },
    "history": Member { $0.history },
    "versions": Member { $0.versions },
    "versionCount": Member { Wording.number($0.versions.count) },
    "hasVersions": Member { !$0.versions.isEmpty },
    "hasOutline": Member { $0.hasOutline },
    "body": Member { $0.body },
  ]
}

/// The lifecycle of an item.
struct LifecycleView: TemplateView {
  let lifecycle: Lifecycle
  /// The page and the name of the replacement.
  let replacement: LinkView?

  static let members: Members<LifecycleView> = [
    "status": Member { $0.lifecycle.status?.rawValue },
    "title": Member { $0.lifecycle.status?.title },
    "isOver": Member { $0.lifecycle.isOver },
    "replacement": Member { Identifier($0.replacement?.title ?? $0.lifecycle.replacedBy) },
    "replacementHref": Member { $0.replacement?.href },
    "sunset": Member { $0.lifecycle.sunset },
    "reviewBy": Member { $0.lifecycle.reviewBy },
  ]
}

/// The approval of an item.
struct ApprovalView: TemplateView {
  let state: String
  let title: String
  let sentence: String
  let note: String

  static let members: Members<ApprovalView> = [
    "state": Member { $0.state },
    "title": Member { $0.title },
    "isCurrent": Member { $0.state == "approved" },
    "sentence": Member { $0.sentence },
    "note": Member { $0.note },
  ]
}

/// A near-duplicate.
struct AlikeView: TemplateView {
  let name: String
  let href: String
  let share: String
  let path: String
  /// The link to the comparison of the two.
  let compareHref: String

  static let members: Members<AlikeView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "share": Member { $0.share },
    "path": Member { $0.path },
    "compareHref": Member { $0.compareHref },
  ]
}

/// A related agent.
struct PeerView: TemplateView {
  let name: String
  let href: String
  let summary: String
  /// The closeness in percent.
  let score: Int

  static let members: Members<PeerView> = [
    "name": Member { Identifier($0.name) },
    "href": Member { $0.href },
    "summary": Member { $0.summary },
    "score": Member { $0.score },
  ]
}

/// A finding.
struct FindingView: TemplateView {
  /// The fragment of the finding.
  let id: String
  let severity: String
  let message: String
  let help: String
  let rule: String
  /// The page of the rule.
  let href: String
  let line: Int?
  let column: Int?
  /// The file of a skill that it is about, if it isn't the item's own.
  let file: String?
  /// The page of that file, or the line on this page.
  let fileHref: String?
  /// The heading of the section that it is about.
  let section: String?
  let sectionHref: String?

  static let members: Members<FindingView> = [
    "id": Member { $0.id },
    "section": Member { $0.section },
    "sectionHref": Member { $0.sectionHref },
    "severity": Member { $0.severity },
    "message": Member { HTML(codeSpans: $0.message) },
    "help": Member { HTML(codeSpans: $0.help) },
    "rule": Member { $0.rule },
    "href": Member { $0.href },
    "line": Member { $0.line },
    "column": Member { $0.column },
    "file": Member { Identifier($0.file) },
    "fileHref": Member { $0.fileHref },
  ]
}

extension FindingView {
  /// Returns the findings of a file, for its page.
  ///
  /// - Parameters:
  ///   - agent: The agent, or nil for a document, whose page doesn't link to sections.
  ///   - files: The addresses of a skill's files.
  ///   - linesAreShown: Whether the page shows the lines of its file, so that findings can link to them.
  static func all(
    _ marks: FindingMarks, of agent: Agent?, at path: SitePath, files: BundleAddresses? = nil,
    linesAreShown: Bool = false
  ) -> [FindingView] {
    marks.findings.indices.map { place in
      let finding = marks.findings[place]
      let line = finding.location.map { CodeLine.id($0.line) }
      let part = finding.file.flatMap(RelativePath.init).flatMap { agent?.bundle?.place(of: $0) }
      let page = part.flatMap { files?.files[$0].page }
      let isListed = part.flatMap { agent?.bundle?.files[$0].type.kind } != .markdown
      let section = marks.sections[place].flatMap { agent?.outline[$0] }
      return FindingView(
        id: FindingMarks.id(place), severity: finding.severity.rawValue.capitalisedFirst,
        message: finding.message.capitalisedFirst + ".", help: finding.help, rule: finding.rule,
        href: path.link(to: RulePage.path(finding.rule)), line: finding.location?.line,
        column: finding.location?.column, file: agent == nil ? nil : finding.file,
        fileHref: linesAreShown
          ? line.map { "#\($0)" } : page.map { path.link(to: $0, fragment: isListed ? line : nil) },
        section: section?.text.ifAny, sectionHref: section.map { "#\($0.id)" })
    }
  }
}

/// An example conversation from the description.
struct ExampleView: TemplateView {
  let number: Int
  let context: String
  let turns: [TurnView]
  let commentary: String

  static let members: Members<ExampleView> = [
    "number": Member { $0.number },
    "context": Member { $0.context },
    "turns": Member { $0.turns },
    "commentary": Member { $0.commentary },
  ]
}

/// A turn of a conversation.
struct TurnView: TemplateView {
  let role: String
  let text: String

  static let members: Members<TurnView> = [
    "role": Member { $0.role },
    "text": Member { $0.text },
  ]
}

/// A tool with a description of its effect.
struct ToolView: TemplateView {
  /// The tool as written in the file, with its pattern.
  let name: String
  let allows: String

  static let members: Members<ToolView> = [
    "name": Member { Identifier($0.name) }, "allows": Member { $0.allows },
  ]
}

/// A field that is shown nowhere else on the page.
struct FieldView: TemplateView {
  let key: String
  let value: HTML
  /// The link to the findings about the field.
  let mark: HTML

  static let members: Members<FieldView> = [
    "key": Member { Identifier($0.key) }, "value": Member { $0.value }, "mark": Member { $0.mark },
  ]
}

/// A comment in the frontmatter.
struct CommentView: TemplateView {
  let line: Int
  let text: String

  static let members: Members<CommentView> = [
    "line": Member { $0.line }, "text": Member { $0.text },
  ]
}
