import Files
import Foundation
import Support
import Testing
import Text

@testable import Scanning

@Suite("A scan")
struct SourceScannerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func scan(
    _ sources: String..., selection: FileSelection = FileSelection(), output: String? = nil
  ) throws -> ScanResult {
    try SourceScanner(selection: selection, output: output.map { "\(folder.path)/\($0)" })
      .scan(sources.map { SourceRequest(path: "\(folder.path)/\($0)") })
  }

  @Test("finds the Markdown files below a folder, and lists the files it skips")
  func selection() throws {
    try folder.touch(
      "team/b.md", "team/a.markdown", "team/deep/er/c.mdc", "team/notes.txt", "team/ISSUE_TEMPLATE.md")
    let result = try scan("team")
    #expect(
      result.files.map(\.source.publishedPath) == ["team/a.markdown", "team/b.md", "team/deep/er/c.mdc"])
    #expect(result.files.map(\.source.path.description) == ["a.markdown", "b.md", "deep/er/c.mdc"])
    #expect(result.files.map(\.source.number) == [0, 1, 2])
    #expect(result.files.map(\.absolutePath) == result.files.map { "\(folder.path)/\($0.source.publishedPath)" })
    #expect(
      Set(result.skipped)
        == Set(
          [("notes.txt", .otherType), ("ISSUE_TEMPLATE.md", .issueTemplates)].map {
            (path: String, reason: SkipReason) in
            SkippedPath(
              path: "\(folder.path)/team/\(path)", publishedPath: "team/\(path)", kind: .file, reason: reason)
          }))
    #expect(result.unreadable == [])
    #expect(Set(result.folders) == Set(["team", "team/deep", "team/deep/er"].map { "\(folder.path)/\($0)" }))
  }

  @Test("enters a hidden folder only if a runtime keeps agents there, and node_modules never")
  func hiddenFolders() throws {
    try folder.touch(
      "team/.claude/agents/a.md", "team/.git/b.md", "team/.cache/c.md", "team/node_modules/d.md",
      "team/sub/.claude/e.md", "team/sub/.cache/f.md")
    #expect(try scan("team").files.isEmpty)
    let result = try scan("team", selection: FileSelection(hiddenFolders: [".claude"]))
    #expect(result.files.map(\.source.path.description) == [".claude/agents/a.md", "sub/.claude/e.md"])
    let skipped = Dictionary(uniqueKeysWithValues: result.skipped.map { ($0.publishedPath, $0.reason) })
    #expect(
      skipped == [
        ".cache": .hiddenFolder, "sub/.cache": .hiddenFolder, "node_modules": .dependencies,
      ])
    #expect(!result.folders.contains { $0.hasSuffix(".git") || $0.hasSuffix(".cache") })
  }

  @Test("leaves out the output folder and every site that Roster published")
  func sites() throws {
    try folder.touch("team/a.md", "team/site/b.md", "team/old/c.md", "team/old/.roster/manifest", "team/other/d.md")
    #expect(
      try scan("team", output: "team/site").files.map(\.source.path.description) == ["a.md", "other/d.md"])
  }

  @Test("reports a pipe instead of waiting for it")
  func pipes() throws {
    try folder.touch("team/a.md")
    try #require(mkfifo("\(folder.path)/team/pipe.md", 0o600) == 0)
    let result = try scan("team")
    #expect(result.files.map(\.source.path.description) == ["a.md"])
    #expect(result.unreadable.map(\.reason) == ["neither a folder nor a file"])
    #expect(result.unreadable.map(\.publishedPath) == ["team/pipe.md"])
  }

  @Test("reads a file that is named as a source, even one that it would skip in a folder")
  func namedFile() throws {
    try folder.touch("team/README.md", "team/a.md")
    let result = try scan("team/README.md")
    #expect(result.files.map(\.source.publishedPath) == ["README.md"])
    #expect(result.collections.map(\.name) == ["team"])
  }

  @Test("fails for a source that is missing or is neither a folder nor a file")
  func missing() throws {
    let missing = "\(folder.path)/gone"
    let error = try #require(throws: ScanError.self) { try scan("gone") }
    #expect(error == .missing(missing) && error.description == "\(missing): no such folder or file")
    try #require(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    #expect(throws: ScanError.unreadable("\(folder.path)/pipe", reason: "neither a folder nor a file")) {
      try scan("pipe")
    }
  }

  @Test("counts a file once, for the first source that holds it")
  func overlap() throws {
    try folder.touch("team/a.md", "team/agents/b.md")
    let result = try scan("team/agents", "team", "team/a.md")
    #expect(result.files.map(\.absolutePath) == ["team/agents/b.md", "team/a.md"].map { "\(folder.path)/\($0)" })
    #expect(result.files.map { result.collections[$0.source.collection].name } == ["agents", "team"])
  }

  @Test("keeps only the files that it is asked to keep")
  func keeping() throws {
    try folder.touch("team/a.md", "team/b.md")
    let scanner = SourceScanner { $0.hasSuffix("/b.md") }
    #expect(
      try scanner.scan([SourceRequest(path: "\(folder.path)/team")]).files.map(\.source.path.description) == ["b.md"])
    #expect(try scanner.scan([SourceRequest(path: "\(folder.path)/team/a.md")]).files.isEmpty)
  }

  @Test("makes a collection of each folder if a source holds nothing else")
  func shelves() throws {
    try folder.touch("all/red/a.md", "all/blue/agents/b.md")
    let result = try scan("all")
    #expect(result.collections.map(\.name) == ["blue", "red"])
    #expect(result.collections.map(\.folder) == ["all/blue", "all/red"])
    #expect(result.files.map(\.source.path.description) == ["agents/b.md", "a.md"])
    // A file beside the folders, or a folder that only says what is in it, makes them one collection.
    try folder.touch("all/c.md")
    #expect(try scan("all").collections.map(\.name) == ["all"])
    try folder.touch("app/agents/a.md", "app/skills/b.md")
    #expect(try scan("app").collections.map(\.name) == ["app"])
  }

  @Test("uses the name given for a source, and keeps the source in one collection")
  func named() throws {
    try folder.touch("all/red/a.md", "all/blue/b.md")
    try folder.write(#"{"name": "shop"}"#, to: "all/red/.claude-plugin/plugin.json")
    let result = try SourceScanner().scan([SourceRequest(path: "\(folder.path)/all", name: "Ours")])
    #expect(result.collections.map(\.name) == ["Ours"])
    #expect(result.files.map(\.source.path.description) == ["blue/b.md", "red/a.md"])
  }

  @Test("tells collections of the same name from different folders apart")
  func numbered() throws {
    try folder.touch("one/agents/a.md", "two/agents/b.md")
    let result = try scan("one/agents", "two/agents")
    #expect(result.collections.map(\.name) == ["one/agents", "two/agents"])
    #expect(result.files.map(\.source.collection) == [0, 1])
    #expect(Set(result.files.map(\.source.publishedPath)) == ["one/agents/a.md", "two/agents/b.md"])
  }
}

