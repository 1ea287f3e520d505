import Testing

@testable import Agents

@Suite("Portability")
struct PortabilityTests {
  private func port(_ lines: String, to dialect: Dialect, path: String = "a.md", body: String = "B") throws
    -> Portability
  {
    let agent = try agent("---\nname: a\ndescription: d\n\(lines)\n---\n\(body)\n", path: path)
    let reach = Reach(of: agent, by: Runtimes.builtIn[agent.dialect])
    return Portability(of: agent, reach: reach, to: dialect, by: .builtIn)
  }

  @Test("Copilot keeps the names of known tools")
  func copilot() throws {
    let port = try port("tools: Read, Bash, Edit\ncolor: red\nmaxTurns: 3", to: .copilot)
    #expect(port.kept == ["name", "description", "tools"])
    #expect(port.lost == ["color", "maxTurns: nothing limits its turns"])
    #expect(port.gains.isEmpty && port.losses.isEmpty && port.obstacles.isEmpty)
  }

  @Test("For Gemini CLI, tools are renamed, and fields that prevent loading are removed")
  func gemini() throws {
    let port = try port("tools: Read, Bash, Edit, CronCreate\nmodel: sonnet\ntags: [x]\nmaxTurns: 3", to: .gemini)
    #expect(port.kept == ["name", "description"])
    #expect(
      port.rewritten == [
        "model: replace sonnet with one of its models, such as auto, pro, flash", "maxTurns is max_turns",
        "without tags",
        "tools: [read_file, run_shell_command, replace]",
      ])
    #expect(port.lost == ["CronCreate"])
    #expect(port.losses == [.delegate])
  }

  @Test("For OpenCode, tools are written as a map")
  func openCode() throws {
    let port = try port("tools: Read, WebFetch, mcp__x__y", to: .openCode)
    #expect(port.kept == ["name", "description"])
    #expect(port.rewritten == ["tools: {\"*\": false, read: true, webfetch: true, x_y: true}"])
    #expect(port.gains.isEmpty && port.losses.isEmpty)
  }

  @Test("Cursor gives every tool, and readonly prevents writing")
  func cursor() throws {
    let reader = try port("tools: Read, Grep", to: .cursor)
    #expect(reader.gains == [.edit, .run, .web, .delegate])
    #expect(reader.lost == ["tools: every tool is available, whatever the file says"])
    #expect(reader.rewritten == ["readonly: true keeps it from writing"])
    let writer = try port("tools: Read, Edit", to: .cursor)
    #expect(!writer.rewritten.contains { $0.contains("readonly") } && writer.gains == [.run, .web, .delegate])
    let all = try port("model: opus", to: .cursor)
    #expect(all.gains.isEmpty && all.lost.isEmpty)
  }

  @Test("Denied tools are allowed in a runtime that cannot deny tools")
  func denied() throws {
    let port = try port("disallowedTools: Bash, PowerShell, Monitor", to: .copilot)
    #expect(port.gains == [.run])
    #expect(port.lost == ["denied tools: it can use every tool"])
  }

  @Test("Agents of Copilot can be converted for Claude Code")
  func back() throws {
    let port = try port(
      "tools: ['search/codebase', 'edit', 'githubRepo']\nhandoffs: []", to: .claudeCode, path: "a.agent.md")
    #expect(port.rewritten == ["tools: [Grep, Edit, WebSearch]"])
    #expect(port.losses.isEmpty && port.gains.isEmpty)
  }

  @Test("Reasons that prevent loading are listed")
  func obstacles() throws {
    let agent = try agent("---\nname: My Agent\n---\n\(String(repeating: "word ", count: 8000))\n")
    let reach = Reach(of: agent, by: Runtimes.builtIn[.claudeCode])
    let gemini = Portability(of: agent, reach: reach, to: .gemini, by: .builtIn)
    #expect(gemini.obstacles.contains("it has no description"))
    #expect(gemini.obstacles.contains { $0.contains("“My Agent”") })
    let copilot = Portability(of: agent, reach: reach, to: .copilot, by: .builtIn)
    #expect(copilot.obstacles.contains { $0.contains("40000") || $0.contains("30000") })
  }
}
