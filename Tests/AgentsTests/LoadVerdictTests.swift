import Files
import Testing

@testable import Agents

@Suite("Load verdicts")
struct LoadVerdictTests {
  private static let plugin = "plugins/x/agents/a.md"

  @Test("A reason has a message, a line, a fix and evidence")
  func reasons() throws {
    let verdict = try agent("---\nname: a\ndescription: d\ntools: read_file\n---\nB\n", path: ".gemini/agents/a.md")
      .loading
    let reason = try #require(verdict.reasons.first)
    #expect(verdict.outcome == .ignored && reason.line == 4)
    #expect(reason.message == "“tools” must be a list; it is text; Gemini CLI ignores the file")
    #expect(reason.fix == "Write a list." && reason.evidence.contains { $0.kind == .sourceRead })
  }

  @Test("A verdict that depends on the version names the versions")
  func versions() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("---\nname: a\ndescription: d\n---\nB\n".utf8)
    let agent = try agent(bytes: bytes, path: ".claude/agents/a.md")
    #expect(agent.loading.outcome == .loads)
    #expect(agent.loading.reasons.first?.versions == "since 2.1.239")
    let finding = try #require(agent.findings.first { $0.rule == "byte-order-mark" })
    #expect(finding.severity == .note && finding.message.contains("before 2.1.239, Claude Code ignores the file"))
  }

  @Test("Invalid YAML that the runtime accepts is loaded")
  func strict() throws {
    let agent = try agent("---\nname: a\ndescription: Use: it\n---\nB\n", path: ".claude/agents/a.md")
    #expect(agent.loading.outcome == .loads)
    let finding = try #require(agent.findings.first { $0.rule == "frontmatter-invalid" })
    #expect(finding.severity == .warning && finding.location?.line == 3)
    #expect(finding.message.hasPrefix("strict YAML parsers reject"))
  }

  @Test("Ignoring a rule does not change the verdict")
  func silenced() throws {
    let agent = try agent("---\nname: a:b\n# roster: ignore name-format\ndescription: d\n---\nB\n")
    #expect(!agent.findings.contains { $0.rule == "name-format" })
    #expect(agent.loading.outcome == .ignored)
  }

  @Test("A plugin agent that would not load elsewhere is marked as spared")
  func spared() throws {
    #expect(try agent("---\nname: a\n---\nB\n", path: Self.plugin).loading.isSpared)
    #expect(try !agent("---\nname: a\ndescription: d\n---\nB\n", path: Self.plugin).loading.isSpared)
  }

  @Test(
    "A plugin agent with invalid YAML loads without fields, with every tool",
    arguments: [
      "---\nname: a\ndescription: Bakes. Examples:\n\n<example>\ntools: Read\n---\nB\n",
      "---\r\nname: a\r\ndescription: Bakes: bread\r\ntools: Read\r\n---\r\nB\r\n",
    ])
  func broken(_ text: String) throws {
    let item = try agent(text, path: Self.plugin)
    let finding = try #require(item.findings.first { $0.rule == "frontmatter-invalid" })
    #expect(finding.severity == .error)
    #expect(
      finding.message.hasSuffix("; Claude Code loads the plugin agent without any field, so the agent has every tool"))
    #expect(item.loading.outcome == .partial && item.loading.isSpared)
    #expect(Reach(of: item, by: Runtimes.builtIn[item])[.run] == .inherited)
    // Outside a plugin, the same file is ignored.
    let other = try agent(text, path: ".claude/agents/a.md")
    #expect(other.loading.outcome == .ignored)
    #expect(other.findings.contains { $0.message.hasSuffix("Claude Code ignores the file") })
  }

  @Test("A runtime that does not read the fields does not judge the tools in them")
  func unreadTools() throws {
    let text = "---\nname: a\ndescription: Bakes.\ntools: Nothing\nother: [1\n---\nB\n"
    let plugin = try agent(text, path: Self.plugin)
    #expect(!plugin.findings.contains { $0.rule == "tools-none-exist" } && plugin.loading.outcome == .partial)
    let own = try agent(text, path: ".claude/agents/a.md")
    let finding = own.findings.first { $0.rule == "tools-none-exist" }
    #expect(finding?.message == "none of the tools can be used: Nothing")
  }

  @Test("A plugin agent without frontmatter loads with every tool")
  func bare() throws {
    let plugin = PluginPlace(manifests: [".claude-plugin/plugin.json"], path: "agents/a.md")
    let source = SourceFile(path: try #require(RelativePath("x/agents/a.md")), collection: 0, plugin: plugin)
    guard case .agent(let item) = AgentReader().read(Array("Bake bread.\n".utf8), of: source).facts else {
      Issue.record("the file reads as a document")
      return
    }
    let finding = try #require(item.findings.first { $0.rule == "frontmatter-missing" })
    #expect(finding.message.contains("loads the plugin agent without any field") && finding.severity == .warning)
  }

  @Test("The file name affects the verdict")
  func fileName() throws {
    let text = "---\nname: a\ndescription: d\n---\nB\n"
    let left = try agent(text, path: ".gemini/agents/_a.md")
    #expect(left.loading.outcome == .ignored)
    #expect(left.findings.contains { $0.rule == "will-not-load" && $0.severity == .error })
    #expect(try agent(text, path: ".gemini/agents/a_.md").loading.outcome == .loads)
  }

  @Test("A Markdown file among commands in TOML has one finding")
  func otherFormat() throws {
    let found = try reading(Array("---\ndescription: d\n---\nB\n".utf8), path: ".gemini/commands/a.md")
    guard case .agent(let item) = found.facts else { throw NoAgent() }
    #expect(item.loading.outcome == .ignored)
    #expect(item.findings.map(\.rule) == ["will-not-load"])
    #expect(item.findings.first?.message == "only .toml files are commands; Gemini CLI ignores the file")
  }

  @Test("The worst reason comes first, and the number of reasons is limited")
  func order() throws {
    let tools = (0..<60).map { "X\($0)x" }.joined(separator: ", ")
    let verdict = try agent("---\ndescription: d\ntools: \(tools)\n---\nB\n").loading
    #expect(verdict.reasons.first?.message.contains("no name") == true)
    #expect(verdict.reasons.count == 20)
  }

  @Test("Stored verdicts are read back unchanged")
  func stored() throws {
    let verdict = try agent("---\nname: a:b\ntools: Xx\n---\nB\n").loading
    var writer = ByteWriter()
    verdict.store(in: &writer)
    var reader = ByteReader(writer.bytes)
    #expect(try LoadVerdict(from: &reader) == verdict)
  }
}
