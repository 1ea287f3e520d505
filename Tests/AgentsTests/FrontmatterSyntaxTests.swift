import Testing

@testable import Agents

@Suite("Frontmatter syntax")
struct FrontmatterSyntaxTests {
  private func comments(_ block: String) -> [String] {
    let bytes = Array(block.utf8)
    return FrontmatterSyntax(scanning: bytes[...]).comments.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test(
    "Comments are found, and text that looks like a comment is not",
    arguments: [
      ("a: b # one\nc: d\n", ["# one"]), ("# one\na: b\n  # two\nc: d\n#three\n", ["# one", "# two", "#three"]),
      ("a: b#c\nd: '# e'\nf: \"g # h\"\n", []), ("a: 'b' # c\nd: \"e\" #f\n", ["# c", "#f"]),
      ("a: |\n  # text\n  more # text\n# one\nb: c\n", ["# one"]), ("a: > # one\n  # text\nb: c\n", ["# one"]),
      ("a:\n  - b # one\n  # two\n  - c\n", ["# one", "# two"]), ("a: [b, # one\n  c] # two\n", ["# one", "# two"]),
      ("a: 'b\n  # text\n  c' # one\n", ["# one"]), ("a: 'it''s # text' # one\n", ["# one"]),
      ("a: b\n  c # one\nd: e\n", ["# one"]), ("a: # one\n  b: c # two\n", ["# one", "# two"]),
      ("x:\n- a: |\n    # text\n  b: c # one\n", ["# one"]), ("a: {b: '#', c: d} # one\n", ["# one"]),
      ("a: 'b'# one\nc: [d]#two\n", ["# one", "#two"]), ("a:\n  b\n  'c # one'\nd: |\n  e\n", ["# one'"]),
      ("a: &x b # one\nc: !t d # two\n", ["# one", "# two"]),
    ])
  func each(block: String, expected: [String]) throws {
    #expect(comments(block) == expected)
    #expect(throws: Never.self) { try StrictYAML.fields(of: block) }
  }

  @Test("Random YAML loses no words, and no value becomes a comment")
  func random() throws {
    var state: UInt64 = 7
    func dice(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      "alpha", "beta", "gamma", ": ", " ", "  ", "- ", "\n", "\n", "\n  ", " #", "# ", "#", "'", "\"", "[", "]", ", ",
      "{", "}", "key: ", "other: |\n  ", "third: >-\n  ", "list:\n  - ", "\n# delta\n", "\n  # delta\n", " # delta\n",
      "'quoted # text'", "\"double # text\"", "[one, two]", "{one: two}", "é", ",", "?", "'it''s'",
    ]
    var read = 0
    for _ in 0..<60_000 {
      var text = "first: "
      for _ in 0..<(1 + dice(10)) { text += pieces[dice(pieces.count)] }
      guard let fields = try? StrictYAML.fields(of: text) else { continue }
      var bytes = Array(text.utf8)
      let found = FrontmatterSyntax(scanning: bytes[...]).comments.map(\.range)
      guard !found.isEmpty || text.contains("#") else { continue }
      read += 1
      let kept = words(fields.map { "\($0.key) \($0.value.line)" }.joined(separator: " "))
      let told = found.map { String(decoding: bytes[$0], as: UTF8.self) }
      let missing = words(text).subtracting(kept).subtracting(words(told.joined(separator: " ")))
      if !missing.isEmpty { Issue.record("\(text.debugDescription) loses \(missing)") }
      for range in found.reversed() { bytes.removeSubrange(range) }
      let without = try? StrictYAML.fields(of: String(decoding: bytes, as: UTF8.self))
      if without != fields { Issue.record("\(text.debugDescription) without \(told): \(String(describing: without))") }
    }
    #expect(read > 1000)
  }

  private func words(_ text: String) -> Set<Substring> { Set(text.split { !$0.isLetter }) }

  @Test("Long runs of brackets, quotes and tabs do not hide the name")
  func hostile() throws {
    for piece in ["[", "- ", "? ", "'", "\"", "\t", "\u{A0}", "#", " #", "a:", "“", "a: |\n", "“”,", "\n\t- "] {
      let block = String(repeating: piece, count: 40_000 / piece.utf8.count)
      let agent = try agent("---\nname: a\ndescription: d\ntools: \(block)\n---\nBody\n")
      #expect(agent.name == "a" && agent.description.text == "d", "\(piece.debugDescription)")
    }
  }
}

@Suite("Reading frontmatter")
struct ReadingTests {
  @Test("Comments are kept with their lines")
  func comments() throws {
    let agent = try agent(
      """
      ---
      # Written by hand
      name: a # short
      description: >
        Text # here
      tools: Read # and nothing else
      # tools: Bash
      ---
      B

      """
    )
    #expect(
      agent.comments == [
        .init(text: "# Written by hand", line: 2), .init(text: "# short", line: 3),
        .init(text: "# and nothing else", line: 6), .init(text: "# tools: Bash", line: 7),
      ])
    #expect(agent.description.summary == "Text # here")
  }

  @Test("Comments are not part of values, even if the YAML is invalid")
  func refusedComments() throws {
    let agent = try agent(
      "---\n# head\nname: a\ndescription: Use it: now\n# between\ntools: Read # behind\n---\nB\n")
    #expect(agent.description.text == "Use it: now")
    #expect(agent.comments.map(\.text) == ["# head", "# between", "# behind"])
    #expect(agent.fields.map(\.key) == ["name", "description", "tools"])
    #expect(agent.tools.allowed.map(\.name) == ["Read"])
  }

