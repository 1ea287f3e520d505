import Files
import Support
import Testing

@testable import Catalogs

@Suite("Item addresses")
struct ItemAddressTests {
  private func addresses(_ files: [String: String]) async throws -> [String: String] {
    let catalog = try await catalog(files)
    return Dictionary(
      uniqueKeysWithValues: catalog.entries.map { ($0.agent.source.displayPath, $0.address.stem) })
  }

  @Test("An address consists of kind, collection and name")
  func plain() async throws {
    let found = try await addresses([
      "@Acme Tools/.claude/agents/a.md": file("Code Reviewer"), "@team/.claude/skills/pdf/SKILL.md": file("pdf"),
      "@team/.claude/commands/ship.md": file("ship"),
    ])
    #expect(found["Acme Tools/.claude/agents/a.md"] == "agents/acme-tools/code-reviewer")
    #expect(found["team/.claude/skills/pdf/SKILL.md"] == "skills/team/pdf")
    #expect(found["team/.claude/commands/ship.md"] == "commands/team/ship")
  }

  @Test("An address contains the project folder")
  func projects() async throws {
    let found = try await addresses([
      "@mono/services/a/.claude/agents/r.md": file("reviewer"),
      "@mono/services/b/.claude/agents/r.md": file("reviewer"),
      "@mono/.claude/agents/r.md": file("reviewer"),
    ])
    #expect(found["mono/services/a/.claude/agents/r.md"] == "agents/mono/services/a/reviewer")
    #expect(found["mono/services/b/.claude/agents/r.md"] == "agents/mono/services/b/reviewer")
    #expect(found["mono/.claude/agents/r.md"] == "agents/mono/reviewer")
  }

  @Test("Items of a collection that share a name have part of their path in the address")
  func collisions() async throws {
    let found = try await addresses([
      "@all/agents/backend/x.md": file("x"), "@all/agents/frontend/x.md": file("x"),
      "@all/.claude/agents/x.md": file("x"), "@all/.github/agents/x.agent.md": file("x"),
      "@all/one.md": file("y"), "@all/two.md": file("y"),
      "@all/a-b/agents/z.md": file("z"), "@all/a/b/agents/z.md": file("z"),
    ])
    #expect(found["all/agents/backend/x.md"] == "agents/all/x--backend")
    #expect(found["all/agents/frontend/x.md"] == "agents/all/x--frontend")
    #expect(found["all/.claude/agents/x.md"] == "agents/all/x--claude-agents")
    #expect(found["all/.github/agents/x.agent.md"] == "agents/all/x--github-agents")
    #expect(found["all/one.md"] == "agents/all/y--one-md" && found["all/two.md"] == "agents/all/y--two-md")
    #expect(Set(found.values).count == found.count)
  }

  @Test("Files with the same path in collections with the same key have different addresses")
  func sameKey() async throws {
    let collections = ["a", "b"].map { SourceCollection(name: $0, key: ["all"], folder: $0) }
    let path = try #require(RelativePath("one.md"))
    let sources = [0, 1].map { number in
      (
        source: SourceFile(path: path, collection: number, publishedPath: "\(number)/one.md"),
        bytes: Array(file("x").utf8)
      )
    }
    let catalog = await MemoryCatalog(sources, collections: collections).catalog
    #expect(Set(catalog.entries.map(\.address.stem)).count == 2)
  }

  @Test("New collections do not change addresses")
  func stability() async throws {
    let own = ["@acme/agents/a.md": file("reviewer"), "@acme/agents/x/b.md": file("critic")]
    let alone = try await addresses(own)
    let beside = try await addresses(
      own.merging(["@other/agents/a.md": file("reviewer"), "@aaa/critic.md": file("Critic")]) { $1 })
    for (path, address) in alone { #expect(beside[path] == address) }
  }

  @Test("Names and addresses of earlier versions redirect")
  func former() async throws {
    let catalog = try await catalog([
      "@a/agents/x.md": file("x"), "@b/agents/x.md": file("x"), "@b/agents/one/y.md": file("y"),
      "@b/agents/two/y.md": file("y"), "@b/.claude/skills/x/SKILL.md": file("x"), "@b/agents/z.md": file("z"),
    ])
    func target(_ stem: String) -> String? {
      catalog.formerAddresses.first { $0.stem == stem }.map { former in
        switch former.target {
        case .item(let index): catalog.entries[index].address.stem
        case .name(let index): catalog.comparisons[index].address?.stem ?? ""
        case .document(let index): catalog.documents[index].address.stem
        }
      }
    }
    #expect(target("agents/z") == "agents/b/z")
    #expect(target("agents/x--a") == "agents/a/x" && target("agents/x--b") == "agents/b/x")
    #expect(target("agents/b/y") == "agents/y", "two items of the collection share the name")
    #expect(target("skills/x") == "skills/b/x" && target("agents/x-skill") == "skills/b/x")
    #expect(target("agents/x") == nil, "the page of the shared name is there")
    #expect(Set(catalog.formerAddresses.map(\.stem)).isDisjoint(with: catalog.entries.map(\.address.stem)))
  }
}
