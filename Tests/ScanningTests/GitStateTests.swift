import Files
import Foundation
import Support
import Testing

@testable import Scanning

@Suite("Git states")
struct GitStateTests {
  private let folder: TemporaryFolder
  private let repository: TestRepository
  private let git: Git

  init() throws {
    folder = try TemporaryFolder()
    repository = try TestRepository(in: folder)
    git = try #require(Git.find(in: TestRepository.searchPath))
  }

  private func opened(_ root: String? = nil) throws -> GitRepository {
    try #require(GitRepository(around: root ?? repository.root, git: git))
  }

  private func state(
    of path: String = "", at name: String, in root: String? = nil, hiddenFolders: Set<String> = []
  ) throws -> GitState {
    let repository = try opened(root)
    return try GitState(
      of: path, at: try #require(repository.commit(named: name)), in: repository,
      selection: FileSelection(hiddenFolders: hiddenFolders), into: "\(folder.path)/state")
  }

  /// The files below a folder, with their text.
  private func content(of root: String?) throws -> [String: String] {
    let root = try #require(root)
    var content: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      guard Disk.kind("\(root)/\(name)") == .file else { continue }
      content[name] = String(decoding: try Disk.read("\(root)/\(name)").get(), as: UTF8.self)
    }
    return content
  }

  @Test("All files of a skill are extracted with the targets of its links, but without node_modules")
  func skill() throws {
    for name in [
      "skills/a/SKILL.md", "skills/a/scripts/run.sh", "skills/a/.hidden/x.sh", "skills/a/fixtures/y.md",
      "skills/a/node_modules/z.js", "other/run.sh", "other/.hidden/x.md",
    ] {
      try repository.write("text", to: name)
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(repository.root)/skills/a/scripts/run.sh")
    try Disk.makeLink("\(repository.root)/skills/a/shared.sh", to: "../../other/run.sh")
    try Disk.makeLink("\(repository.root)/skills/a/.hidden/link.sh", to: "../../../other/run.sh")
    try repository.commit("first")
    let root = try #require(try state(at: "main").location)
    #expect(
      Set(try content(of: root).keys) == [
        "skills/a/SKILL.md", "skills/a/scripts/run.sh", "skills/a/shared.sh", "skills/a/.hidden/x.sh",
        "skills/a/.hidden/link.sh", "skills/a/fixtures/y.md", "other/run.sh",
      ])
    let found = try SourceScanner().scan([SourceRequest(path: root)])
    #expect(
      found.parts.map(\.path.description) == [
        ".hidden/link.sh", ".hidden/x.sh", "fixtures/y.md", "scripts/run.sh", "shared.sh",
      ])
    #expect(try Disk.summary(of: "\(root)/skills/a/scripts/run.sh", keeping: 0).get().summary.isExecutable)
  }

  @Test("A SKILL.md named as the source is extracted with its folder")
  func skillFile() throws {
    for name in ["skills/a/SKILL.md", "skills/a/run.sh", "skills/b/SKILL.md"] { try repository.write("text", to: name) }
    try repository.commit("first")
    let location = try #require(try state(of: "skills/a/SKILL.md", at: "main").location)
    let found = try SourceScanner().scan([SourceRequest(path: location)])
    #expect(found.parts.map(\.path.description) == ["run.sh"])
  }

  @Test("Files are extracted as committed, without changes in the working tree")
  func layOut() throws {
    for (path, text) in [
      ("a.md", "old\n"), ("empty.md", ""), ("sub/b.md", "no line feed"), ("sub/gone.md", "gone"),
      ("notes.txt", "not an agent"), (".cache/c.md", "hidden"), (".claude/agents/d.md", "kept"),
      (".claude-plugin/plugin.json", "{}"), (".approvals/a.md.json", "approval"),
      (".approvals/notes.txt.json", "approval of nothing"),
    ] { try repository.write(text, to: path) }
    let first = try repository.commit("First")
    try repository.git("rm", "-q", "sub/gone.md")
    try repository.write("new\n", to: "a.md")
    try repository.commit("Second")
    try repository.write("not committed\n", to: "a.md")
    let state = try state(at: first, hiddenFolders: [".claude"])
    #expect(state.location == "\(folder.path)/state/repository" && state.unreadable == [])
    #expect(
      try content(of: state.location) == [
        "a.md": "old\n", "empty.md": "", "sub/b.md": "no line feed", "sub/gone.md": "gone",
        ".claude/agents/d.md": "kept", ".claude-plugin/plugin.json": "{}", ".approvals/a.md.json": "approval",
      ])
  }

  @Test("Only the files below the source, or the source file itself, are extracted")
  func below() throws {
    for path in ["team/a.md", "team/deep/b.md", "team2/c.md", "d.txt"] { try repository.write(path, to: path) }
    try repository.commit("First")
    #expect(
      try content(of: state(of: "team", at: "HEAD").location) == ["a.md": "team/a.md", "deep/b.md": "team/deep/b.md"])
    Disk.removeTree("\(folder.path)/state")
    let file = try state(of: "d.txt", at: "HEAD")
    #expect(file.location == "\(folder.path)/state/repository/d.txt")
    #expect(try Disk.read(try #require(file.location)).get() == Array("d.txt".utf8))
    Disk.removeTree("\(folder.path)/state")
    #expect(try state(of: "later", at: "HEAD").location == nil, "the folder did not exist")
  }

  @Test("Files that state facts about items are extracted, inside the source and above it")
  func outside() throws {
    let files = [
      ".codex/agents/a.toml", ".codex/config.toml", ".codex/notes.toml", "sub/.codex/config.toml", "config.toml",
      ".opencode/tools/t.ts", ".opencode/lib/t.ts",
    ]
    for path in files { try repository.write(path, to: path) }
    try repository.commit("First")
    let placed = FileSelection.Placed(pattern: ".codex/agents/**/*.toml")
    let outside = [".codex/config.toml", ".opencode/tools/*.ts"].map { FileSelection.Placed(pattern: $0) }
    func names(of path: String) throws -> Set<String> {
      Disk.removeTree("\(folder.path)/state")
      let repository = try opened()
      let state = try GitState(
        of: path, at: try #require(repository.commit(named: "HEAD")), in: repository,
        selection: FileSelection(hiddenFolders: [".codex", ".opencode"], placed: [placed], outside: outside),
        into: "\(folder.path)/state")
      return Set(try content(of: state.workTree).keys)
    }
    let own: Set = [".codex/agents/a.toml", ".codex/config.toml", ".opencode/tools/t.ts"]
    #expect(try names(of: "") == own.union(["sub/.codex/config.toml"]))
    #expect(try names(of: ".codex/agents") == own)
    #expect(try names(of: "sub") == own.union(["sub/.codex/config.toml"]).subtracting([".codex/agents/a.toml"]))
  }

  @Test("Files that state facts about items behind a link to a folder are extracted")
  func outsideLinks() throws {
    for path in ["shared/agent/a.md", "shared/tool/t.ts", "shared/lib/l.ts"] { try repository.write(path, to: path) }
    try Disk.makeLink("\(repository.root)/.opencode", to: "shared")
    try repository.commit("First")
    let opened = try opened()
    let state = try GitState(
      of: "", at: try #require(opened.commit(named: "HEAD")), in: opened,
      selection: FileSelection(
        hiddenFolders: [".opencode"], outside: [FileSelection.Placed(pattern: ".opencode/tool/*.ts")]),
      into: "\(folder.path)/state")
    #expect(Set(try content(of: state.workTree).keys) == ["shared/agent/a.md", "shared/tool/t.ts"])
  }

  @Test("Files that a configuration includes are extracted, but only from the source")
  func included() throws {
    let configuration = "{\"a\": \"{file:./p/a.txt}\", \"b\": \"{file:../b.txt}\", \"c\": \"{file:l.txt} {file:/c}\"}"
    for (path, text) in [("x/o.json", configuration), ("x/p/a.txt", "a"), ("b.txt", "b"), ("x/d.txt", "d")] {
      try repository.write(text, to: path)
    }
    try Disk.makeLink("\(repository.root)/x/l.txt", to: "../b.txt")
    try repository.commit("First")
    let opened = try opened()
    let state = try GitState(
      of: "x", at: try #require(opened.commit(named: "HEAD")), in: opened,
      selection: FileSelection(
        placed: [FileSelection.Placed(pattern: "o.json")],
        including: [FileSelection.Including(place: "o.json", pattern: InclusionPattern(start: "{file:", end: "}"))]),
      into: "\(folder.path)/state")
    #expect(Set(try content(of: state.workTree).keys) == ["x/o.json", "x/p/a.txt"])
    let link = "\(state.workTree)/x/l.txt"
    #expect(Disk.kind(link, followsLinks: false) == .other, "a link is not a missing file")
    #expect(Disk.realPath(link) != Disk.realPath("\(state.workTree)/b.txt"))
  }

  @Test("Links within the commit are extracted with their targets, and other links left out")
  func links() throws {
    for path in ["shared/a.md", "shared/b.md", "shared/c.txt", "agents/d.md"] { try repository.write(path, to: path) }
    try Disk.makeFolder("\(repository.root)/.claude/agents")
    for (name, target) in [
      ("a.md", "../../shared/a.md"), ("all", "../../agents"), ("gone.md", "nowhere.md"), ("out.md", "/etc/hostname"),
      ("c.txt", "../../shared/c.txt"),
    ] {
      try Disk.makeLink("\(repository.root)/.claude/agents/\(name)", to: target)
    }
    try repository.commit("First")
    let state = try state(of: ".claude/agents", at: "HEAD")
    let location = try #require(state.location)
    #expect(location == "\(state.workTree)/.claude/agents")
    #expect(try content(of: state.workTree).keys.filter { $0.hasPrefix("shared") } == ["shared/a.md"])
    let request = SourceRequest(path: ".claude/agents").read(at: location, in: state.workTree)
    let scan = try SourceScanner(selection: FileSelection(hiddenFolders: [".claude"])).scan([request])
    #expect(scan.files.map(\.source.path.description) == ["a.md", "all/d.md"])
    #expect(scan.unreadable == [])
  }

  @Test("The executable bit is kept, and links out of the repository are left out")
  func modes() throws {
    try repository.write("x", to: "run.md")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(repository.root)/run.md")
    try repository.write("y", to: "plain.md")
    try FileManager.default.createSymbolicLink(
      atPath: "\(repository.root)/link.md", withDestinationPath: "/etc/passwd")
    try repository.commit("First")
    let location = try #require(try state(at: "HEAD").location)
    #expect(FileManager.default.isExecutableFile(atPath: "\(location)/run.md"))
    #expect(Disk.kind("\(location)/link.md", followsLinks: false) == nil)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(location)/plain.md")[.posixPermissions] as? Int
    #expect((mode ?? 0o111) & 0o111 == 0)
  }

  @Test("Submodules are extracted, and a missing one is reported with the remedy")
  func submodules() throws {
    let library = try TestRepository("library", in: folder)
    try library.write("from the library", to: "agents/l.md")
    let id = try library.commit("Library")
    try repository.write("own", to: "a.md")
    try repository.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", "file://\(library.root)", "lib")
    try repository.commit("With a submodule")
    #expect(try content(of: state(at: "HEAD").location) == ["a.md": "own", "lib/agents/l.md": "from the library"])
    Disk.removeTree("\(folder.path)/state")
    let clone = try repository.clone(to: "clone", in: folder)
    let state = try state(at: "HEAD", in: clone.root)
    #expect(try content(of: state.location) == ["a.md": "own"])
    #expect(
      state.unreadable == [
        UnreadFile(
          displayPath: "lib",
          reason:
            "the submodule's commit \(id.prefix(8)) is missing; run git submodule update --init")
      ])
  }

  @Test("A partial clone fails with the missing file and the remedy")
  func partial() throws {
    try repository.write("one", to: "a.md")
    try repository.write("same", to: "b.md")
    let first = try repository.commit("First")
    try repository.write("two", to: "a.md")
    try repository.commit("Second")
    try repository.git("config", "uploadpack.allowFilter", "true")
    let clone = try repository.clone("--filter=blob:none", to: "clone", in: folder)
    let failure = try #require(throws: Disk.Failure.self) { try state(at: first, in: clone.root) }
    #expect(failure.path == clone.root)
    #expect(
      failure.reason == "this is a partial clone without the file a.md of commit \(first.prefix(8)), so nothing was "
        + "compared; use --fetch for this review, or git fetch --refetch --no-filter for good")
  }

  @Test("Branches, tags and abbreviated identifiers name a commit, but options never do")
  func naming() throws {
    try repository.write("one", to: "a.md")
    let id = try repository.commit("First: “ö”", day: 4, author: "Ada Ösel")
    try repository.git("tag", "-m", "A tag", "v1")
    let opened = try opened("\(repository.root)/a.md")
    #expect(opened.root == repository.root && opened.refusal == nil)
    for name in ["HEAD", "main", "v1", String(id.prefix(8))] {
      let commit = try #require(opened.commit(named: name), "\(name)")
      #expect(commit.commit == .init(id: id, time: TestRepository.time(day: 4), author: "Ada Ösel"))
      #expect(commit.title == "First: “ö”")
    }
    for name in ["", "gone", "--all", "HEAD~1", "HEAD:a.md", "a\u{0}b"] {
      #expect(opened.commit(named: name) == nil, "\(name.debugDescription)")
    }
    #expect(GitRepository(around: folder.path, git: git) == nil)
  }

  @Test("Content of a file in the commit is found by its exact name")
  func content() throws {
    try repository.write("one", to: "a[1].md")
    try repository.write("two", to: "a1.md")
    try repository.commit("First")
    let opened = try opened()
    let head = try #require(opened.commit(named: "HEAD"))
    #expect(try opened.content(of: "a[1].md", at: head) == Array("one".utf8), "a name, not a pattern")
    #expect(try opened.content(of: "gone.md", at: head) == nil)
    #expect(try opened.content(of: "", at: head) == nil)
  }

  @Test("The fork point of two branches is found, unless a shallow clone lacks it")
  func forks() throws {
    try repository.write("one", to: "a.md")
    let base = try repository.commit("Base")
    try repository.git("checkout", "-q", "-b", "side")
    try repository.write("two", to: "b.md")
    try repository.commit("Side")
    try repository.git("checkout", "-q", "main")
    try repository.write("three", to: "a.md")
    try repository.commit("Main")
    func fork(_ root: String, _ side: String) throws -> String? {
      let opened = try opened(root)
      return opened.fork(
        of: try #require(opened.commit(named: "main")), and: try #require(opened.commit(named: side)))?.commit.id
    }
    #expect(try fork(repository.root, "side") == base)
    let clone = try repository.clone("--depth", "1", "--no-single-branch", to: "clone", in: folder)
    #expect(try opened(clone.root).isShallow && !opened().isShallow)
    #expect(try fork(clone.root, "origin/side") == nil)
    #expect(try opened(clone.root).commit(named: base) == nil)
  }
}
