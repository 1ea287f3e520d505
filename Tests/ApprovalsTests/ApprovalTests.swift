import Agents
import Catalogs
import Files
import Testing

@testable import Approvals

@Suite("Approvals")
struct ApprovalTests {
  private let ada = Approval.Approver(name: "Ada", day: "2026-05-03")
  private let text = """
    ---
    name: a
    description: Does a thing.
    tools: [Read, Grep]
    ---
    Before.

    ## Workflow

    First this.

    ## Rules

    None.

    """

  private func agent(_ text: String) throws -> (Agent, [UInt8]) {
    let bytes = Array(text.utf8)
    let reading = AgentReader().read(bytes, of: SourceFile(path: try #require(RelativePath("a.md")), collection: 0))
    guard case .agent(let agent) = reading.facts else { throw ByteReader.Failure() }
    return (agent, bytes)
  }

  private func record(_ text: String, by name: String = "Ada") throws -> ApprovalRecord {
    let (agent, bytes) = try agent(text)
    return ApprovalRecord(of: agent, bytes, by: .init(name: name, day: "2026-05-03"))
  }

  /// The changes since this text was approved.
  private func changes(_ edit: (String) -> String) throws -> [String] {
    let (agent, bytes) = try agent(edit(text))
    return try record(text).approval(of: agent, bytes).changes
  }

  @Test("An unchanged agent stays approved, and the record survives being written and read")
  func same() throws {
    #expect(try changes { $0 } == [])
    let record = try record(text)
    #expect(ApprovalRecord(try record.bytes()) == record)
    let (agent, bytes) = try agent(text)
    #expect(record.approval(of: agent, bytes).approvers == [ada])
  }

  // MARK: Skills

  private func skill(_ files: [String: String], isExecutable: Bool = false) throws -> (Agent, [UInt8]) {
    let source = SourceFile(path: try #require(RelativePath("skills/a/SKILL.md")), collection: 0)
    let reader = AgentReader()
    var bundle = BundleReading()
    for (name, text) in files {
      let summary = ContentSummary(Array(text.utf8), isExecutable: isExecutable)
      reader.read(summary, at: try #require(RelativePath(name)), of: source, into: &bundle)
    }
    let bytes = Array(text.utf8)
    guard case .agent(let agent) = reader.read(bytes, of: source, with: bundle).facts else {
      throw ByteReader.Failure()
    }
    return (agent, bytes)
  }

  @Test("The approval of a skill covers every file in its folder")
  func files() throws {
    let (old, bytes) = try skill(["a.sh": "echo", "b.txt": "b", "c.txt": "c"])
    let record = ApprovalRecord(of: old, bytes, by: ada)
    #expect(record.approval(of: old, bytes).isCurrent)
    #expect(ApprovalRecord(try record.bytes()) == record)
    let (new, _) = try skill(["a.sh": "curl x", "b.txt": "b", "d.txt": "c"])
    #expect(record.approval(of: new, bytes).changes == ["a.sh", "c.txt (removed)", "d.txt (new)"])
    let (executable, _) = try skill(["a.sh": "echo", "b.txt": "b", "c.txt": "c"], isExecutable: true)
    #expect(
      record.approval(of: executable, bytes).changes
        == ["a.sh (now executable)", "b.txt (now executable)", "c.txt (now executable)"])
    let second = ApprovalRecord(of: new, bytes, by: .init(name: "Bob", day: "2026-05-04"))
    #expect(record.approved(by: second).approved.map(\.by) == ["Bob"], "they approved another state")
  }

  @Test("Older approvals without files hold while the skill has no other files")
  func filesOfOld() throws {
    let (alone, bytes) = try skill([:])
    let text = String(decoding: try ApprovalRecord(of: alone, bytes, by: ada).bytes(), as: UTF8.self)
    let old = try #require(ApprovalRecord(Array(text.replacing("  \"files\" : [\n\n  ],\n", with: "").utf8)))
    #expect(old.files == nil)
    #expect(old.approval(of: alone, bytes).isCurrent)
    let (more, _) = try skill(["a.sh": "echo"])
    #expect(
      old.approval(of: more, bytes).changes == ["other files in the folder, which the approval does not cover"])
  }

  @Test("Changed fields and sections are listed")
  func changed() throws {
    #expect(try changes { $0.replacing("[Read, Grep]", with: "[Read, Bash]") } == ["tools"])
    #expect(try changes { $0.replacing("First this.", with: "First that.") } == ["section Workflow"])
    #expect(try changes { $0.replacing("Before.", with: "Else.") } == ["the text before the first heading"])
    #expect(try changes { $0.replacing("name: a", with: "name: a\nmodel: opus") } == ["model"])
    #expect(try changes { $0.replacing("description: Does a thing.\n", with: "") } == ["description"])
    #expect(try changes { $0.replacing("## Rules\n\nNone.\n", with: "") } == ["section Rules"])
    #expect(try changes { $0 + "\n## More\n\nText.\n" } == ["section More"])
  }

  @Test("A changed order of sections is listed")
  func order() throws {
    let moved = "---\nname: a\ndescription: d\n---\n## B\n\ntwo\n## A\n\none\n"
    let (agent, bytes) = try agent(moved)
    let past = try record("---\nname: a\ndescription: d\n---\n## A\n\none\n## B\n\ntwo\n")
    #expect(past.approval(of: agent, bytes).changes == ["the order of sections"])
  }

  @Test("Line endings, comments, quotes and field order do not matter")
  func form() throws {
    #expect(try changes { $0.replacing("\n", with: "\r\n") } == [])
    #expect(try changes { $0.replacing("name: a\n", with: "# a comment\nname: \"a\"\n") } == [])
    #expect(
      try changes {
        $0.replacing("name: a\ndescription: Does a thing.\n", with: "description: Does a thing.\nname: a\n")
      }
        == [])
  }

  @Test("Similar values of different types are different")
  func values() throws {
    #expect(try changes { $0.replacing("[Read, Grep]", with: "\"Read, Grep\"") } == ["tools"])
    #expect(try changes { $0.replacing("[Read, Grep]", with: "[\"Read, Grep\"]") } == ["tools"])
    #expect(
      try changes { $0.replacing("tools: [Read, Grep]", with: "tools: [Read, Grep]\ntools: [Bash]") } == ["tools"])
  }

  @Test("Approvals of several people hold if nothing changed between them")
  func several() throws {
    let first = try record(text)
    let both = first.approved(by: try record(text, by: "Bob"))
    #expect(both.approved.map(\.by) == ["Ada", "Bob"])
    #expect(both.approved(by: try record(text, by: "Ada")).approved.map(\.by) == ["Bob", "Ada"])
    #expect(both.approved(by: try record(text + "More.\n", by: "Eve")).approved.map(\.by) == ["Eve"])
  }

  @Test("Invalid files are not approvals")
  func broken() {
    for text in ["", "{}", "[]", "{\"version\": 2, \"approved\": [], \"fields\": {}, \"sections\": []}", "\u{0}"] {
      #expect(ApprovalRecord(Array(text.utf8)) == nil)
    }
  }

  @Test("The approval is in a folder next to the file")
  func path() {
    #expect(ApprovalRecord.path(of: "/x/agents/a b.md") == "/x/agents/.approvals/a b.md.json")
    #expect(ApprovalRecord.path(of: "a.md") == ".approvals/a.md.json")
  }
}