@Suite("A selection of files")
struct FileSelectionTests {
  private func takes(_ path: String, _ selection: FileSelection = FileSelection()) throws -> Bool {
    selection.takes(try #require(RelativePath(path)))
  }

  @Test("takes Markdown in any case, and leaves out the templates of forges")
  func defaults() throws {
    for path in ["a.md", "A.MD", "deep/b.markdown", "rules/c.mdc", "README.md"] { #expect(try takes(path), "\(path)") }
    for path in [
      "a.txt", "md", "a.md.bak", "ISSUE_TEMPLATE.md", ".github/pull_request_template.md",
    ] {
      #expect(try !takes(path), "\(path)")
    }
  }

  @Test("leaves out a file that is excluded, even if it is included too")
  func exclusion() throws {
    let selection = FileSelection(include: [Glob("*.txt"), Glob("README.md")], exclude: [Glob("drafts/**")])
    #expect(try takes("a.txt", selection) && takes("README.md", selection))
    #expect(try !takes("drafts/a.txt", selection) && !takes("a.md", selection))
  }

  @Test("adds a pattern under exclude to what is left out by default, and lets one under include win against that")
  func added() throws {
    let excluding = FileSelection(exclude: [Glob("draft.md")])
    #expect(try !takes("draft.md", excluding) && !takes("ISSUE_TEMPLATE.md", excluding) && takes("a.md", excluding))
    let including = FileSelection(include: [
      Glob("*.md"), Glob("docs/issue_template.md"), Glob("samples/fixtures/**/*.md"),
    ])
    #expect(try takes("docs/ISSUE_TEMPLATE.md", including) && !takes("PULL_REQUEST_TEMPLATE.md", including))
    #expect(including.enters(["samples", "fixtures"], of: "team"))
    #expect(!including.enters(["samples", "backups"], of: "team"))
    let both = FileSelection(include: [Glob("*.md"), Glob("README.md")], exclude: [Glob("README.md")])
    #expect(try !takes("README.md", both))
  }

  @Test(
    "enters only the hidden folders it names, and none that is left out by default",
    arguments: [
      ("agents", true), (".claude", true), (".git", false), (".claude2", false), ("node_modules", false),
      ("tests/fixtures", false), ("__Tests__", false), ("tests", true), ("agents/archive", false),
      ("agents.bak", false),
      (".claude/worktrees", false), ("worktrees", true), (".github/ISSUE_TEMPLATE", false), ("vendor", true),
      ("vendor/bundle", false), ("bundle", true), (".venv", false), ("lib/site-packages", false), ("build", true),
      ("dist", true),
    ])
  func folders(path: String, isEntered: Bool) {
    let selection = FileSelection(hiddenFolders: [".claude", ".github", "node_modules"])
    #expect(selection.enters(path.pathComponents, of: "team") == isEntered)
  }
}
