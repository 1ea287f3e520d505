import Agents
import Testing

@testable import Catalogs

@Suite("Reach")
struct ReachTests {
  private func reach(_ lines: String, path: String = "a.md") async throws -> Reach {
    try #require(try await catalog([path: file("a", lines)]).entries.first).reach
  }

  private func words(_ reach: Reach) -> [String] { reach.abilities.map(\.word) }

  @Test(
    "Listed tools of Claude Code give their abilities",
    arguments: [
      ("tools: Read, Grep", ["read"]), ("tools: Read, Write, Bash", ["read", "edit", "run"]),
      ("tools: WebFetch, Task", ["web", "delegate"]), ("tools: TodoWrite", []), ("tools: []", []),
      ("tools: mcp__github__create_issue", ["other"]), ("tools: bash", ["other"]), ("tools: AskUserQuestion", []),
      ("tools: Read, Write\ndisallowedTools: Write", ["read"]), ("tools: Bash(git:*)\ndisallowedTools: Bash(rm:*)", []),
      ("tools: Task\ndisallowedTools: Agent", []), ("tools: Grep\nmemory: project", ["read", "edit"]),
    ])
  func stated(lines: String, expected: [String]) async throws {
    let reach = try await reach(lines)
    #expect(words(reach) == expected)
    #expect(!reach.isInherited)
  }

  @Test("Without a tool list everything is inherited, except abilities that are denied completely")
  func inherited() async throws {
    let all = try await reach("model: opus")
    #expect(words(all) == ["read", "edit", "run", "web", "delegate"])
    #expect(all.isInherited)
    let noWeb = try await reach("disallowedTools: WebFetch, WebSearch")
    #expect(words(noWeb) == ["read", "edit", "run", "delegate"])
    let oneDenied = try await reach("disallowedTools: WebFetch")
    #expect(words(oneDenied).contains("web"))
    let noEdits = try await reach("disallowedTools: Write, Edit, NotebookEdit, Artifact, EnterWorktree")
    #expect(!words(noEdits).contains("edit"))
  }

  @Test(
    "runs commands without asking if nobody is asked and there are commands to run",
    arguments: [
      ("permissionMode: bypassPermissions\ntools: Bash", true), ("permissionMode: bypassPermissions", true),
      ("permissionMode: bypassPermissions\ntools: Read", false), ("tools: Bash", false),
      ("tools: Read\nhooks: {Stop: [{hooks: [{type: command, command: make}]}]}", true),
    ])
  func unasked(lines: String, expected: Bool) async throws {
    #expect(try await reach(lines).runsCommandsUnasked == expected)
  }

  @Test("Bypassed permissions are shown, except for plugin agents, which cannot bypass them")
  func bypass() async throws {
    #expect(try await reach("permissionMode: bypassPermissions").bypassesPermissions)
    #expect(try await !reach("permissionMode: plan").bypassesPermissions)
    #expect(try await !reach("permissionMode: bypassPermissions", path: "plugins/x/agents/a.md").bypassesPermissions)
  }

  @Test(
    "A permission mode that the runtime ignores is listed among the other fields",
    arguments: [
      "a.agent.md", ".github/agents/a.md", ".opencode/agent/a.md", ".gemini/agents/a.md", ".cursor/agents/a.md",
      "a/SKILL.md", "plugins/x/agents/a.md",
    ])
  func foreignMode(path: String) async throws {
    let catalog = try await catalog([path: file("a", "permissionMode: bypassPermissions")])
    let entry = try #require(catalog.entries.first)
    #expect(!entry.reach.bypassesPermissions)
    #expect(entry.reach.reasons.contains { $0.hasPrefix("permissionMode: bypassPermissions is ignored") })
    #expect(!entry.reach.phrases.contains("Never asks for permission"))
    #expect(entry.agent.permissionMode == nil)
    #expect(entry.agent.otherFields.map(\.key) == ["permissionMode"])
    #expect(!entry.findings.contains { $0.rule == "permission-bypass" })
    #expect(catalog.taxonomy(.modes) == nil)
  }

  @Test(
    "Tools of other runtimes give their abilities",
    arguments: [
      ("a.agent.md", "tools: ['search/codebase', 'edit', 'runCommands']", ["read", "edit", "run"]),
      ("a.agent.md", "tools: ['Bash', 'fetch', 'agent']", ["run", "web", "delegate"]),
      ("a.agent.md", "tools: ['playwright/*']", ["other"]), ("a.agent.md", "tools: []", []),
      ("a.md", "mode: subagent\ntools:\n  write: false\n  edit: false\n  bash: false", ["read", "web", "delegate"]),
      (
        "a.md", "mode: subagent\npermission:\n  bash: deny\n  webfetch: deny\n  websearch: deny",
        ["read", "edit", "delegate"]
      ),
      ("a.md", "kind: local\nmax_turns: 3\ntools: [read_file, replace, google_web_search]", ["read", "edit", "web"]),
      (".cursor/agents/a.md", "tools: Read", ["read", "edit", "run", "web", "delegate"]),
      (".cursor/agents/a.md", "readonly: true", ["read", "web", "delegate"]),
      ("x/SKILL.md", "allowed-tools: Read", ["read", "edit", "run", "web", "delegate"]),
    ])
  func dialects(path: String, lines: String, expected: [String]) async throws {
    let reach = try await reach(lines, path: path)
    #expect(words(reach) == expected)
  }

  @Test("Fields that the runtime does not read do not limit the reach")
  func misspelled() async throws {
    #expect(try await words(reach("disallowed-tools: Bash, PowerShell, Monitor")).contains("run"))
    #expect(try await reach("allowed-tools: Read").isInherited)
  }

  @Test("Tools count in long lists and with long arguments")
  func nothingHides() async throws {
    let many = (0..<1000).map { "mcp__x__t\($0)" }.joined(separator: ", ")
    #expect(try await words(reach("tools: \(many), Bash")).contains("run"))
    #expect(try await words(reach("tools: Bash(\(String(repeating: "x", count: 5000)):*)")) == ["run"])
  }

  @Test("The reach is described in words, with reasons")
  func words() async throws {
    let reach = try await reach("tools: Read, Bash(git:*), Xyz")
    #expect(
      reach.sentence
        == "may read files and run commands; may not edit files, use the web or start other agents; has unrecognized tools"
    )
    #expect(
      reach.reasons == [
        "Read: read any file, including images and PDFs.",
        "Bash(git:*): run any shell command; the pattern does not limit it.",
        "Xyz: not a known tool of Claude Code.",
      ])
  }
}
