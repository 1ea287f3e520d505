import Agents
import Files
import Testing

@testable import Catalogs

@Suite("Catalog checks")
struct CatalogChecksTests {
  private func missing(_ files: [String: String], in path: String) async throws -> [Finding] {
    let catalog = try await catalog(files)
    let entry = try #require(catalog.entries.first { $0.agent.source.path.description == path })
    return entry.findings.filter { $0.rule == "reference-missing" }
  }

  @Test(
    "A reference to a missing agent is reported",
    arguments: [
      ("tools: Agent(reviewer, tester), Read", "B", "4:24", "tester"),
      ("tools: Read", "Ask @agent-tester about it.", "7:5", "tester"),
      ("tools: Read", "Call it with subagent_type: \"tester\" now.", "7:30", "tester"),
      ("tools: Read", "Task(subagent_type='tester')", "7:21", "tester"),
    ])
  func agents(fields: String, body: String, place: String, name: String) async throws {
    let other = ["b.md": file("reviewer", "tools: Read")]
    let found = try await missing(other.merging(["a.md": file("a", fields, body: body)]) { $1 }, in: "a.md")
    #expect(found.map { "\($0.location?.line ?? 0):\($0.location?.column ?? 0)" } == [place])
    #expect(found.first?.message.contains("“\(name)”") == true)
  }

  @Test(
    "References to existing and built-in agents are not reported, in any spelling",
    arguments: [
      "Ask @agent-Code-Reviewer.", "subagent_type=\"code_reviewer\"", "subagent_type: 'Explore'",
      "@agent-tools:code-reviewer", "subagent_type: string", "a@agent-x.org", "subagent_type: <name>",
      "@agent-code-reviewer: go", "npx @agent-tools/cli login", "mail @agent-x.org",
      "subagent_type: \"codebase_investigator\"",
      "Write `@agent-name {{request}}`.",
    ])
  func known(body: String) async throws {
    let files = ["a.md": file("a", "tools: Read", body: body), "b.md": file("Code Reviewer", "tools: Read")]
    #expect(try await missing(files, in: "a.md") == [])
  }

  @Test("A handoff to a missing agent is reported")
  func handoffs() async throws {
    let text = "---\nname: a\ndescription: d\nhandoffs:\n  - label: Go\n    agent: plannr\n---\nB\n"
    let found = try await missing(["a.agent.md": text, "b.agent.md": file("planner", "tools: []")], in: "a.agent.md")
    #expect(found.first?.location == Files.SourceLocation(line: 6, column: 12))
    #expect(found.first?.help == "Did you mean “planner”?")
  }

  @Test("A missing skill is reported if the catalog has skills")
  func skills() async throws {
    let agent = file("a", "tools: Read\nskills: [writing, editing]")
    #expect(try await missing(["a.md": agent], in: "a.md") == [])
    let found = try await missing(["a.md": agent, "writing/SKILL.md": file("writing", "")], in: "a.md")
    #expect(found.map(\.message) == ["the skill “editing” is not in this catalog"])
  }

  private func shared(_ files: [String: String]) async throws -> [String: Finding] {
    let catalog = try await catalog(files)
    var found: [String: Finding] = [:]
    for entry in catalog.entries {
      found[entry.agent.source.path.description] = entry.findings.first { $0.rule == "name-shared" }
    }
    return found
  }

  @Test(
    "Agents with the same name that load together are warned about",
    arguments: [
      [".claude/agents/x.md", ".claude/agents/team/y.md"], ["plugins/p/agents/x.md", "plugins/p/agents/y.md"],
      ["x.md", "y.md"], ["a/x.md", "a/y.md"], [".opencode/agent/x.md", ".opencode/agent/y.md"],
      [".gemini/agents/x.md", ".gemini/agents/y.md"], ["s/.claude/agents/x.md", "s/.claude/agents/y.md"],
    ])
  func clashes(paths: [String]) async throws {
    let found = try await shared(Dictionary(uniqueKeysWithValues: paths.map { ($0, file("same", "mode: subagent")) }))
    #expect(found.values.map(\.severity) == [.warning, .warning])
    #expect(found[paths[0]]?.message.contains(paths[1]) == true)
  }

  @Test(
    "Agents that never load together may share a name",
    arguments: [
      ["services/a/.claude/agents/x.md", "services/b/.claude/agents/x.md"],
      ["plugins/p/agents/x.md", "plugins/q/agents/x.md"], [".claude/agents/x.md", ".opencode/agent/x.md"],
      [".claude/agents/x.md", ".github/agents/x.agent.md"], [".claude/agents/x.md", "plugins/p/agents/x.md"],
      [".github/agents/x.agent.md", ".github/agents/y.agent.md"], ["plugins/p/evals/a/x.md", "plugins/p/evals/b/x.md"],
    ])
  func noClashes(paths: [String]) async throws {
    #expect(try await shared(Dictionary(uniqueKeysWithValues: paths.map { ($0, file("same")) })).isEmpty)
  }

  @Test("Agents of OpenCode with different paths have different names")
  func paths() async throws {
    let text = "---\ndescription: d\nmode: subagent\n---\nB\n"
    #expect(try await shared([".opencode/agent/a/x.md": text, ".opencode/agent/b/x.md": text]).isEmpty)
  }

  @Test("A shared name in folders to install from is only a note")
  func choices() async throws {
    for paths in [["@one/x.md", "@two/x.md"], ["one/agents/x.md", "two/agents/x.md"]] {
      let catalog = try await catalog(Dictionary(uniqueKeysWithValues: paths.map { ($0, file("same")) }))
      let found = catalog.entries.flatMap { $0.findings.filter { $0.rule == "name-shared" } }
      #expect(found.map(\.severity) == [.note, .note])
      #expect(found.allSatisfy { $0.help == "Install only one of them, or rename one." })
    }
  }

  @Test("Findings can be turned off in the file, and their severity set for all")
  func silenced() async throws {
    let text = "---\nname: a\ndescription: d\n# roster: ignore reference-missing\n---\n@agent-x\n"
    #expect(try await missing(["a.md": text], in: "a.md") == [])
    var settings = CatalogSettings()
    settings.policy.choices["reference-missing"] = .severity(.error)
    let loud = try await catalog(["a.md": file("a", "tools: Read", body: "@agent-x")], settings: settings)
    #expect(loud.entries.first?.findings.map(\.severity) == [.error])
  }
}
