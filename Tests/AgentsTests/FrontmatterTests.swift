import Testing

@testable import Agents

@Suite("Frontmatter")
struct FrontmatterTests {
  @Test("Fields keep their order, and numbers their spelling")
  func strict() throws {
    let agent = try agent(
      "---\nname: a\ndescription: One.\nversion: 1.10\nlimits: {turns: 3, deep: true}\nlist: [x, 2]\n---\nBody\n")
    #expect(agent.fields.map(\.key) == ["name", "description", "version", "limits", "list"])
    #expect(agent.value("version") == .number("1.10"))
    #expect(
      agent.value("limits")
        == .map([.init(key: "turns", value: .number("3")), .init(key: "deep", value: .bool(true))]))
    #expect(agent.value("list") == .list([.text("x"), .number("2")]))
    #expect(Set(agent.flaws.map(\.rule)) == ["field-unknown"])
  }

  @Test("Invalid YAML is read field by field and reported with its location")
  func recovered() throws {
    let agent = try agent("---\nname: a\ndescription: Use it: now.\ntools: [Read, Grep]\nmodel: opus\n---\nBody\n")
    #expect(agent.description.text == "Use it: now.")
    #expect(agent.tools.allowed.map(\.name) == ["Read", "Grep"])
    #expect(agent.model == "opus")
    let finding = try #require(agent.flaws.first)
    #expect(finding.rule == "frontmatter-invalid")
    #expect(finding.severity == .warning)
    #expect(finding.location == .init(line: 3, column: 20))
  }

  @Test(
    "A value that YAML does not accept has a message about its first character",
    arguments: [
      ("@web does it", "begins with “@”, which YAML does not allow without quotation marks"),
      ("`a` does it", "begins with “`”, which YAML does not allow without quotation marks"),
      ("%s does it", "begins with “%”, which YAML does not allow without quotation marks"),
      ("*bold* text", "begins with “*”, which YAML reads as a reference to another value"),
      ("& more", "begins with “&”, which YAML reads as a name for the value"),
      ("| a | b |", "has text after “|” on the same line, but “|” begins a block of lines"),
      (">quote", "has text after “>” on the same line, but “>” begins a block of lines"),
      ("{name} does it", "begins with “{” like a map, but has text after the “}”"),
      ("[WIP] reviewer", "begins with “[” like a list, but has text after the “]”"),
      ("[a, b", "begins with “[”, but the list is not closed or lacks a comma"),
      ("\"quoted\" and more", "has text after its closing quotation mark"),
      ("'it's", "has text after its closing quotation mark"),
      ("\"open", "has no closing quotation mark"),
      ("\"a \\d\"", "has a backslash with a meaning that YAML does not know"),
      ("- item", "begins with “-”, which has a meaning of its own in YAML"),
    ])
  func values(value: String, message: String) throws {
    let agent = try agent("---\nname: a\ndescription: \(value)\ntools: Read\n---\nBody\n")
    let finding = try #require(agent.findings.first { $0.rule == "frontmatter-invalid" })
    #expect(finding.message.contains("the value of “description” \(message)"), "\(finding.message)")
    #expect(finding.location?.line == 3)
  }

  @Test(
    "A line that YAML does not accept has a message about the line",
    arguments: [
      ("name:a\ndescription: b", 2, "there is no space after “name:”"),
      ("name: a\ndescription:b\n", 3, "there is no space after “description:”"),
      ("name: a\n  description: b", 3, "“description” is indented, so YAML reads it as part of the value above"),
      (" name: a\ndescription: b", 3, "a field is less indented than the first one"),
      ("name: a\ntools:\n  - a\n - b", 5, "a line is neither a field nor part of the value above"),
      ("name: a\ntools:\n  - a\n  b: c", 5, "a line in the list is not an item"),
      ("name: a\n```\ndescription: b", 3, "a line begins with “`”, which YAML does not allow without quotation marks"),
      ("name: a\n<<: *base", 3, "there is a reference to a value that is not in the text"),
      ("name: a\ndescription: a\u{1}b", 3, "there is a control character, which YAML does not allow"),
      ("name: a\ndescription: b\n- @c", 4, "a line is neither a field nor part of the value above"),
      (
        "name: a\ntools:\n  - @c", 4,
        "an item of a list begins with “@”, which YAML does not allow without quotation marks"
      ),
    ])
  func lines(fields: String, line: Int, message: String) throws {
    let reading = try reading(Array("---\n\(fields)\n---\nBody\n".utf8), path: ".claude/agents/a.md")
    let findings =
      switch reading.facts {
      case .agent(let agent): agent.findings
      case .document(let document): document.findings
      }
    let finding = try #require(findings.first { $0.rule == "frontmatter-invalid" }, "\(findings)")
    #expect(finding.message.contains(message) && finding.location?.line == line, "\(finding)")
  }

  @Test("Locations are correct after a byte order mark, CRLF and wide characters")
  func places() throws {
    let agent = try agent(
      bytes: [0xEF, 0xBB, 0xBF] + Array("---\r\nname: a\r\ndescription: 設計する: 今\r\n---\r\nBody\r\n".utf8))
    #expect(agent.flaws.first { $0.rule == "frontmatter-invalid" }?.location == .init(line: 3, column: 18))
    #expect(agent.description.text == "設計する: 今")
  }

  @Test("A conversation in the description keeps its lines")
  func conversation() throws {
    let agent = try agent(
      """
      ---
      name: a
      description: Use it.

      Examples:
      <example>
      Context: Here.
      user: "Does it: hold?"
      assistant: "Yes."
      model: not a field
      </example>
      model: opus
      ---
      Body
      """)
    #expect(agent.fields.map(\.key) == ["name", "description", "model"])
    #expect(agent.model == "opus")
    #expect(agent.description.examples.first?.turns.map(\.text) == ["Does it: hold?", "\"Yes.\"\nmodel: not a field"])
  }

  @Test("An unclosed tag does not hide the fields after it")
  func placeholder() throws {
    let agent = try agent("---\nname: a\ndescription: Give <path>: a path.\nmodel: opus\n---\nBody\n")
    #expect(agent.model == "opus")
  }

  @Test(
    "Misplaced frontmatter is read and reported",
    arguments: [
      "\n\n---\nname: a\ndescription: d\n---\nBody\n", "```yaml\n---\nname: a\ndescription: d\n---\n```\nBody\n",
      "```markdown\n---\nname: a\ndescription: d\n---\nBody\n```\n",
    ])
  func misplaced(_ text: String) throws {
    let agent = try agent(text)
    let prompt = prompt(text)
    #expect(agent.name == "a")
    #expect(agent.flaws.map(\.rule) == ["frontmatter-misplaced"])
    #expect(prompt.contains("Body"))
    #expect(!prompt.contains("```"))
  }

  @Test("Unclosed frontmatter stays in the body")
  func unclosed() throws {
    let text = "---\nname: other\ndescription: d\n\n# Title\n"
    let agent = try agent(text, path: "deep/by-file.md")
    #expect(agent.name == "by-file")
    #expect(agent.flaws.map(\.rule) == ["frontmatter-unclosed"])
    #expect(prompt(text).contains("name: other"))
  }

  @Test("Both values of a duplicate field are shown, and it is reported")
  func duplicate() throws {
    let agent = try agent("---\nname: a\ndescription: first\ndescription: second\n---\nBody\n")
    #expect(agent.description.text == "first")
    #expect(agent.otherFields.map(\.value) == [.text("second")])
    #expect(agent.flaws.map(\.rule).contains("field-duplicate"))
    #expect(agent.flaws.first { $0.rule == "field-duplicate" }?.location?.line == 4)
  }

  @Test("Alias bombs and deep nesting are not expanded")
  func bombs() throws {
    var text = "---\nname: a\ndescription: d\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      text += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
    }
    #expect(try agent(text + "---\nBody\n").name == "a")
    let deep = String(repeating: "[", count: 5000)
    #expect(try agent("---\nname: a\ndescription: d\ndeep: \(deep)\n---\nBody\n").name == "a")
  }

  @Test("A file without frontmatter is a document")
  func none() throws {
    let reading = try reading(Array("# Notes\n\nProse.\n".utf8), path: "notes.md")
    guard case .document(let document) = reading.facts else {
      Issue.record("it reads as an agent")
      return
    }
    #expect(document.title == "Notes")
  }

  @Test("BMAD agents are read from a YAML block")
  func block() throws {
    let agent = try agent("# a\n\n```yaml\nagent:\n  name: Winston\n  whenToUse: For design.\nrole: x\n```\n")
    #expect(agent.name == "Winston")
    #expect(agent.description.text == "For design.")
    #expect(agent.value("role") == .text("x"))
  }
}
