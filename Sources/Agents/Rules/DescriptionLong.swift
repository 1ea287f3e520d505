import Rules
import Text

/// Reports long descriptions.
enum DescriptionLong: FieldRule {
  static let rule = Rule(
    "description-long", .note, "the description is long", runtimes: ["claude-code", "agent-skill"],
    source: "anthropics/claude-code#13493; Alishahryar1/free-claude-code#1709 (2.1.263), as of September 2026",
    what: "Reports a description of more than 1,000 tokens. `value-invalid` reports the lower limit for skills.",
    why: """
      The description of every installed agent is part of every session, whether or not the agent is used. Claude Code \
      warns if all of them together exceed 15,000 tokens.
      """,
    fix: "In the description, say only when to use the agent. Move the rest into the prompt.",
    failing: Example(
      """
      ---
      name: reader
      description: \(repeating: "Reads design documents. ", 300)
      tools: Read
      ---
      Read the document.
      """, line: 3),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func check(fieldsOf agent: AgentContext, _ findings: inout FindingList) {
    let tokens = agent.agent.descriptionMeasure.tokens
    // As far as documented, runtimes do not add the descriptions of commands and rules to every session.
    guard tokens > 1000, [.agent, .skill].contains(agent.agent.kind) else { return }
    findings.add(
      rule,
      "the description adds about \(NumberText.grouped(tokens)) tokens to every session, whether the \(agent.noun) is used or not",
      help: "In the description, say only when to use the \(agent.noun). Move the rest into the prompt.",
      fileRange: agent.agent.fields.first { $0.key == "description" }?.range)
  }
}
