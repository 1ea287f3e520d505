import Catalogs
import Testing

@testable import Pages

@Suite("The sentence that opens a comparison")
struct ComparisonSentenceTests {
  private func file(_ name: String, _ lines: String = "", body: String = "Body.") -> String {
    "---\nname: \(name)\ndescription: Does a thing.\n\(lines)\n---\n\n\(body)\n"
  }

  /// The summary sentence of a pinned comparison of agents, taken from the description of its page.
  private func sentence(_ agents: [(name: String, lines: String, body: String)]) async throws -> String {
    var settings = CatalogSettings()
    settings.likenessThreshold = 2
    settings.pinned = [.init(title: "Group", agents: agents.map(\.name))]
    var files: [String: String] = [:]
    for agent in agents { files["\(agent.name).md"] = file(agent.name, agent.lines, body: agent.body) }
    let page = try #require(try text(of: "compare/group.html", in: try await site(files, settings: settings)))
    let lead = try #require(page.firstMatch(of: #/<p class="lead">(.*?)</p>/#))
    return String(lead.output.1).replacing("<code>", with: "").replacing("</code>", with: "")
  }

  private static let words = (0..<60).map { "word\($0)" }

  @Test(
    "says of two what the second does otherwise",
    arguments: [
      (
        "tools: Read, Grep\nmodel: haiku", "tools: Read, Bash\nmodel: opus",
        "Same prompt; b adds Bash, drops Grep and runs on opus. Only b can run commands."
      ),
      ("tools: Read", "tools: Read", "Same prompt and fields; only the name differs."),
      ("tools: Read\ncolor: red", "tools: Read\ncolor: blue", "Same prompt; color differs."),
      (
        "tools: Read", "",
        "Same prompt; b inherits the session’s tools. Only b can edit files, run commands, use the web and start agents."
      ),
      ("tools: Read\nmodel: opus", "tools: Read", "Same prompt; b sets no model."),
      ("tools: A1", "tools: A1, B1, B2, B3, B4", "Same prompt; b adds 4 tools."),
      (
        "tools: Bash", "tools: Bash\npermissionMode: bypassPermissions",
        "Same prompt; permissionMode differs. Only b never asks for permission."
      ),
    ])
  func two(first: String, second: String, sentence: String) async throws {
    #expect(try await self.sentence([("a", first, "Body."), ("b", second, "Body.")]) == sentence)
  }

  @Test("says how similar two prompts are")
  func similarity() async throws {
    let text = Self.words.joined(separator: " ")
    #expect(
      try await sentence([("a", "tools: Read", text), ("b", "tools: Read", text + " more")])
        == "Prompts are 98% similar; same fields.")
    #expect(
      try await sentence([("a", "tools: Read", text), ("b", "tools: Read", "Another text.")])
        == "Different prompts; same fields.")
  }

  @Test("says of many how many have the same prompt and can run commands")
  func many() async throws {
    #expect(
      try await sentence([
        ("a", "tools: Read\nmodel: opus", "One."), ("b", "tools: Bash\nmodel: opus", "One."),
        ("c", "tools: Bash\nmodel: haiku", "Two."),
      ]) == "3 agents: same prompt in 2; 2 can run commands; tools and models differ.")
    #expect(
      try await sentence([
        ("a", "tools: Read", "One."), ("b", "tools: Read", "One."), ("c", "tools: Read", "One."),
      ]) == "3 agents: same prompt in all; none can run commands; same tools and model.")
  }

  @Test("escapes what comes from files")
  func escaping() async throws {
    let said = try await sentence([("a", "model: opus", "x"), ("b", "model: '<b>&'", "x")])
    #expect(said == "Same prompt; b runs on &lt;b&gt;&amp;.")
  }
}

@Suite("A comparison")
struct ComparisonTests {
  @Test("has one column for identical copies, with all their files, and equal rows last")
  func copies() async throws {
    let agent = "---\nname: same\ndescription: Does a thing.\ntools: Read\n---\n\nBody.\n"
    let site = try await site(["x/a.md": agent, "y/a.md": agent, "z/a.md": agent.replacing("Read", with: "Bash")])
    let page = try #require(try text(of: "agents/same.html", in: site))
    #expect(page.ranges(of: "<th scope=\"col\" class=\"spine").count >= 2)
    #expect(page.contains("2 identical copies. Also:") && page.contains("1 of 2") && !page.contains("1 of 3"))
    #expect(page.contains("<li><code>x/a.md</code></li><li><code>y/a.md</code></li>"))
    let model = try #require(page.firstRange(of: "<span>Runtime</span>"))
    let tools = try #require(page.firstRange(of: "<span>Bash</span>"))
    #expect(tools.lowerBound < model.lowerBound)
  }

}
