import Files
import Foundation
import Support
import Testing

@testable import Scanning

@Suite("Symbolic links in scans")
struct LinkTests {
  private let folder: TemporaryFolder
  private let repository: TestRepository

  init() throws {
    folder = try TemporaryFolder()
    repository = try TestRepository(in: folder)
  }

  private func link(_ path: String, to target: String) throws {
    let link = "\(repository.root)/\(path)"
    if let parent = link.lastSlash { try Disk.makeFolder(String(link[..<parent])) }
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
  }

  private func write(_ paths: String...) throws {
    for path in paths { try repository.write("x", to: path) }
  }

  private func scan(_ sources: String...) throws -> ScanResult {
    let scanner = SourceScanner(
      selection: FileSelection(hiddenFolders: [".claude", ".agents"]), git: Git.find(in: TestRepository.searchPath))
    return try scanner.scan(
      sources.map { SourceRequest(path: $0.isEmpty ? repository.root : "\(repository.root)/\($0)") })
  }

  private func paths(_ result: ScanResult) -> [String] { result.files.map(\.source.publishedPath) }

  private func skipped(_ result: ScanResult) -> [String: SkipReason] {
    Dictionary(uniqueKeysWithValues: result.skipped.map { ($0.publishedPath, $0.reason) })
  }

  private func problems(_ result: ScanResult) -> [String: String] {
    Dictionary(uniqueKeysWithValues: result.unreadable.map { ($0.publishedPath, $0.reason) })
  }

  @Test("A file linked from a runtime's folder is read once, at the link")
  func file() throws {
    try write("shared/agents/linked.md")
    try link("proj/.claude/agents/linked.md", to: "../../../shared/agents/linked.md")
    let result = try scan("")
    #expect(paths(result) == ["proj/.claude/agents/linked.md"])
    #expect(result.files.map(\.absolutePath) == ["\(repository.root)/shared/agents/linked.md"])
    #expect(skipped(result) == ["shared/agents/linked.md": .readElsewhere])
    // The target may be outside the source, if it is in the work tree.
    let inner = try scan("proj/.claude/agents")
    #expect(paths(inner) == ["proj/.claude/agents/linked.md"])
    #expect(inner.folders.contains("\(repository.root)/shared/agents"), "so that serve notices changes")
    #expect(paths(try scan("shared", "proj")) == ["proj/.claude/agents/linked.md"])
  }

  @Test("A file takes precedence over links to it from folders of the same rank")
  func rank() throws {
    try write("agents/a.md", ".agents/skills/s.md")
    try link("team/b.md", to: "../agents/a.md")
    try link(".claude/skills/s.md", to: "../../.agents/skills/s.md")
    let result = try scan("")
    #expect(paths(result) == [".agents/skills/s.md", "agents/a.md"])
    #expect(skipped(result) == ["team/b.md": .readElsewhere, ".claude/skills/s.md": .readElsewhere])
  }

