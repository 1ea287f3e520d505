import Testing

@testable import Reviews

@Suite("Formatting changes")
struct FormattingTests {
  /// The notes on a change of the frontmatter that only affects formatting.
  private func notes(_ before: String, _ after: String) async throws -> [String] {
    let review = try await review(["a.md": agent(before)], ["a.md": agent(after)])
    let change = try #require(review.changes.first)
    #expect(change.kind == .formal && change.fields.isEmpty && change.access.isEmpty, "\(before) → \(after)")
    return change.form
  }

  @Test("Line endings, byte order marks, quotes, comments and field order are formatting")
  func form() async throws {
    let text = agent("model: opus")
    let others = [
      text.replacing("\n", with: "\r\n"): ["lines now end with CR LF"],
      "\u{FEFF}" + text: ["a byte order mark was added"],
      text.replacing("name: a", with: "name: \"a\""): ["name is now quoted"],
      text.replacing("---\nname", with: "---\n# A comment.\nname"): ["comments in the frontmatter changed"],
      agent().replacing("name: a\n", with: "model: opus\nname: a\n"): ["the order of the fields changed"],
    ]
    for (other, expected) in others {
      let change = try #require(try await review(["a.md": text], ["a.md": other]).changes.first)
      #expect(change.kind == .formal && change.form == expected, "\(other)")
      let back = try #require(try await review(["a.md": other], ["a.md": text]).changes.first)
      #expect(back.kind == .formal && back.form.count == 1, "\(other)")
    }
  }

  @Test("A list and text with the same values differ only in formatting")
  func lists() async throws {
    #expect(try await notes("tools: Read, Grep", "tools:\n  - Read\n  - Grep") == ["tools is now written as a list"])
    #expect(try await notes("tools: [Read, Grep]", "tools: Read, Grep") == ["tools is now written as text"])
    #expect(try await notes("tags: a, b", "tags: [a, b]") == ["tags is now written as a list"])
    #expect(try await notes("tools: Read, Grep", "tools: Read,Grep") == ["tools is formatted differently"])
    #expect(try await notes("version: 1.0", "version: \"1.0\"") == ["version is now quoted"])
  }

  @Test("A different value is not a formatting change")
  func meanings() async throws {
    for (before, after) in [
      ("tools: Read, Grep", "tools: [Grep, Read]"), ("tools: Read", "tools: [Read, Grep]"), ("tags: a, b", "tags: [a]"),
      ("note: a, b", "note: [a, b]"), ("maxTurns: 5", "maxTurns: \"5\""), ("background: true", "background: \"true\""),
    ] {
      let change = try #require(try await review(["a.md": agent(before)], ["a.md": agent(after)]).changes.first)
      #expect(change.kind == .changed && change.fields.count == 1, "\(before) → \(after)")
    }
  }

  @Test("Small edits that change access or loading are not formatting")
  func effects() async throws {
    let none = try #require(try await review(["a.md": agent("tools: []")], ["a.md": agent()]).changes.first)
    #expect(none.kind == .changed)
    let gain = "“tools” was removed: it now inherits all session tools; before, it had none."
    #expect(none.access.gainTexts.first == gain)
    let text = agent("note: a\nnote: b")
    let other = try #require(
      try await review(["a.md": text], ["a.md": text.replacing("note: b", with: "note: c")]).changes.first)
    #expect(!other.form.contains("white space changed"))
  }

  @Test("Formatting is listed next to changes of content")
  func mixed() async throws {
    let review = try await review(
      ["a.md": agent("tools: Read, Grep\nmodel: opus")], ["a.md": agent("tools: [Read, Grep]\nmodel: haiku")])
    let change = try #require(review.changes.first)
    #expect(change.kind == .changed && change.fields.map(\.key) == ["model"])
    #expect(change.form == ["tools is now written as a list"])
  }

  @Test("A prompt on the line of another field is not a part of it")
  func oneLine() async throws {
    let text = #"{"agent": {"a": {"description": "Bakes", "prompt": "Bake bread.", "mode": "subagent"}}}"#
    let review = try await review(["opencode.json": text], ["opencode.json": text.replacing("bread", with: "cake")])
    let change = try #require(review.changes.first)
    #expect(change.kind == .changed && change.text != nil && change.form == [])
  }

  @Test("A moved or renamed file without edits has no other changes")
  func moved() async throws {
    let text = agent("tools: Read")
    for other in ["b.md", "team/a.md"] {
      let change = try #require(try await review(["a.md": text], [other: text]).changes.first)
      #expect(change.kind == .moved && change.form == [] && change.fields == [] && change.text == nil)
    }
    let unnamed = text.replacing("name: a\n", with: "")
    let change = try #require(try await review(["a.md": unnamed], ["b.md": unnamed]).changes.first)
    #expect(change.kind == .renamed && change.form == [] && change.newFindings == [] && change.goneFindings == [])
  }
}