  @Test(
    "Prose that YAML cuts off is reported, but comments are not",
    arguments: [
      ("description: Solves ticket #40 fast.", true), ("description: Run on #done or #wip.", true),
      ("description: Knows C # and Java", true), ("description: C # for crews", true), ("name: c # for crews", false),
      ("description: Use when ## Overview", true),
      ("description: #1 choice for tides", true), ("name: harbour #2", true),
      ("description: Guides ships into\n  port #5 by night", true), ("argument-hint: PR #number", true),
      ("argument-hint: issue #", true),
      ("description: Reviews code # keep this short", false), ("description: Reviews code  #internal", false),
      ("tools: Read # and nothing else", false), ("model: opus  # cheaper: sonnet", false),
      ("model: opus #best", false),
      ("description: # to do", false), ("description: \"Solves #40\" #50", false),
      ("description: |\n  Solves #40", false),
      ("description: Knows C# and F#.", false), ("tags:\n  - a #1", false),
      ("description: !always run the tests", true), ("description: &first word", true),
      ("description: ! always", true), ("description: !!str text", false), ("description: '!always'", false),
      ("description: Works! & more", false), ("tools: !all Read", false),
    ])
  func cuts(field: String, isCut: Bool) throws {
    let findings = try agent("---\n\(field)\n---\nB\n").findings.filter { $0.rule == "value-cut" }
    #expect(findings.count == (isCut ? 1 : 0), "\(findings)")
  }

  @Test("The finding for a cut value says where it ends and what is lost")
  func cutMessage() throws {
    let finding = try #require(
      try agent("---\nname: a\ndescription: Solves ticket #40 fast.\n---\nB\n").findings.first {
        $0.rule == "value-cut"
      })
    #expect(finding.message == "“description” ends at “Solves ticket”: YAML takes “#40 fast.” for a comment")
    #expect(finding.location == .init(line: 3, column: 28))
    #expect(finding.end == .init(line: 3, column: 37))
  }

  @Test("Curly quotes are part of the value, and reported")
  func curlyQuotes() throws {
    let agent = try agent("---\nname: “harbour”\ndescription: Says “ahoy” and “aye”.\ntools: “Read”, “Grep”\n---\nB\n")
    #expect(agent.name == "“harbour”")
    #expect(agent.tools.allowed.map(\.name) == ["“Read”", "“Grep”"])
    #expect(agent.findings.filter { $0.rule == "quotes-curly" }.map(\.location?.line) == [2, 4])
  }

  @Test(
    "Spaces that YAML does not accept are reported only where it needs one",
    arguments: [
      ("name:\u{A0}a\n", 1), ("tools:\n  -\u{202F}Read\n  - Grep\n", 1), ("tools:\n\u{A0}\u{A0}- Read\n", 1),
      ("name: \u{3000}a\n", 1), ("name\u{A0}: a\n", 1), ("description: a\u{A0}: b\u{A0}!\n", 0),
      ("description: |\n  \u{3000}text\n", 0), ("description: a\n  \u{A0}b\n", 0), ("description: \"\u{A0}a\"\n", 0),
    ])
  func spaces(fields: String, count: Int) throws {
    let findings = try agent("---\nmodel: opus\n\(fields)---\nB\n").findings.filter { $0.rule == "space-invalid" }
    #expect(findings.count == count, "\(findings)")
  }

  @Test("Indentation with tabs and no-break spaces is read as intended")
  func indentation() throws {
    for indent in ["\t", "\u{A0}\u{A0}", " \t"] {
      let agent = try agent(
        "---\nname: a\ntools:\n\(indent)- Read\n\(indent)- Grep\ndescription: |\n\tOne.\n\tTwo.\n---\nB\n")
      #expect(agent.tools.allowed.map(\.name) == ["Read", "Grep"])
      #expect(agent.description.text.split(separator: "\n") == ["One.", "Two."])
    }
    let nested = try agent(
      "---\nname: a\ndescription: Use it: now\nlimits:\n\tturns: 3\n\tdeep:\n\t\tmore: 1\n---\nB\n")
    #expect(nested.description.text == "Use it: now")
    #expect(nested.value("limits")?.line == "turns: 3; deep: more: 1")
  }

  @Test("UTF-16 and UTF-32 files are read with correct locations")
  func encodings() throws {
    let text = "---\r\nname: tide\r\ndescription: Reads 潮 tables 🌊. Solves ticket #40.\r\n---\r\nBody\r\n"
    let utf16 = Array(text.utf16)
    let little = utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let wide = text.unicodeScalars.flatMap { scalar in (0..<4).map { UInt8(scalar.value >> ($0 * 8) & 0xFF) } }
    let files: [[UInt8]] = [
      [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little, big, wide, [0xFF, 0xFE, 0, 0] + wide,
    ]
    for bytes in files {
      let agent = try agent(bytes: bytes)
      #expect(agent.name == "tide" && agent.isRepaired)
      #expect(agent.description.text == "Reads 潮 tables 🌊. Solves ticket")
      #expect(agent.flaws.map(\.rule) == ["encoding-utf16", "value-cut"])
      #expect(agent.flaws.last?.location == .init(line: 3, column: 46))
      #expect(String(decoding: AgentReader.prompt(in: bytes), as: UTF8.self) == "Body\n")
    }
  }

  @Test("Cursor rules may have unquoted globs")
  func globs() throws {
    let text = "---\ndescription: d\nglobs: *.{ts,tsx}, **/*.\"js\nalwaysApply: false\n---\nB\n"
    let rule = try agent(text, path: "rules/a.mdc")
    #expect(rule.value("globs") == .text("*.{ts,tsx}, **/*.\"js"))
    #expect(!rule.findings.contains { $0.rule == "frontmatter-invalid" })
    #expect(try agent(text, path: "rules/a.md").findings.contains { $0.rule == "frontmatter-invalid" })
  }
}
