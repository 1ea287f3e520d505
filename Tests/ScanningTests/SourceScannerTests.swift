import Files
import Foundation
import Support
import Testing
import Text

@testable import Scanning

@Suite("Scans")
struct SourceScannerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func scan(
    _ sources: String..., selection: FileSelection = FileSelection(), output: String? = nil
  ) throws -> ScanResult {
    try SourceScanner(selection: selection, output: output.map { "\(folder.path)/\($0)" })
      .scan(sources.map { SourceRequest(path: "\(folder.path)/\($0)") })
  }

  @Test("Markdown files in all folders are found, and other files are listed as skipped")
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

  @Test("Only the hidden folders of runtimes are scanned, and node_modules never is")
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

  @Test("The output folder and published sites are skipped")
  func sites() throws {
    try folder.touch("team/a.md", "team/site/b.md", "team/old/c.md", "team/old/.roster/manifest", "team/other/d.md")
    #expect(
      try scan("team", output: "team/site").files.map(\.source.path.description) == ["a.md", "other/d.md"])
  }

  @Test("Pipes are reported as unreadable")
  func pipes() throws {
    try folder.touch("team/a.md")
    try #require(mkfifo("\(folder.path)/team/pipe.md", 0o600) == 0)
    let result = try scan("team")
    #expect(result.files.map(\.source.path.description) == ["a.md"])
    #expect(result.unreadable.map(\.reason) == ["neither a folder nor a file"])
    #expect(result.unreadable.map(\.publishedPath) == ["team/pipe.md"])
  }

  @Test("A file named as a source is read, even one skipped by default")
  func namedFile() throws {
    try folder.touch("team/README.md", "team/a.md")
    let result = try scan("team/README.md")
    #expect(result.files.map(\.source.publishedPath) == ["README.md"])
    #expect(result.collections.map(\.name) == ["team"])
  }

  @Test("A source that is missing or not a file or folder fails")
  func missing() throws {
    let missing = "\(folder.path)/gone"
    let error = try #require(throws: ScanError.self) { try scan("gone") }
    #expect(error == .missing(missing) && error.description == "\(missing): no such folder or file")
    try #require(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    #expect(throws: ScanError.unreadable("\(folder.path)/pipe", reason: "neither a folder nor a file")) {
      try scan("pipe")
    }
  }

  @Test("Files in several sources are read once, for the first source")
  func overlap() throws {
    try folder.touch("team/a.md", "team/agents/b.md")
    let result = try scan("team/agents", "team", "team/a.md")
    #expect(result.files.map(\.absolutePath) == ["team/agents/b.md", "team/a.md"].map { "\(folder.path)/\($0)" })
    #expect(result.files.map { result.collections[$0.source.collection].name } == ["agents", "team"])
  }

  @Test("Files that the filter rejects are left out")
  func keeping() throws {
    try folder.touch("team/a.md", "team/b.md")
    let scanner = SourceScanner { $0.hasSuffix("/b.md") }
    #expect(
      try scanner.scan([SourceRequest(path: "\(folder.path)/team")]).files.map(\.source.path.description) == ["b.md"])
    #expect(try scanner.scan([SourceRequest(path: "\(folder.path)/team/a.md")]).files.isEmpty)
  }

  @Test("A source that holds only folders has a collection for each")
  func shelves() throws {
    try folder.touch("all/red/a.md", "all/blue/agents/b.md")
    let result = try scan("all")
    #expect(result.collections.map(\.name) == ["blue", "red"])
    #expect(result.collections.map(\.folder) == ["all/blue", "all/red"])
    #expect(result.files.map(\.source.path.description) == ["agents/b.md", "a.md"])
    // A file next to the folders, or folders with names such as agents, make it one collection.
    try folder.touch("all/c.md")
    #expect(try scan("all").collections.map(\.name) == ["all"])
    try folder.touch("app/agents/a.md", "app/skills/b.md")
    #expect(try scan("app").collections.map(\.name) == ["app"])
  }

  @Test("A named source is one collection with that name")
  func named() throws {
    try folder.touch("all/red/a.md", "all/blue/b.md")
    try folder.write(#"{"name": "shop"}"#, to: "all/red/.claude-plugin/plugin.json")
    let result = try SourceScanner().scan([SourceRequest(path: "\(folder.path)/all", name: "Ours")])
    #expect(result.collections.map(\.name) == ["Ours"])
    #expect(result.files.map(\.source.path.description) == ["blue/b.md", "red/a.md"])
  }

  @Test("Collections with the same folder name get their parent folder in the name")
  func numbered() throws {
    try folder.touch("one/agents/a.md", "two/agents/b.md")
    let result = try scan("one/agents", "two/agents")
    #expect(result.collections.map(\.name) == ["one/agents", "two/agents"])
    #expect(result.files.map(\.source.collection) == [0, 1])
    #expect(Set(result.files.map(\.source.publishedPath)) == ["one/agents/a.md", "two/agents/b.md"])
  }
}

@Suite("File selections")
struct FileSelectionTests {
  private func takes(_ path: String, _ selection: FileSelection = FileSelection()) throws -> Bool {
    selection.takes(try #require(RelativePath(path)))
  }

  @Test("Markdown files are selected, except issue and pull request templates")
  func defaults() throws {
    for path in ["a.md", "A.MD", "deep/b.markdown", "rules/c.mdc", "README.md"] { #expect(try takes(path), "\(path)") }
    for path in [
      "a.txt", "md", "a.md.bak", "ISSUE_TEMPLATE.md", ".github/pull_request_template.md",
    ] {
      #expect(try !takes(path), "\(path)")
    }
  }

  @Test("Excluded files stay out even if they are included")
  func exclusion() throws {
    let selection = FileSelection(include: [Glob("*.txt"), Glob("README.md")], exclude: [Glob("drafts/**")])
    #expect(try takes("a.txt", selection) && takes("README.md", selection))
    #expect(try !takes("drafts/a.txt", selection) && !takes("a.md", selection))
  }

  @Test("exclude adds to the default exclusions, and include overrides them")
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
    "Listed hidden folders are scanned, except those excluded by default",
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
