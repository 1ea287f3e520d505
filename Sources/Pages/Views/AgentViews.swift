/// The page of an agent.
struct AgentView: TemplateView {
  let name: String
  let spine: String
  let reach: String
  let sentence: String
  let reasons: [String]
  let model: String?
  let modelHref: String?
  let dialect: String
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
  let summary: String
  let whenToUse: String
  let examples: [ExampleView]
  let variantsHref: String?
  let variantsCount: Int
  let rawHref: String
  let sourceHref: String?
  let editHref: String?
  let summaryLanguage: String?
  let promptLanguage: String?
  let installPath: String
  let findings: [FindingView]
  let findingSummary: String
  let tools: [ToolView]
  let toolsNote: String?
  let denied: [ToolView]
  let tags: [LinkView]
  let topics: [LinkView]
  let fields: [FieldView]
  let path: String
  let outline: String
  let body: String

  static let members: [String: @Sendable (AgentView) -> Any?] = [
    "name": { $0.name },
    "spine": { $0.spine },
    "reach": { $0.reach },
    "sentence": { $0.sentence },
    "reasons": { $0.reasons },
    "model": { $0.model },
    "modelHref": { $0.modelHref },
    "dialect": { $0.dialect },
    "category": { $0.category },
    "categoryHref": { $0.categoryHref },
    "categoryIsFolder": { $0.categoryIsFolder },
    "collection": { $0.collection },
    "collectionHref": { $0.collectionHref },
    "permissionMode": { $0.permissionMode },
    "isRisky": { $0.isRisky },
    "color": { $0.color },
    "weight": { $0.weight },
    "tokens": { $0.tokens },
    "words": { $0.words },
    "descriptionTokens": { $0.descriptionTokens },
    "summary": { $0.summary.ifAny },
    "whenToUse": { $0.whenToUse.ifAny },
    "hasExamples": { !$0.examples.isEmpty },
    "examples": { $0.examples },
    "variantsHref": { $0.variantsHref },
    "variantsCount": { $0.variantsCount },
    "rawHref": { $0.rawHref },
    "sourceHref": { $0.sourceHref },
    "editHref": { $0.editHref },
    "summaryLanguage": { $0.summaryLanguage },
    "promptLanguage": { $0.promptLanguage },
    "installPath": { $0.installPath },
    "hasFindings": { !$0.findings.isEmpty },
    "findings": { $0.findings },
    "findingSummary": { $0.findingSummary },
    "findingSeverity": { $0.findings.first?.severity },
    "hasTools": { !$0.tools.isEmpty },
    "tools": { $0.tools },
    "toolsNote": { $0.toolsNote },
    "hasDenied": { !$0.denied.isEmpty },
    "denied": { $0.denied },
    "hasTags": { !$0.tags.isEmpty },
    "tags": { $0.tags },
    "hasTopics": { !$0.topics.isEmpty },
    "topics": { $0.topics },
    "fields": { $0.fields },
    "path": { $0.path },
    "hasOutline": { !$0.outline.isEmpty },
    "outline": { $0.outline },
    "body": { $0.body.ifAny },
  ]
}

/// Something that is wrong with the file.
struct FindingView: TemplateView {
  let severity: String
  let message: String
  let help: String
  let rule: String
  let line: Int?
  let column: Int?

  static let members: [String: @Sendable (FindingView) -> Any?] = [
    "severity": { $0.severity },
    "message": { $0.message },
    "help": { $0.help },
    "rule": { $0.rule },
    "line": { $0.line },
    "column": { $0.column },
  ]
}

/// A conversation that shows when the agent is called.
struct ExampleView: TemplateView {
  let number: Int
  let context: String
  let turns: [TurnView]
  let commentary: String

  static let members: [String: @Sendable (ExampleView) -> Any?] = [
    "number": { $0.number },
    "context": { $0.context.ifAny },
    "turns": { $0.turns },
    "commentary": { $0.commentary.ifAny },
  ]
}

/// What one side of a conversation says or does.
struct TurnView: TemplateView {
  let role: String
  let text: String

  static let members: [String: @Sendable (TurnView) -> Any?] = [
    "role": { $0.role },
    "text": { $0.text },
  ]
}

/// A tool, and what it allows in plain words.
struct ToolView: TemplateView {
  let name: String
  let allows: String

  static let members: [String: @Sendable (ToolView) -> Any?] = ["name": { $0.name }, "allows": { $0.allows }]
}

/// A field that nothing else on the page shows.
struct FieldView: TemplateView {
  let key: String
  /// HTML.
  let value: String

  static let members: [String: @Sendable (FieldView) -> Any?] = ["key": { $0.key }, "value": { $0.value }]
}

/// The page of a file without frontmatter.
struct DocumentView: TemplateView {
  let heading: String
  let path: String
  let rawHref: String
  let sourceHref: String?
  let body: String

  static let members: [String: @Sendable (DocumentView) -> Any?] = [
    "heading": { $0.heading },
    "path": { $0.path },
    "rawHref": { $0.rawHref },
    "sourceHref": { $0.sourceHref },
    "body": { $0.body },
  ]
}
