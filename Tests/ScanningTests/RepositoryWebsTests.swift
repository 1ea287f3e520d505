import Files
import Support
import Testing

@testable import Scanning

@Suite("Web pages of files")
struct RepositoryWebsTests {
  private let folder: TemporaryFolder
  private let repository: TestRepository
  private let git: Git

  init() throws {
    folder = try TemporaryFolder()
    repository = try TestRepository(in: folder)
    git = try #require(Git.find(in: TestRepository.searchPath))
    try repository.write("one", to: "team/agents/a.md")
    try repository.commit("First")
    try repository.git("remote", "add", "origin", "git@github.com:acme/tools.git")
  }

  /// The URLs of the files, by published path.
  private func urls(of paths: String...) throws -> [String: String] {
    var scan = try SourceScanner(git: git).scan(paths.map { SourceRequest(path: $0) })
    scan.addWebs(git: git)
    let found = scan.files.compactMap { file -> (String, String)? in
      guard let place = scan.collections[file.source.collection].web.place(of: file.source.path),
        let revision = place.revision
      else { return nil }
      return (file.source.publishedPath, place.forge.url(of: place.path.pathComponents, at: revision))
    }
    return Dictionary(uniqueKeysWithValues: found)
  }

  private func push(_ branch: String) throws {
    try repository.git("update-ref", "refs/remotes/origin/\(branch)", "HEAD")
  }

  @Test("A checkout links to its branch, if that is on the server")
  func branch() throws {
    let file = "team/agents/a.md"
    #expect(try urls(of: repository.root) == [:])
    try push("main")
    #expect(try urls(of: repository.root) == [file: "https://github.com/acme/tools/blob/main/\(file)"])
    try repository.git("switch", "-qc", "topic/new")
    #expect(try urls(of: repository.root) == [:])
    try repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    #expect(try urls(of: repository.root) == [file: "https://github.com/acme/tools/blob/main/\(file)"])
    try push("topic/new")
    #expect(try urls(of: repository.root) == [file: "https://github.com/acme/tools/blob/topic/new/\(file)"])
    let commit = try repository.git("rev-parse", "HEAD")
    try repository.git("checkout", "-q", "--detach")
    #expect(try urls(of: repository.root) == [file: "https://github.com/acme/tools/blob/\(commit)/\(file)"])
  }

  @Test("Of several URLs of the remote, the first counts, from which git fetches")
  func severalURLs() throws {
    try push("main")
    try repository.git("remote", "set-url", "--add", "origin", "https://gitlab.com/mirror/copy.git")
    let file = "team/agents/a.md"
    #expect(try urls(of: repository.root) == [file: "https://github.com/acme/tools/blob/main/\(file)"])
    let scan = try SourceScanner(git: git).scan([SourceRequest(path: repository.root)])
    #expect(scan.collections.map(\.key) == [["acme", "tools"]])
  }

  @Test("A folder in a repository and a single file link to their own place")
  func parts() throws {
    try push("main")
    let address = "https://github.com/acme/tools/blob/main/team/agents/a.md"
    #expect(Set(try urls(of: "\(repository.root)/team/agents").values) == [address])
    #expect(Set(try urls(of: "\(repository.root)/team/agents/a.md").values) == [address])
  }

  @Test("A submodule links to its own server, and a file outside of repositories to none")
  func nested() throws {
    try push("main")
    let inner = try TestRepository("repository/vendor/inner", in: folder)
    try inner.write("two", to: "agents/b.md")
    try inner.commit("First")
    try inner.git("remote", "add", "origin", "https://token@gitlab.com/acme/inner")
    try inner.git("update-ref", "refs/remotes/origin/main", "HEAD")
    try folder.write("three", to: "c.md")
    #expect(
      Set(try urls(of: repository.root, "\(repository.root)/vendor/inner", "\(folder.path)/c.md").values) == [
        "https://github.com/acme/tools/blob/main/team/agents/a.md",
        "https://gitlab.com/acme/inner/-/blob/main/agents/b.md",
      ])
  }

  @Test("A repository without commits has no links")
  func empty() throws {
    let empty = try TestRepository("empty", in: folder)
    try empty.git("remote", "add", "origin", "https://github.com/acme/empty")
    try empty.write("one", to: "a.md")
    #expect(try urls(of: empty.root) == [:])
  }
}