  @Test("Links to folders in the work tree are followed, and the targets recorded as read elsewhere")
  func folders() throws {
    try write("agents/a.md", "agents/deep/b.md", "skills/x/SKILL.md", "skills/y/SKILL.md", "other/c.md")
    try link(".claude/agents", to: "../agents")
    try link(".claude/skills/x", to: "../../skills/x")
    try link(".agents/skills/x", to: "../../skills/x")
    try link("copy", to: "other")
    let result = try scan("")
    #expect(
      paths(result) == [
        ".agents/skills/x/SKILL.md", ".claude/agents/a.md", ".claude/agents/deep/b.md", "other/c.md",
        "skills/y/SKILL.md",
      ])
    #expect(
      skipped(result) == [
        "agents": .readElsewhere, "skills/x": .readElsewhere, ".claude/skills/x": .readElsewhere,
        "copy": .readElsewhere,
      ])
    #expect(result.unreadable == [])
    #expect(paths(try scan(".claude")).count == 3)
  }

  @Test("A linked file is read unless git ignores it")
  func ignoredTarget() throws {
    try write("generated/a.md", "generated/b.md")
    try repository.write("generated/b.md\n", to: ".gitignore")
    try link(".claude/agents/a.md", to: "../../generated/a.md")
    try link(".claude/agents/b.md", to: "../../generated/b.md")
    let result = try scan(".claude")
    #expect(paths(result) == [".claude/agents/a.md"])
    #expect(skipped(result) == [".claude/agents/b.md": .ignoredByGit])
  }

  @Test("Circular links do not cause endless scans")
  func circles() throws {
    try write("one/a.md", "two/b.md")
    try link("one/two", to: "../two")
    try link("two/one", to: "../one")
    try link("three", to: ".")
    let result = try scan("")
    #expect(paths(result) == ["one/a.md", "two/b.md"])
    #expect(skipped(result)["three"] == .linkLoop)
    #expect(paths(try scan("one")) == ["one/a.md", "one/two/b.md"])
  }

  @Test("Links that are not followed in agent folders are reported with the reason")
  func reports() throws {
    try write("agents/a.md", "secret.txt")
    try folder.touch("outside.md", "outside/b.md")
    for (name, target) in [
      ("loop", "."), ("up", ".."), ("self.md", "self.md"), ("gone.md", "nowhere.md"), ("out.md", "../../outside.md"),
      ("absolute.md", "\(folder.path)/outside.md"), ("out", "../../outside"), ("null.md", "/dev/null"),
      ("head.md", "../.git/HEAD"), ("secret.md", "../secret.txt"),
    ] {
      try link("agents/\(name)", to: target)
    }
    let result = try scan("agents")
    #expect(paths(result) == ["agents/a.md"])
    let leaves = "a link that leads out of the repository; replace it with a copy, or add its target as a source"
    let loops = "a link that leads back to its own folder; remove it"
    #expect(
      problems(result) == [
        "agents/loop": loops, "agents/up": loops, "agents/self.md": "a link that leads back to itself; remove it",
        "agents/gone.md": "a broken link; remove it, or restore its target", "agents/out.md": leaves,
        "agents/absolute.md": leaves, "agents/out": leaves, "agents/null.md": leaves, "agents/head.md": leaves,
      ])
    #expect(skipped(result) == ["agents/secret.md": .otherType])
  }

  @Test("Links that are not followed elsewhere are only counted as skipped")
  func elsewhere() throws {
    try folder.touch("outside/b.md")
    for (name, target) in [("result", "../../outside"), ("current", "gone"), ("here", ".")] {
      try link("lib/\(name)", to: target)
    }
    let result = try scan("")
    #expect(skipped(result) == ["lib/result": .linkLeavesTree, "lib/current": .brokenLink, "lib/here": .linkLoop])
    #expect(result.unreadable == [])
  }

  @Test("Links of a nested repository may not leave it")
  func innerRepository() throws {
    try write("private.md", "inner/a.md")
    try repository.git("init", "-q", "inner")
    try link("inner/b.md", to: "../private.md")
    let result = try scan("")
    #expect(paths(result) == ["inner/a.md", "private.md"])
    #expect(Array(problems(result).keys) == ["inner/b.md"])
  }

  @Test("Outside a repository, links are followed only within the source")
  func outsideOfGit() throws {
    try FileManager.default.removeItem(atPath: "\(repository.root)/.git")
    try write("shared/a.md", "team/agents/b.md")
    try link("team/.claude/agents/a.md", to: "../../../shared/a.md")
    try link("team/.claude/agents/b.md", to: "../../agents/b.md")
    let result = try scan("team")
    #expect(paths(result) == ["team/.claude/agents/b.md"])
    #expect(
      problems(result) == [
        "team/.claude/agents/a.md":
          "a link that leads out of the source; replace it with a copy, or add its target as a source"
      ])
    #expect(paths(try scan("")).count == 2)
  }

  @Test("A file replaced by a link after the scan is not read")
  func replaced() throws {
    try write("a.md", "b.md")
    let path = try #require(try scan("").files.first?.absolutePath)
    try FileManager.default.removeItem(atPath: path)
    try link("a.md", to: "b.md")
    guard case .failure(let failure) = Disk.readWithIdentity(path, followsLinks: false) else {
      Issue.record("the link was followed")
      return
    }
    #expect(failure.reason == "it was replaced by a link while the folder was read")
  }
}
