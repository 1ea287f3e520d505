import Testing

@testable import Agents

@Suite("Field formats")
struct FieldShapeTests {
  private func tools(_ line: String) throws -> ToolSet {
    try agent("---\nname: a\ndescription: d\n\(line)\n---\nBody\n").tools
  }

  @Test(
    "Tools are read from text, lists and brackets, with their arguments",
    arguments: [
      ("tools: Read, Bash(git:*), mcp__a__b", ["Read", "Bash(git:*)", "mcp__a__b"]),
      ("tools: [Read, \"Task(a, b)\"]", ["Read", "Task(a, b)"]),
      ("tools: Task(a, b), Read", ["Task(a, b)", "Read"]),
      ("tools:\n  - Read\n  - Read\n  - Write", ["Read", "Write"]),
      ("tools: '[\"Read\", \"Write\"]'", ["Read", "Write"]),
      ("tools: Bash(git log:*) Read", ["Bash(git log:*)", "Read"]),
    ])
  func listed(line: String, expected: [String]) throws {
    let set = try tools(line)
    #expect(set.statement == .listed)
    #expect(set.allowed.map(\.text) == expected)
  }

  @Test("Tools can be missing, empty, a wildcard or a map")
  func statements() throws {
    #expect(try tools("model: x").statement == .inherited)
    #expect(try tools("tools:").statement == .inherited)
    #expect(try tools("tools: '*'").statement == .all)
    #expect(try tools("tools: All tools").statement == .all)
    #expect(try tools("tools: []").statement == .listed)
    let map = try tools("tools:\n  write: false\n  bash: true\n  \"mcp_*\": false")
    #expect(map.statement == .switched)
    #expect(map.allowed.map(\.name) == ["bash"])
    #expect(map.denied.map(\.name) == ["write", "mcp_*"])
  }

  @Test(
    "The dialect follows from the path and the fields",
    arguments: [
      ("agents/a.agent.md", "model: x", Dialect.copilot), ("a.chatmode.md", "model: x", .copilot),
      ("x/SKILL.md", "license: MIT", .skill), ("rules/a.mdc", "globs: x", .cursor),
      ("a.md", "mode: subagent", .openCode),
      ("a.md", "tools:\n  write: false", .openCode), ("a.md", "max_turns: 3", .gemini),
      (".opencode/agent/a.md", "x: y", .openCode),
      (".gemini/agents/a.md", "x: y", .gemini), (".github/agents/a.md", "x: y", .copilot),
      ("a.md", "tools: Read", .claudeCode),
    ])
  func dialects(path: String, line: String, expected: Dialect) throws {
    #expect(try agent("---\nname: a\ndescription: d\n\(line)\n---\nBody\n", path: path).dialect == expected)
  }

  @Test(
    "A name of a skill that is not accepted has a message about this name",
    arguments: [
      ("Name", "“name” contains upper-case letters", "Use lower-case letters."),
      ("two words", "“name” contains spaces", "Use hyphens instead of spaces."),
      (
        "My Name", "“name” contains upper-case letters and contains spaces",
        "Use lower-case letters. Use hyphens instead of spaces."
      ),
      ("a_b", "“name” contains an underscore", "Use hyphens instead of underscores."),
      ("-a", "“name” begins with a hyphen", "Remove the hyphen at the start."),
      ("a-", "“name” ends with a hyphen", "Remove the hyphen at the end."),
      ("a--b", "“name” contains two hyphens in a row", "Use one hyphen."),
      ("\"\"", "“name” is empty", "Write a name."),
      (
        "a.b", "“name” contains other characters than lower-case letters, digits and hyphens",
        "Use only these characters."
      ),
    ])
  func skillNames(name: String, message: String, help: String) throws {
    let folder = name == "\"\"" ? "x" : name
    for place in ["skills", ".claude/skills", ".roo/skills"] {
      let text = "---\nname: \(name)\ndescription: Does it.\n---\nDo it.\n"
      let skill = try agent(text, path: "\(place)/\(folder)/SKILL.md")
      let finding = try #require(skill.findings.first { $0.rule == "name-format" }, "\(place): \(skill.findings)")
      #expect(finding.message.hasPrefix("\(message);") && finding.help == help, "\(finding)")
    }
  }

  @Test("A name of a skill that is too long, or not that of the folder, has its own consequence")
  func skillNameConsequences() throws {
    let long = String(repeating: "a", count: 65)
    func message(_ name: String, _ folder: String) throws -> String? {
      let text = "---\nname: \(name)\ndescription: Does it.\n---\nDo it.\n"
      return try agent(text, path: "skills/\(folder)/SKILL.md").findings.first { $0.rule == "name-format" }?.message
    }
    #expect(
      try message(long, long)
        == "“name” may have 64 characters; it has 65; not valid by agentskills.io, and Codex leaves "
        + "the skill out; Gemini CLI loads it")
    #expect(
      try message("a", "b") == "“name” differs from the folder's name, “b”; not valid by agentskills.io; Codex and "
        + "Gemini CLI load the skill")
  }

  @Test("A color that YAML reads as a comment is shown and reported")
  func colour() throws {
    let agent = try agent("---\nname: a\ndescription: d\ncolor: #2563EB\n---\nBody\n")
    #expect(agent.color == "#2563EB")
    #expect(agent.flaws.map(\.rule) == ["color-comment"])
    #expect(agent.flaws.first?.location?.line == 4)
  }

  @Test("The name defaults to that of the file or folder, and may be a number")
  func names() throws {
    #expect(try agent("---\ndescription: d\n---\nBody\n", path: "x/reviewer.agent.md").name == "reviewer")
    #expect(try agent("---\ndescription: d\n---\nBody\n", path: "x/writing/SKILL.md").name == "writing")
    #expect(try agent("---\nname: 42\ndescription: d\n---\nBody\n").name == "42")
  }

  @Test("Truncated values are shown in full among the other fields")
  func cut() throws {
    let long = String(repeating: "a, b and ", count: 60)
    let tags = (0..<300).map { "t\($0)" }.joined(separator: ", ")
    let agent = try agent("---\nname: \(long)\ndescription: d\ntags: [\(tags)]\nmodel: opus\n---\nBody\n")
    #expect(agent.name.count < 250 && agent.tags.count == 200)
    #expect(agent.otherFields.map(\.key) == ["name", "tags"])
    #expect(agent.otherFields.first?.value.line == long.trimmed)
    #expect(agent.otherFields.last?.value.words.count == 300)
    let short = try AgentsTests.agent("---\nname: a, b\ndescription: d\ntags: [x, y]\ntools: Read, Write\n---\nBody\n")
    #expect(short.otherFields.isEmpty)
  }

  @Test("Words, tokens and the language are measured, even without spaces between words")
  func measures() {
    #expect(TextMeasure("It's one_word, don't 3 x").words == 5)
    #expect(TextMeasure("設計 review").words == 3)
    #expect(TextMeasure("abcdefgh").tokens == 2)
    #expect(TextMeasure("設計する").tokens == 4)
    #expect(TextMeasure("文書を読み、問題点を挙げる。 API").language == "ja")
    #expect(TextMeasure("阅读设计文档，列出问题。").language == "zh")
    #expect(TextMeasure("설계 문서를 읽고 문제를 찾는다.").language == "ko")
    #expect(TextMeasure("Reads the design (設計) and lists what is wrong with it.").language == nil)
  }
}
