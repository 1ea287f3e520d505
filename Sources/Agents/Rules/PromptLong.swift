import Rules
import Text

/// Reports long prompts.
enum PromptLong: PromptRule {
  static let rule = Rule(
    "prompt-long", .note, "the prompt is long", runtimes: ["copilot"],
    what: """
      Reports a prompt of more than 10,000 tokens, or of more characters than the runtime accepts: Copilot takes \
      30,000.
      """,
    why: "The prompt takes up context in every call, and models pay the least attention to the middle of a long text.",
    fix: "Move rarely needed parts into files that the agent reads on demand.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      \(repeating: "Read the document. ", 4000)
      """),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      \(repeating: "Read the document. ", 400)
      """))

  static func check(promptOf agent: AgentContext, _ findings: inout FindingList) {
    let help = "Move rarely needed parts into files that are read on demand."
    let text = agent.agent.kind == .instruction ? "text" : "prompt"
    let (prompt, tokens) = (agent.prompt, agent.agent.promptMeasure.tokens)
    if let longest = agent.runtime.facts.longestPrompt, prompt.count > longest,
      case let length = prompt.reduce(0, { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }), length > longest
    {
      findings.add(
        rule,
        "the \(text) has \(NumberText.grouped(length)) characters, and \(agent.title) takes \(NumberText.grouped(longest))",
        help: help, fileRange: nil, severity: .warning, effect: .unknown)
    } else if tokens > 10_000 {
      let when = agent.agent.kind == .agent ? "at every call" : "wherever the \(agent.noun) is used"
      findings.add(
        rule, "the \(text) takes about \(NumberText.grouped(tokens)) tokens \(when)", help: help, fileRange: nil)
    }
  }
}
