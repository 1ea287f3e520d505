import Rules
import Text

/// Reports models that the runtime does not have.
enum ModelUnknown: FieldRule {
  static let rule = Rule(
    "model-unknown", .warning, "unknown or retired model", runtimes: ["claude-code"],
    what: """
      Reports a model that the runtime does not have, for runtimes that list their models, and models that are \
      retired.
      """,
    why: """
      Claude Code accepts `sonnet`, `opus`, `haiku`, `fable` and `inherit`, and full identifiers such as \
      `claude-opus-4-5`. What it does with any other name is not documented.
      """,
    fix: "Use one of the models that the message names.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      model: Sonet
      ---
      Read the document.
      """, line: 5, column: 8),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      model: sonnet
      ---
      Read the document.
      """))

  static func check(fieldsOf agent: AgentContext, _ findings: inout FindingList) {
    guard agent.runtime.reads("model"), let models = agent.runtime.facts.models, let model = agent.agent.model,
      let index = agent.indexOfValue("model")
    else { return }
    let shown = Bounds.cut(model, to: 60)
    let place = findings.place(of: model, inField: index)
    if let instead = models.successor(of: model) {
      findings.add(
        rule, "the model “\(shown)” is retired", help: "Use \(instead).", textRange: place, effect: models.wrong)
      return
    }
    // Other runtimes accept the models of many providers, so their lists are never complete.
    guard models.isComplete, !models.takes(model), !model.isEmpty else { return }
    let meant = models.names.first { $0 == model.lowercased() } ?? Spelling.suggestion(for: model, among: models.names)
    findings.add(
      rule, "\(agent.title) has no model “\(shown)”",
      help: meant.map { "Did you mean “\($0)”?" }
        ?? (models.names.isEmpty
          ? "Use a full model ID." : "Use \(Array(models.names.prefix(5)).joined(before: "or")), or a full model ID."),
      textRange: place, effect: models.wrong)
  }
}
