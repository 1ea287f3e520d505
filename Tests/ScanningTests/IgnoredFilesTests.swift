import Files
import Foundation
import Support
import Testing
import Text

@testable import Scanning

@Suite("Scans of git work trees")
struct IgnoredFilesTests {
  private let folder: TemporaryFolder
  private let repository: TestRepository

  init() throws {
    folder = try TemporaryFolder()
    repository = try TestRepository(in: folder)
  }

  private func scan(_ sources: String..., git: Bool = true) throws -> ScanResult {
    let selection = FileSelection(hiddenFolders: [".claude"])
    return try SourceScanner(selection: selection, git: git ? Git.find(in: TestRepository.searchPath) : nil)
      .scan(sources.map { SourceRequest(path: $0.isEmpty ? repository.root : "\(repository.root)/\($0)") })
  }

  private func write(_ paths: String..., ignoring patterns: String) throws {
    try repository.write(patterns, to: ".gitignore")
    for path in paths { try repository.write("x", to: path) }
  }

  private func paths(_ result: ScanResult) -> [String] { result.files.map(\.source.publishedPath) }

  private func skipped(_ result: ScanResult) -> [String: SkipReason] {
    Dictionary(uniqueKeysWithValues: result.skipped.map { ($0.publishedPath, $0.reason) })
  }

  @Test("Ignored files are skipped unless tracked, and an ignored folder is recorded once")
  func ignored() throws {
    try write(
      "a.md", "build/b.md", "build/deep/c.md", "generated/kept.md", "generated/d.md", "notes.local.md",
      "sub/e.md", "sub/ü tmp/f.md", ignoring: "build/\ngenerated/\n*.local.md\n")
    try repository.write("*tmp*\n", to: "sub/.gitignore")
    try repository.git("add", "-f", "generated/kept.md")
    let result = try scan("")
    #expect(paths(result) == ["a.md", "generated/kept.md", "sub/e.md"])
    let reasons = skipped(result)
    #expect(reasons["build"] == .ignoredByGit && reasons["sub/ü tmp"] == .ignoredByGit)
    #expect(reasons["generated/d.md"] == .ignoredByGit && reasons["notes.local.md"] == .ignoredByGit)
    #expect(reasons.values.count { $0 == .ignoredByGit } == 4)
    #expect(result.skipped.first { $0.publishedPath == "build" }?.kind == .folder)
    #expect(!result.folders.contains("\(repository.root)/build"))
    #expect(paths(try scan("sub")) == ["sub/e.md"])
  }

  @Test("Nothing is ignored without git or outside a repository")
  func withoutGit() throws {
    try write("a.md", "build/b.md", ignoring: "build/\n")
    #expect(paths(try scan("", git: false)) == ["a.md", "build/b.md"])
    try FileManager.default.removeItem(atPath: "\(repository.root)/.git")
    #expect(paths(try scan("")).count == 2)
  }

  @Test("An ignored source is still read", arguments: ["build", "build/agents", "build/agents/b.md"])
  func named(source: String) throws {
    try write("build/agents/b.md", "build/agents/deep/c.md", ignoring: "build/\n")
    #expect(try scan(source).files.contains { $0.absolutePath == "\(repository.root)/build/agents/b.md" })
    #expect(paths(try scan("")) == [])
    // Another source does not change the result of the first.
    #expect(paths(try scan("", source)).contains("build/agents/b.md"))
  }

  @Test("A source without any unignored files is empty")
  func everythingIgnored() throws {
    try write("team/tmp/a.md", "team/b.tmp.md", ignoring: "tmp/\n*.tmp.md\n")
    #expect(paths(try scan("team")) == [])
  }

  @Test("Nested repositories and submodules use their own ignore rules")
  func nested() throws {
    try write("a.md", "vendor.md", ignoring: "vendor.md\n")
    try repository.write("b.md\n", to: "inner/.gitignore")
    for name in ["b.md", "c.md"] { try repository.write("x", to: "inner/\(name)") }
    try repository.git("init", "-q", "inner")
    let other = try TestRepository("other", in: folder)
    try other.write("d.md\n", to: ".gitignore")
    try other.write("x", to: "e.md")
    try other.commit("First")
    try repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.root, "sub")
    try repository.write("x", to: "sub/d.md")
    #expect(paths(try scan("")) == ["a.md", "inner/c.md", "sub/e.md"])
  }

  @Test("The user's global ignore file has no effect")
  func personal() throws {
    try write("a.md", "b.md", ignoring: "")
    try repository.write("b.md\n", to: "mine")
    try repository.git("config", "core.excludesFile", "\(repository.root)/mine")
    #expect(paths(try scan("")) == ["a.md", "b.md"])
    try repository.write("a.md\n", to: ".git/info/exclude")
    #expect(paths(try scan("")) == ["b.md"])
  }

  @Test("Linked work trees are skipped unless they are sources themselves")
  func workTrees() throws {
    try write("a.md", ignoring: "")
    try repository.commit("First")
    try repository.git("worktree", "add", "-q", "trees/one")
    try repository.git("worktree", "add", "-q", ".claude/worktrees/two")
    let result = try scan("")
    #expect(paths(result) == ["a.md"])
    #expect(skipped(result)["trees/one"] == .workTree && skipped(result)[".claude/worktrees"] == .workTree)
    #expect(try scan("trees/one").files.map(\.absolutePath) == ["\(repository.root)/trees/one/a.md"])
  }
}

@Suite("Folders skipped by default")
struct DefaultExclusionTests {
  @Test("Skipped folders are recorded with their reason, and read if they are sources themselves")
  func reasons() throws {
    let folder = try TemporaryFolder()
    try folder.touch(
      "team/a.md", "team/tests/fixtures/b.md", "team/backups/c.md", "team/node_modules/x/d.md", "team/env/pyvenv.cfg",
      "team/env/lib/e.md", "team/drafts/deep/f.md", "team/.github/ISSUE_TEMPLATE/g.md", "team/.idea/h.md",
      "team/build/i.md")
    let selection = FileSelection(exclude: ["drafts/**"].map(Glob.init), hiddenFolders: [".github"])
    let scanner = SourceScanner(selection: selection)
    let result = try scanner.scan([SourceRequest(path: "\(folder.path)/team")])
    #expect(result.files.map(\.source.path.description) == ["a.md", "build/i.md"])
    #expect(
      Dictionary(uniqueKeysWithValues: result.skipped.map { ($0.publishedPath, $0.reason) }) == [
        "team/tests/fixtures": .fixtures, "team/backups": .backups, "team/node_modules": .dependencies,
        "team/env": .dependencies, "team/drafts": .excluded, "team/.github/ISSUE_TEMPLATE": .issueTemplates,
        "team/.idea": .hiddenFolder,
      ])
    let named = try scanner.scan(
      ["tests/fixtures", "backups", "env/lib"].map { SourceRequest(path: "\(folder.path)/team/\($0)") })
    #expect(named.files.map(\.source.path.description) == ["b.md", "c.md", "e.md"])
  }

  @Test("Skipped files and folders are counted in words")
  func words() {
    #expect(SkipReason.ignoredByGit.counted(3, of: [.folder]) == "3 folders ignored by git")
    #expect(SkipReason.ignoredByGit.counted(2, of: [.folder, .file]) == "2 files and folders ignored by git")
    #expect(SkipReason.hiddenFolder.counted(1, of: [.folder]) == "1 hidden folder that no runtime uses")
    #expect(SkipReason.otherType.counted(1, of: [.file]) == "1 file of other types")
    #expect(SkipReason.fixtures.counted(2, of: [.folder]) == "2 folders of test fixtures")
  }
}
