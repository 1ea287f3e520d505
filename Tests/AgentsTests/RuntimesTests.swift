import Files
import Testing

@testable import Agents

@Suite("What is known of runtimes")
struct RuntimesTests {
  private func overlaid(_ text: String) throws -> Runtimes { try Runtimes.builtIn.overlaid(by: text, file: "r.yml") }

  @Test("is there for each, with its date and its source", arguments: Dialect.allCases)
  func builtIn(_ dialect: Dialect) {
    let facts = Runtimes.builtIn[dialect].facts
    #expect(!facts.asOf.isEmpty && !facts.source.isEmpty && facts.fields.contains("description"))
    #expect(Set(facts.fields).count == facts.fields.count)
    #expect(facts.required.allSatisfy { facts.fields.contains($0) })
    #expect(Set(facts.tools.map(\.name)).count == facts.tools.count)
  }

  @Test("knows tools by every name that they have")
  func names() {
    let claude = Runtimes.builtIn[.claudeCode]
    #expect(claude.tool("Task")?.name == "Agent")
    #expect(claude.listedTool("Task")?.fate?.what.contains("2.1.63") == true)
    #expect(claude.tool("bash") == nil)
    #expect(Runtimes.builtIn[.copilot].tool("Bash")?.abilities == [.run])
    #expect(Runtimes.builtIn[.copilot].tool("search/codebase")?.abilities == [.read])
    #expect(Runtimes.builtIn[.openCode].tool("shell")?.name == "bash")
    #expect(Runtimes.builtIn[.cursor].tool("Write")?.abilities == [.edit])
  }

  @Test("takes a file in its place, key by key, and tool by tool")
  func overlay() throws {
    let runtimes = try overlaid(
      """
      claude-code:
        as-of: May 2027
        required: [name]
        spellings: {tools-allowed: tools, tool: off}
        tools:
          Teleport: {gives: [web, run], means: shell, allows: work elsewhere}
          NotebookEdit: off
      """)
    let claude = runtimes[.claudeCode]
    #expect(claude.facts.asOf == "May 2027")
    #expect(claude.tool("Teleport")?.abilities == [.web, .run])
    #expect(claude.tool("NotebookEdit") == nil)
    #expect(claude.tool("Bash")?.abilities == [.run])
    #expect(claude.facts.spellings["tools-allowed"] == "tools" && claude.facts.spellings["tool"] == nil)
    #expect(claude.facts.fields.contains("permissionMode"))
    // Those that have the tools of Claude Code have the new ones too.
    #expect(runtimes[.cursor].tool("Teleport")?.abilities == [.web, .run])
    #expect(runtimes[.cursor].tool("NotebookEdit") == nil)
    #expect(try overlaid("cursor: {tools: {Bash: off}}")[.cursor].tool("Bash") == nil)
    #expect(runtimes[.gemini].facts.asOf == Runtimes.builtIn[.gemini].facts.asOf)
    let bytes = Array("---\nname: a\ntools: Teleport\n---\nB\n".utf8)
    let source = try SourceFile(path: #require(RelativePath("a.md")), collection: 0)
    guard case .agent(let agent) = AgentReader(runtimes: runtimes).read(bytes, of: source).facts else { return }
    #expect(agent.loading.outcome == .loads)
    #expect(Reach(of: agent, by: claude).abilities == [.run, .web])
  }

  @Test("knows from how many tokens of descriptions on a runtime warns, or what a team says of it")
  func descriptions() throws {
    let own = try #require(Runtimes.builtIn.descriptionsLimit)
    #expect(own == (15_000, "Claude Code"))
    let other = try Runtimes.builtIn.overlaid(by: "copilot: {descriptions-limit: 400}", file: "r.yml").descriptionsLimit
    #expect(try #require(other) == (400, Dialect.copilot.title))
  }

  @Test(
    "with a mistake says where it is and what was meant",
    arguments: [
      ("claude-cod: {}", "r.yml:1:1: the file has no key “claude-cod”; did you mean “claude-code”?"),
      ("gemini-cli:\n  skip: [name]", "r.yml:2:3: gemini-cli has no key “skip”; did you mean “skips”?"),
      (
        "gemini-cli:\n  skips: [nam]",
        "r.yml:2:11: skips must be one of frontmatter, name, duplicates, fields, tools, shape"
      ),
      ("cursor:\n  tools-known: maybe", "r.yml:2:16: tools-known must be on or off"),
      ("copilot: {longest-prompt: 0}", "r.yml:1:27: longest-prompt must be a whole number above nothing"),
      ("cursor: {tools: {X: {gives: fly}}}", "r.yml:1:29: gives must be read, edit, run, web or delegate"),
      ("cursor: [", "r.yml:2:1: this is not YAML: while parsing a flow node did not find expected node content"),
    ])
  func mistakes(text: String, message: String) throws {
    let error = #expect(throws: SettingsError.self) { try overlaid(text) }
    #expect(error?.description == message)
  }

  @Test("has names that each runtime takes, and others")
  func nameRules() {
    let skill = Runtimes.builtIn[.skill].facts.name
    #expect(skill.problem(with: "a-b2", folder: "a-b2") == nil)
    for name in ["A", "a--b", "-a", "a-", "a b", "é", String(repeating: "a", count: 65)] {
      #expect(skill.problem(with: name, folder: nil) != nil, "\(name)")
    }
    #expect(skill.problem(with: "a", folder: "b")?.contains("“b”") == true)
    let gemini = Runtimes.builtIn[.gemini].facts.name
    #expect(gemini.problem(with: "a_b-2", folder: nil) == nil)
    #expect(gemini.problem(with: "a.b", folder: nil) != nil)
  }
}
