import Testing

@testable import Agents

@Suite("The fields of a file")
struct FormatTests {
  @Test("in TOML come in the order of the text, with their lines")
  func toml() throws {
    let fields = try TOMLFields.fields(
      of: """
        # A keeper of the light.
        name = "keeper"
        description = 'Keeps: the light'
        developer_instructions = \"\"\"
        name = "not this one"
        Be # short.
        \"\"\"
        "quoted key" = 1
        ratio = 0.5
        when = 2026-11-26
        nicknames = [
          "a",
          "b",
        ]

        [mcp_servers.lamp]
        command = "npx"
        enabled = true
        """)
    #expect(
      fields.map(\.key) == [
        "name", "description", "developer_instructions", "quoted key", "ratio", "when", "nicknames", "mcp_servers",
      ])
    #expect(fields.map(\.line) == [2, 3, 4, 8, 9, 10, 11, 16])
    #expect(fields[2].value == .text("name = \"not this one\"\nBe # short.\n"))
    #expect(fields[3].value == .number("1") && fields[4].value == .number("0.5"))
    #expect(fields[5].value == .text("2026-11-26"))
    #expect(fields[6].value == .list([.text("a"), .text("b")]))
    guard case .map(let servers) = fields[7].value, case .map(let lamp) = servers.first?.value else {
      Issue.record("\(fields[7])")
      return
    }
    #expect(servers.map(\.key) == ["lamp"] && Set(lamp.map(\.key)) == ["command", "enabled"])
  }

  @Test(
    "in TOML are refused with their place",
    arguments: [("a = 1\nb = \n", 2), ("a = 1\na = 2\n", 2), ("a = \"x\n", 1), ("[t]\nx = 1\n[t]\n", 3)])
  func badTOML(text: String, line: Int) {
    #expect(throws: StrictYAML.Refusal.self) { try TOMLFields.fields(of: text) }
    do { _ = try TOMLFields.fields(of: text) } catch { #expect(error.line == line && !error.problem.isEmpty) }
  }

  @Test("in JSON come in the order of the text, with their lines")
  func json() throws {
    let fields = try JSONFields.fields(
      of: """
        {
        \t"name": "keeper",
          "prompt": "Keep \\"it\\" \\ud83d\\udea2 \\u00e9\\/\\n- lit",
          "tools": ["read", "@lamp/on"],
          "n": 1.5, "on": true, "none": null,
          "url": "https://x.example/a"
        }
        """)
    #expect(fields.map(\.key) == ["name", "prompt", "tools", "n", "on", "none", "url"])
    #expect(fields.map(\.line) == [2, 3, 4, 5, 5, 5, 6])
    #expect(fields[1].value == .text("Keep \"it\" 🚢 é/\n- lit"))
    #expect(fields[2].value == .list([.text("read"), .text("@lamp/on")]))
    #expect(fields[3].value == .number("1.5") && fields[4].value == .bool(true) && fields[5].value == .null)
  }

  @Test("in JSON with comments keep their lines")
  func jsonWithComments() throws {
    let text = "{\n  // \"a\": 1,\n  \"b\": \"// no /* comment\", /* x\n  y */ \"c\": 2\n}\n"
    #expect(
      try JSONFields.fields(of: text, allowsComments: true).map { [$0.key, "\($0.line)"] } == [
        ["b", "3"], ["c", "4"],
      ])
    #expect(throws: StrictYAML.Refusal.self) { try JSONFields.fields(of: text) }
  }

  @Test(
    "in JSON are refused with their place",
    arguments: [("{\n  \"a\": 1,\n}\n", 2), ("{\"a\": }", 1), ("[1]", 1), ("", 1), ("{\"a\": 'b'}", 1)])
  func badJSON(text: String, line: Int) {
    do {
      _ = try JSONFields.fields(of: text)
      Issue.record("was read")
    } catch { #expect(error.line == line && !error.problem.isEmpty) }
  }
}
