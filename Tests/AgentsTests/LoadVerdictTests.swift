import Files
import Testing

@testable import Agents

/// What runtimes make of a file. Claude Code: its documentation of subagents and plugins; Gemini CLI: its agentLoader.ts; OpenCode: its issues 24181 and 45885.
@Suite("A load verdict")
struct LoadVerdictTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    var path = "a.md"
    let outcome: LoadVerdict.Outcome
    /// What the first reason says, and its line.
    var reason = ""
    var line: Int?
    var testDescription: String { "\(path): \(text.prefix(60).split(separator: "\n").joined(separator: " | "))" }
  }

  private static let plugin = "plugins/x/agents/a.md"
  private static let gemini = ".gemini/agents/a.md"
  private static let openCode = ".opencode/agent/a.md"

  static let cases: [Case] = [
    Case(text: "---\nname: a\ndescription: d\n---\nB\n", outcome: .loads),
    Case(text: "---\nname: a\ndescription: d\ntools: Read, Task\nteam: core\n---\nB\n", outcome: .loads),
    // Skipped by Claude Code.
    Case(text: "---\ndescription: d\n---\nB\n", outcome: .skipped, reason: "no name"),
    Case(text: "---\nname: a\n---\nB\n", outcome: .skipped, reason: "no description"),
    Case(text: "---\nname: -a\ndescription: d\n---\nB\n", outcome: .skipped, reason: "begins with", line: 2),
    Case(text: "---\nname: a:b\ndescription: d\n---\nB\n", outcome: .skipped, reason: "holds", line: 2),
    Case(
      text: "---\nname: \(String(repeating: "é", count: 257))\ndescription: d\n---\nB\n", outcome: .skipped,
      reason: "256", line: 2),
    Case(text: "---\nname: \(String(repeating: "é", count: 256))\ndescription: d\n---\nB\n", outcome: .loads),
    Case(text: "---\nname: a\ndescription: Use: it\n---\nB\n", outcome: .skipped, reason: "not YAML", line: 3),
    Case(text: "\n---\nname: a\ndescription: d\n---\nB\n", outcome: .skipped, reason: "first line", line: 1),
    Case(text: "---\nname: a\ndescription: d\n\nB\n", outcome: .skipped, reason: "never closed", line: 1),
    // In a plugin they load all the same.
    Case(
      text: "---\nname: a\ndescription: Use: it\n---\nB\n", path: plugin, outcome: .lessened, reason: "not YAML",
      line: 3),
    Case(text: "---\ndescription: d\n---\nB\n", path: plugin, outcome: .lessened, reason: "no name"),
    Case(
      text: "---\nname: a\ndescription: d\nhooks: {}\npermissionMode: plan\n---\nB\n", path: plugin, outcome: .lessened,
      reason: "hooks", line: 4),
    // With less.
    Case(
      text: "---\nname: a\ndescription: d\nallowed_tools: Read\n---\nB\n", outcome: .lessened, reason: "allowed_tools",
      line: 4),
    Case(text: "---\nname: a\ndescription: d\ntools: Read, Bsh\n---\nB\n", outcome: .lessened, reason: "Bsh", line: 4),
    Case(
      text: "---\nname: a\ndescription: d\ntools: Read, AskUserQuestion\n---\nB\n", outcome: .lessened,
      reason: "AskUserQuestion", line: 4),
    Case(text: "---\nname: a\ndescription: d\nmodel: gpt-4\n---\nB\n", outcome: .lessened, reason: "gpt-4", line: 4),
    // Nobody says what becomes of these.
    Case(
      text: "---\nname: a\ndescription: d\nmodel: opus\nmodel: haiku\n---\nB\n", outcome: .uncertain, reason: "twice",
      line: 5),
    Case(
      text: "---\nname: a\nx: \(String(repeating: "y", count: 70_000))\n---\nB\n", outcome: .uncertain, reason: "bytes",
      line: 1),
    Case(
      text: "---\ndescription: d\n---\n\(String(repeating: "word ", count: 6001))", path: "a.agent.md",
      outcome: .uncertain,
      reason: "30000"),
    // Gemini CLI takes nothing that it does not know.
    Case(text: "---\nname: a\ndescription: d\ntools: [read_file]\n---\nB\n", path: gemini, outcome: .loads),
    Case(text: "---\nname: A b\ndescription: d\n---\nB\n", path: gemini, outcome: .skipped, reason: "A b", line: 2),
    Case(
      text: "---\nname: a\ndescription: d\ncolor: red\n---\nB\n", path: gemini, outcome: .skipped, reason: "color",
      line: 4),
    Case(
      text: "---\nname: a\ndescription: d\ntools: [Read]\n---\nB\n", path: gemini, outcome: .skipped, reason: "Read",
      line: 4),
    Case(
      text: "---\nname: a\ndescription: d\ntools: read_file\n---\nB\n", path: gemini, outcome: .skipped,
      reason: "a list", line: 4),
    Case(
      text: "---\nname: a\nname: b\ndescription: d\n---\nB\n", path: gemini, outcome: .skipped, reason: "twice", line: 3
    ),
    // OpenCode goes by the file's name.
    Case(text: "---\ndescription: d\n---\nB\n", path: openCode, outcome: .loads),
    Case(
      text: "---\ndescription: d\ntools: read, bash\n---\nB\n", path: openCode, outcome: .skipped, reason: "a map",
      line: 3),
    Case(text: "---\ndescription: Use: it\n---\nB\n", path: openCode, outcome: .uncertain, reason: "not YAML", line: 2),
    // Copilot needs a description only, and Cursor nothing.
    Case(text: "---\ndescription: d\ntools: [anything]\n---\nB\n", path: "a.agent.md", outcome: .loads),
    Case(text: "---\nname: a\n---\nB\n", path: "a.agent.md", outcome: .skipped, reason: "no description"),
    Case(text: "---\nalwaysApply: true\n---\nB\n", path: "a.mdc", outcome: .loads),
  ]

  @Test("is what the runtime does, and why", arguments: cases)
  func each(_ item: Case) throws {
    let verdict = try agent(item.text, path: item.path).loading
    #expect(verdict.outcome == item.outcome, "\(verdict.reasons)")
    let first = verdict.reasons.first
    #expect((first?.message ?? "").contains(item.reason), "\(verdict.reasons)")
    #expect(first?.line == item.line, "\(verdict.reasons)")
    #expect(verdict.reasons.allSatisfy { !$0.fix.isEmpty })
  }

  @Test("is none the better for a file that does not want to be told")
  func silenced() throws {
    let agent = try agent("---\nname: a:b\n# roster: ignore will-not-load\ndescription: d\n---\nB\n")
    #expect(!agent.findings.contains { $0.rule == "will-not-load" })
    #expect(agent.loading.outcome == .skipped)
  }

  @Test("says of a plugin's agent that it would be left out elsewhere")
  func spared() throws {
    #expect(try agent("---\ndescription: d\n---\nB\n", path: Self.plugin).loading.isSpared)
    #expect(try !agent("---\nname: a\ndescription: d\n---\nB\n", path: Self.plugin).loading.isSpared)
  }

  @Test("names the worst first, and no more than anybody reads")
  func order() throws {
    let tools = (0..<60).map { "X\($0)x" }.joined(separator: ", ")
    let verdict = try agent("---\ndescription: d\ntools: \(tools)\n---\nB\n").loading
    #expect(verdict.reasons.first?.message.contains("no name") == true)
    #expect(verdict.reasons.count == 20)
  }

  @Test("is kept between runs as it is")
  func stored() throws {
    let verdict = try agent("---\nname: a:b\ntools: Xx\n---\nB\n").loading
    var writer = ByteWriter()
    verdict.store(in: &writer)
    var reader = ByteReader(writer.bytes)
    #expect(try LoadVerdict(from: &reader) == verdict)
  }
}
