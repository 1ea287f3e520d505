import Agents
import Testing

@testable import Catalogs

@Suite("Portfolio")
struct PortfolioTests {
  private func section(_ id: String, _ files: [String: String], _ settings: CatalogSettings = CatalogSettings())
    async throws -> [String]
  {
    let portfolio = Portfolio(try await catalog(files, settings: settings))
    return portfolio.sections.first { $0.id == id }?.rows.map { "\($0.title) \($0.count)" } ?? []
  }

  private let files = [
    "a.md": file("a", "tools: Read, Edit\nmodel: opus\nowner: core"),
    "b.md": file("b", "tools: Read\nmodel: opus\nauthor: {name: Ann, email: a@example.org}"),
    "c.md": file("c", "model: haiku\nmetadata: {author: Bea}\npermissionMode: bypassPermissions"),
    "d.agent.md": file("d", "tools: ['edit']"),
    "e.md": "No frontmatter.\n",
  ]

  @Test("Values are counted, the most frequent first and missing values last")
  func counts() async throws {
    #expect(try await section("runtimes", files) == ["Claude Code 3", "GitHub Copilot 1"])
    #expect(try await section("models", files) == ["opus 2", "haiku 1", "Not stated 1"])
    #expect(try await section("modes", files) == ["bypassPermissions 1", "Not stated 3"])
    #expect(try await section("owners", files) == ["Ann 1", "Bea 1", "core 1", "Not stated 1"])
    #expect(
      try await section("reach", files) == [
        "Edits files 3", "Reads files 3", "Inherits tools 1", "Never asks for permission 1", "Runs commands 1",
        "Starts agents 1", "Uses the web 1",
      ])
    #expect(try await section("loads", files) == ["Loaded 4"])
    #expect(try await section("tools", files) == ["Edit 2", "Read 2", "Inherits all tools 1"])
  }

  @Test("Missing values are counted unless the taxonomy is off")
  func unstated() async throws {
    let bare = ["a.md": file("a", "tools: Read")]
    #expect(try await section("owners", bare) == ["Not stated 1"])
    var settings = CatalogSettings()
    settings.taxonomies[.owners] = .init(isOn: false)
    #expect(try await section("owners", bare, settings) == [])
  }

  @Test("Rules count files, not findings")
  func rules() async throws {
    let body = "# A\n\n### B\n\n# C\n\n### D\n"
    #expect(try await section("findings", ["a.md": file("a", "tools: Read", body: body)]) == ["heading-skip 1"])
  }

  @Test("An empty catalog has no sections")
  func empty() async throws {
    let portfolio = Portfolio(try await catalog([:]))
    #expect(portfolio.items == 0 && portfolio.sections.isEmpty)
  }
}
