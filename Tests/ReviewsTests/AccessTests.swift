import Testing
import Text

@testable import Reviews

@Suite("Access changes")
struct AccessTests {
  @Test("Added and removed tools are reported")
  func tools() async throws {
    let more = try await access("tools: Read", "tools: Read, Bash, mcp__db__query")
    #expect(more.gainTexts.first == "“Bash” was added: it can now run any shell command.")
    #expect(more.gainTexts.contains("“mcp__db__query” was added: it can now use this tool of an MCP server."))
    #expect(more.lossTexts == [])
    let less = try await access("tools: Read, Bash", "tools: Read")
    #expect(less.gainTexts == [])
    #expect(
      less.lossTexts == [
        "“Bash” was removed: it can no longer run any shell command.", "It can no longer run commands.",
      ])
    let tasks = try await access("tools: Read, TaskList", "tools: Read")
    #expect(tasks.lossTexts == ["“TaskList” was removed: it can no longer list tasks."])
  }

  @Test("Tools of a set are not reported as new, and a set that becomes one of its tools is limited")
  func sets() async throws {
    let less = try await access("tools: read, github/*, Bash", "tools: read/readFile, github/issues, Bash")
    #expect(less.gainTexts == [])
    #expect(
      less.lossTexts == ["“read” was limited to “read/readFile”.", "“github/*” was limited to “github/issues”."])
    let more = try await access("tools: web/fetch, Bash", "tools: web, Bash")
    #expect(more.lossTexts == [])
    #expect(more.gainTexts == ["“web” was added: the effect of this tool is unknown."])
  }

  @Test("A command that the model may start by itself has wider access")
  func starts() async throws {
    let path = ".claude/commands/ship.md"
    let more = try await access("disable-model-invocation: true", "disable-model-invocation: false", at: path)
    #expect(more.gainTexts == ["The model can now start it without being asked."])
    let removed = try await access("disable-model-invocation: true", "", at: path)
    #expect(removed.gainTexts == more.gainTexts)
    let less = try await access("", "disable-model-invocation: true", at: path)
    #expect(less.gainTexts == [] && less.lossTexts == ["The model can no longer start it without being asked."])
  }

  @Test("More tools for reading do not widen access")
  func reading() async throws {
    let review = try await review(["a.md": agent("tools: Read")], ["a.md": agent("tools: Read, Glob, Grep")])
    #expect(review.changes.first?.access.isEmpty == true)
  }

  @Test("A removed tool list is reported as inheriting all tools")
  func dropped() async throws {
    let change = try await access("tools: Read, Grep", "model: opus")
    #expect(
      change.gainTexts.first
        == "“tools” was removed: it now inherits all session tools; before, it had “Read” and “Grep”.")
    #expect(try await access("model: opus", "tools: Read").gainTexts == [])
  }

  @Test("A misspelled tool list is reported as inheriting all tools")
  func misspelt() async throws {
    for key in ["tool", "Tools", "toolz", "allowed-tools"] {
      let change = try await access("tools: Read", "\(key): Read")
      #expect(
        change.gainTexts.first
          == "“tools” was replaced by “\(key)”, which Claude Code does not know: it now inherits all session tools; "
          + "before, it had “Read”.",
        "\(key)")
    }
  }

  @Test("Permission modes that the runtime ignores are not reported", arguments: ["a.agent.md", ".gemini/agents/a.md"])
  func foreignMode(path: String) async throws {
    let changed = try await review(
      [path: agent("model: opus")], [path: agent("model: opus\npermissionMode: bypassPermissions")])
    #expect(changed.changes.first?.access.isEmpty == true)
    #expect(changed.changes.first?.fields.map(\.key) == ["permissionMode"])
    let added = try await review([:], [path: agent("permissionMode: bypassPermissions")])
    #expect(added.changes.first?.access.gainTexts.contains { $0.contains("permission") } == false)
  }

  @Test("Changes of the permission mode are reported")
  func modes() async throws {
    let change = try await access("tools: Edit", "tools: Edit\npermissionMode: bypassPermissions")
    #expect(change.gainTexts == ["It no longer asks for permission."])
    #expect(
      try await access("permissionMode: plan", "permissionMode: acceptEdits").gainTexts == [
        "The permission mode changed from “plan” to “acceptEdits”."
      ])
    #expect(
      try await access("model: opus", "permissionMode: acceptEdits").gainTexts == [
        "The permission mode changed from the default to “acceptEdits”."
      ])
    #expect(try await access("permissionMode: acceptEdits", "permissionMode: dontAsk").lossTexts.count == 1)
    #expect(
      try await access("permissionMode: bypassPermissions", "model: opus").lossTexts == [
        "It asks for permission again."
      ])
  }

  @Test("Changes of tool limits are reported")
  func specifiers() async throws {
    #expect(
      try await access("tools: Read, Bash(git diff:*)", "tools: Read, Bash").gainTexts
        == ["“Bash(git diff:*)” was widened to “Bash”, which has no limits."])
    #expect(
      try await access("tools: Bash(git diff:*)", "tools: Bash(git diff:*), Bash(rm:*)").gainTexts
        == ["“Bash(rm:*)” was added."])
    let limited = try await access("tools: Bash", "tools: Bash(git diff:*)")
    #expect(limited.gainTexts == [] && limited.lossTexts == ["“Bash” was limited to “Bash(git diff:*)”."])
    #expect(
      try await access("disallowedTools: Write", "model: opus").gainTexts.contains("“Write” is no longer denied."))
  }

  @Test("An added hook is reported")
  func powers() async throws {
    let change = try await access(
      "tools: Read",
      "tools: Read\nhooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks: [{type: command, command: x.sh}]")
    #expect(change.gainTexts == ["“hooks” was added: it can now run commands automatically."])
  }

  @Test("A new agent is reported if it can run commands and edit files, but not if it can only read")
  func added() async throws {
    let review = try await review(
      [:], ["a.md": agent("tools: Read, Bash, Write"), "b.md": agent("tools: Read", name: "b")])
    let gains = review.changes.map { ($0.after.map { review.after[$0].name } ?? "", $0.access.gainTexts) }
    #expect(gains.first { $0.0 == "a" }?.1 == ["It can run commands and edit files."])
    #expect(gains.first { $0.0 == "b" }?.1 == [])
  }
}
