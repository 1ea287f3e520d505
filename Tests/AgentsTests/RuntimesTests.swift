import Files
import Testing

@testable import Agents

/// The keys of the built-in runtimes, in the order in which messages list them.
private let knownKeys = """
  claude-code, copilot, opencode, gemini-cli, cursor, agent-skill, agents-md, windsurf, factory, qwen-code, kiro, \
  kiro-json, codex, roo-code, opencode-json, kilo-code, kilo-json, kilo-code-modes
  """

@Suite("Runtime facts")
struct RuntimesTests {
  private func overlaid(_ text: String) throws -> Runtimes { try Runtimes.builtIn.overlaid(by: text, file: "r.yml") }

  @Test("Every runtime has a title, a date, sources and places", arguments: Runtimes.builtIn.all.map(\.dialect))
  func builtIn(_ dialect: Dialect) {
    let facts = Runtimes.builtIn[dialect].facts
    #expect(!facts.asOf.isEmpty && !facts.sources.isEmpty && !facts.title.isEmpty && !facts.places.isEmpty)
    // Open formats for instructions have no fields.
    #expect(
      !facts.isJudged || facts.fields.contains { $0.key == "description" }
        || facts.kind == .instruction && facts.isOpenFormat)
    #expect(Set(facts.fields.map(\.key)).count == facts.fields.count)
    #expect(Set(facts.tools.map(\.name)).count == facts.tools.count)
  }

  @Test("Tools are found by all their names")
  func toolNames() {
    let claude = Runtimes.builtIn[.claudeCode]
    #expect(claude.tool("Task")?.name == "Agent")
    #expect(claude.listedTool("Task")?.fate?.what.contains("2.1.63") == true)
    #expect(claude.tool("bash") == nil)
    #expect(Runtimes.builtIn[.copilot].tool("Bash")?.abilities == [.run])
    #expect(Runtimes.builtIn[.copilot].tool("search/codebase")?.abilities == [.read])
    #expect(Runtimes.builtIn[.openCode].tool("shell")?.name == "bash")
    #expect(Runtimes.builtIn[.cursor].tool("Write")?.abilities == [.edit])
  }

  @Test("An overlay replaces single keys and tools")
  func overlay() throws {
    let runtimes = try overlaid(
      """
      claude-code:
        as-of: May 2027
        fields:
          tools: {type: [text, list], means: tools, spellings: [tools-allowed]}
          memory: off
        tools:
          Teleport: {gives: [web, run], means: shell, allows: work elsewhere}
          NotebookEdit: off
      """)
    let claude = runtimes[.claudeCode]
    #expect(claude.facts.asOf == "May 2027")
    #expect(claude.tool("Teleport")?.abilities == [.web, .run])
    #expect(claude.tool("NotebookEdit") == nil)
    #expect(claude.tool("Bash")?.abilities == [.run])
    #expect(claude.field(spelled: "tools-allowed") == "tools" && !claude.reads("memory"))
    #expect(claude.reads("permissionMode"))
    // Runtimes that use the tools of Claude Code get the new ones too.
    #expect(runtimes[.cursor].tool("Teleport")?.abilities == [.web, .run])
    #expect(runtimes[.cursor].tool("NotebookEdit") == nil)
    #expect(try overlaid("cursor: {tools: {Bash: off}}")[.cursor].tool("Bash") == nil)
    #expect(runtimes[.gemini].facts.asOf == Runtimes.builtIn[.gemini].facts.asOf)
    let bytes = Array("---\nname: a\ndescription: d\ntools: Teleport\n---\nB\n".utf8)
    let source = try SourceFile(path: #require(RelativePath("a.md")), collection: 0)
    guard case .agent(let agent) = AgentReader(runtimes: runtimes).read(bytes, of: source).facts else {
      throw NoAgent()
    }
    #expect(agent.loading.outcome == .loads)
    #expect(Reach(of: agent, by: claude).abilities == [.run, .web])
  }

  @Test("The limit for descriptions can be overridden")
  func descriptions() throws {
    let own = try #require(Runtimes.builtIn.descriptionsLimit)
    #expect(own == (15_000, "Claude Code"))
    let other = try Runtimes.builtIn.overlaid(by: "copilot: {descriptions-limit: 400}", file: "r.yml").descriptionsLimit
    #expect(try #require(other) == (400, Dialect.copilot.title))
  }

  @Test(
    "Errors in runtimes.yml name the place and suggest a correction",
    arguments: [
      ("claude-cod: {}", "r.yml:1:1: the file has no key “claude-cod”; did you mean “claude-code”?"),
      (
        "mine: {fields: {}}",
        "r.yml:1:1: the file has no key “mine”; a new runtime needs a “title”; there are: \(knownKeys)"
      ),
      ("My One: {title: x}", "r.yml:1:1: the key of a runtime is made of lower-case letters, digits and hyphens"),
      ("mine: {title: x, places: [{kind: agent}]}", "r.yml:1:27: a place needs a “path”"),
      (
        "mine: {title: x, places: [{path: ../a}]}",
        "r.yml:1:34: path must be a pattern such as .claude/agents/**/*.md"
      ),
      (
        "mine: {title: x, places: [{path: a, kind: agents}]}",
        "r.yml:1:43: kind must be one of agent, skill, command, instruction"
      ),
      (
        "mine: {title: x, recognized-by: [globs]}",
        "r.yml:1:33: recognized-by must be a map of fields, each with its values; {} stands for any"
      ),
      (
        "mine: {title: x, new: {tools: {usual: [a]}}}",
        "r.yml:1:31: tools needs “tools”, which says how they are written"
      ),
      ("mine: {title: x, fields: {a: {reach: {adds: read}}}}", "r.yml:1:38: reach needs “why”"),
      (
        "cursor: {tools-from: claude}",
        "r.yml:1:22: tools-from must be one of \(knownKeys)"
      ),
      (
        "mine: {title: x, like: claude}",
        "r.yml:1:24: like must be one of \(knownKeys), which come first"
      ),
      (
        "mine: {title: x, places: [{path: a.json, kind: agent, items: {list: all}}]}",
        "r.yml:1:62: a list needs “name”, the field that names an item"
      ),
      (
        "mine: {title: x, places: [{path: a.json, kind: agent, items: {name: id}}]}",
        "r.yml:1:62: items needs either “list” or “map”, the key that holds them"
      ),
      (
        "mine: {title: x, places: [{path: a.toml, kind: agent, items: {map: agents}}]}",
        "r.yml:1:27: items can be held by files in json or yaml only; say which in “format”"
      ),
      (
        "mine: {title: x, places: [{path: a.json, items: {map: all}}]}", "r.yml:1:27: a place with items needs a “kind”"
      ),
      ("gemini-cli:\n  field: {}", "r.yml:2:3: gemini-cli has no key “field”; did you mean “fields”?"),
      (
        "gemini-cli:\n  unknown-field: {verdict: skipped}",
        "r.yml:2:28: verdict must be one of loads, partial, unknown, unusable, ignored, fatal"
      ),
      (
        "claude-code:\n  fields:\n    name: {type: text, from: hearsay}",
        "r.yml:3:30: unknown source “hearsay”"
      ),
      (
        "claude-code:\n  skips: [name]",
        "r.yml:2:3: “skips” was replaced by “loading”, “wrong-value”, “unknown-field” and “unknown-tool”, each with a "
          + "verdict; `roster check --explain runtimes` prints the file in today's format"
      ),
      ("cursor:\n  tools-known: maybe", "r.yml:2:16: tools-known must be on or off"),
      ("copilot: {longest-prompt: 0}", "r.yml:1:27: longest-prompt must be a whole number above 0"),
      ("cursor: {tools: {X: {gives: fly}}}", "r.yml:1:29: gives must be read, edit, run, web or delegate"),
      (
        "cursor: [",
        "r.yml:1:9: this is not YAML: the value of “cursor” begins with “[”, but the list is not closed or lacks a comma"
      ),
    ])
  func mistakes(text: String, message: String) throws {
    let error = #expect(throws: SettingsError.self) { try overlaid(text) }
    #expect(error?.description == message)
  }

  @Test("There is one default runtime, which an overlay can change")
  func usual() throws {
    #expect(Runtimes.builtIn.usual.dialect == .claudeCode)
    let other = try overlaid("opencode: {default: on}")
    #expect(other.usual.dialect == .openCode && other.all.filter(\.facts.isUsual).count == 1)
    let bytes = Array("---\nname: a\ndescription: d\n---\nB\n".utf8)
    let source = try SourceFile(path: #require(RelativePath("a.md")), collection: 0)
    guard case .agent(let agent) = AgentReader(runtimes: other).read(bytes, of: source).facts else { throw NoAgent() }
    #expect(agent.dialect == .openCode)
  }

  @Test("Runtimes accept valid names and reject others")
  func names() {
    func problem(_ dialect: Dialect, _ name: String) -> String? {
      Runtimes.builtIn[dialect].field("name")?.schema.problems(with: .text(name)).first?.message
    }
    #expect(problem(.skill, "a-b2") == nil)
    for name in ["A", "a--b", "-a", "a-", "a b", String(repeating: "a", count: 65)] {
      #expect(problem(.skill, name) != nil, "\(name)")
    }
    #expect(problem(.gemini, "a_b-2") == nil && problem(.gemini, "a.b") != nil)
    #expect(problem(.claudeCode, "-a") != nil && problem(.claudeCode, "a:b") != nil)
  }
}
