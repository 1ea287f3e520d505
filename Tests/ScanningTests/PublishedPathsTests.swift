import Files
import Support
import Testing

@testable import Scanning

@Suite("Published paths")
struct PublishedPathsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func published(
    _ sources: String..., home: String? = nil, deciding: Set<String> = []
  ) -> [String?] {
    SourceRequest.published(
      sources.map { SourceRequest(path: "\(folder.path)/\($0)") }, home: home.map { "\(folder.path)/\($0)" },
      deciding: deciding
    ).map(\.publishedPath)
  }

  @Test("Paths are relative to the root of the repository")
  func repository() throws {
    _ = try TestRepository(in: folder)
    try folder.touch("repository/team/agents/a.md")
    #expect(published("repository") == [""])
    #expect(published("repository/team/agents/") == ["team/agents"])
    #expect(published("repository/team/agents/a.md") == ["team/agents/a.md"])
    let scan = try SourceScanner().scan([SourceRequest(path: "\(folder.path)/repository")])
    #expect(scan.files.map(\.source.publishedPath) == ["team/agents/a.md"])
    #expect(scan.collections.map(\.folder) == ["."])
  }

  @Test("A source outside a repository has only its own name")
  func outside() throws {
    try folder.touch("private/team/a.md")
    #expect(published("private/team") == ["team"])
    #expect(published("private/team/a.md") == ["a.md"])
  }

  @Test("A parent folder is added only if two sources would share a path")
  func collisions() throws {
    try folder.touch("one/team/a.md", "two/team/a.md", "three/other/a.md")
    #expect(published("one/team", "two/team", "three/other") == ["one/team", "two/team", "other"])
    // Listing the same source twice is no collision.
    #expect(published("one/team", "one/team/") == ["team", "team"])
  }

  @Test("On a collision, the source in a repository keeps its path")
  func repositoryComesFirst() throws {
    _ = try TestRepository(in: folder)
    try folder.touch("repository/team/a.md", "two/team/a.md")
    #expect(published("repository/team", "two/team") == ["team", "two/team"])
  }

  @Test("The home folder is published as ~, because it often contains a name")
  func home() throws {
    try folder.touch("ada/a.md", "ada/.claude/agents/b.md")
    #expect(published("ada", home: "ada") == ["~"])
    let scan = try SourceScanner().scan(
      SourceRequest.published([SourceRequest(path: "\(folder.path)/ada")], home: "\(folder.path)/ada"))
    #expect(scan.files.map(\.source.publishedPath) == ["~/a.md"])
    #expect(scan.collections.map(\.name) == ["home"])
    let file = SourceRequest.published([SourceRequest(path: "\(folder.path)/ada/a.md")], home: "\(folder.path)/ada")
    #expect(file.map(\.publishedPath) == ["a.md"] && file.map(\.name) == ["home"])
  }

  @Test("Folders that decide how files are read stay in the path")
  func runtimes() throws {
    try folder.touch("ada/.claude/agents/a.md", "ada/plugins/review/agents/b.md")
    #expect(published("ada/.claude/agents", deciding: [".claude"]) == [".claude/agents"])
    #expect(published("ada/.claude/agents") == ["agents"])
    #expect(published("ada/plugins/review/agents") == ["plugins/review/agents"])
  }
}
