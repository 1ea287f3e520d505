import Testing

@testable import Reviews

@Suite("A review says what an agent may do now")
struct AccessTests {
  @Test("of a tool that was added, and of one that was taken away")
  func tools() async throws {
    let more = try await access("tools: Read", "tools: Read, Bash, mcp__db__query")
    #expect(more.gains.first == "“Bash” was added: it may run any shell command.")
    #expect(more.gains.contains("“mcp__db__query” was added: a tool of an MCP server."))
    #expect(more.losses == [])
    let less = try await access("tools: Read, Bash", "tools: Read")
    #expect(less.gains == [])
    #expect(less.losses.contains("It may no longer run commands."))
  }

  @Test("not of one more way to read")
  func reading() async throws {
    let review = try await review(["a.md": agent("tools: Read")], ["a.md": agent("tools: Read, Glob, Grep")])
    #expect(review.changes.first?.access.isEmpty == true)
  }

  @Test("of tools that are inherited since nobody names them")
  func dropped() async throws {
    let change = try await access("tools: Read, Grep", "model: opus")
    #expect(
      change.gains.first == "“tools” is gone, so it inherits every tool of the session; it had “Read” and “Grep”.")
    #expect(try await access("model: opus", "tools: Read").gains == [])
  }

  @Test("of a key that is misspelt")
  func misspelt() async throws {
    for key in ["tool", "Tools", "toolz", "allowed-tools"] {
      let change = try await access("tools: Read", "\(key): Read")
      #expect(
        change.gains.first
          == "“\(key)” stands where “tools” stood, and Claude Code has no such field: it inherits every tool of the session; it had “Read”.",
        "\(key)")
    }
  }

  @Test("but not of a permission mode that the runtime ignores", arguments: ["a.agent.md", ".gemini/agents/a.md"])
  func foreignMode(path: String) async throws {
    let changed = try await review(
      [path: agent("model: opus")], [path: agent("model: opus\npermissionMode: bypassPermissions")])
    #expect(changed.changes.first?.access.isEmpty == true)
    #expect(changed.changes.first?.fields.map(\.key) == ["permissionMode"])
    let added = try await review([:], [path: agent("permissionMode: bypassPermissions")])
    #expect(added.changes.first?.access.gains.contains { $0.contains("permission") } == false)
  }

  @Test("of permissions that are not asked for")
  func modes() async throws {
    let change = try await access("tools: Edit", "tools: Edit\npermissionMode: bypassPermissions")
    #expect(change.gains == ["Nobody is asked for permission any more."])
    #expect(try await access("permissionMode: plan", "permissionMode: acceptEdits").gains.count == 1)
    #expect(try await access("permissionMode: acceptEdits", "permissionMode: dontAsk").losses.count == 1)
    #expect(
      try await access("permissionMode: bypassPermissions", "model: opus").losses == [
        "It is asked for permission again."
      ])
  }

  @Test("of limits of a tool")
  func specifiers() async throws {
    #expect(
      try await access("tools: Read, Bash(git diff:*)", "tools: Read, Bash").gains
        == ["“Bash(git diff:*)” became “Bash”, without a limit."])
    #expect(
      try await access("tools: Bash(git diff:*)", "tools: Bash(git diff:*), Bash(rm:*)").gains
        == ["“Bash(rm:*)” was added."])
    #expect(try await access("tools: Bash", "tools: Bash(git diff:*)").gains == [])
    #expect(
      try await access("disallowedTools: Write", "model: opus").gains.contains("“Write” is not denied any more."))
  }

  @Test("of hooks and servers")
  func powers() async throws {
    let change = try await access(
      "tools: Read",
      "tools: Read\nhooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks: [{type: command, command: x.sh}]")
    #expect(change.gains == ["“hooks” was added: commands that run by themselves."])
  }

  @Test("of an agent that came")
  func added() async throws {
    let review = try await review(
      [:], ["a.md": agent("tools: Read, Bash, Write"), "b.md": agent("tools: Read", name: "b")])
    let gains = review.changes.map { ($0.after.map { review.after[$0].name } ?? "", $0.access.gains) }
    #expect(gains.first { $0.0 == "a" }?.1 == ["It may run commands and edit files."])
    #expect(gains.first { $0.0 == "b" }?.1 == [])
  }
}
