import Files
import Foundation
import Histories
import Support
import Testing

@testable import Scanning

/// A text long enough for git to recognize it after a rename with an edit.
let longText = (1...30).map { "Line \($0) of a prompt.\n" }.joined()

@Suite("Git history")
struct GitHistoryTests {
  private let folder: TemporaryFolder
  private let repository: TestRepository
  private let git: Git

  init() throws {
    folder = try TemporaryFolder()
    repository = try TestRepository(in: folder)
    git = try #require(Git.find(in: TestRepository.searchPath))
  }

  private func files(of root: String? = nil) throws -> [FoundFile] {
    try SourceScanner().scan([SourceRequest(path: root ?? repository.root)]).files
  }

  private func chronicle(
    of root: String? = nil, git: Git? = nil, cache: CacheFolder? = nil
  ) throws -> (chronicle: Chronicle, notes: [String]) {
    let files = try files(of: root)
    return GitHistory(of: files, git: git ?? self.git).chronicle(of: files, cache: cache)
  }

  @Test("A file has its first and last commit and its number of changes")
  func changes() throws {
    try repository.write("one", to: "a.md")
    let first = try repository.commit("First", day: 0, author: "Ada Ösel")
    try repository.write("two", to: "a.md")
    try repository.write("new", to: "b.md")
    let second = try repository.commit("Second", day: 3, author: "Grace")
    try repository.write("never committed", to: "c.md")
    let (chronicle, notes) = try chronicle()
    let ada = FileHistory.Commit(id: first, time: TestRepository.time(day: 0), author: "Ada Ösel")
    let grace = FileHistory.Commit(id: second, time: TestRepository.time(day: 3), author: "Grace")
    #expect(
      chronicle.histories == [
        "a.md": FileHistory(created: ada, changed: grace, changes: 2, isOriginal: true),
        "b.md": FileHistory(created: grace, changed: grace, changes: 1, isOriginal: false),
      ])
    #expect(
      chronicle.commits == [
        LoggedCommit(
          commit: grace, title: "Second",
          files: [
            .init(kind: .changed, path: "a.md", isGone: false), .init(kind: .added, path: "b.md", isGone: false),
          ]),
        LoggedCommit(commit: ada, title: "First", files: [.init(kind: .added, path: "a.md", isGone: false)]),
      ])
    #expect(notes == [])
  }

  @Test("The history of a file continues through renames, with or without edits")
  func renames() throws {
    try repository.write("Beside it.", to: "stays.md")
    try repository.commit("Begin", day: 0)
    try repository.write(longText, to: "old.md")
    let first = try repository.commit("Add", day: 0)
    try repository.git("mv", "old.md", "middle.md")
    try repository.commit("Rename", day: 1)
    try Disk.makeFolder("\(repository.root)/sub")
    try repository.git("mv", "middle.md", "sub/new.md")
    try repository.write(longText + "One more.\n", to: "sub/new.md")
    let last = try repository.commit("Move and edit", day: 2)
    let (chronicle, _) = try chronicle()
    #expect(Set(chronicle.histories.keys) == ["stays.md", "sub/new.md"])
    let history = try #require(chronicle.histories["sub/new.md"])
    #expect(history.created?.id == first && history.changed.id == last && history.changes == 3)
    #expect(
      chronicle.commits.flatMap(\.files) == [
        .init(kind: .renamed, path: "sub/new.md", isGone: false),
        .init(kind: .renamed, path: "sub/new.md", isGone: false),
        .init(kind: .added, path: "sub/new.md", isGone: false),
        .init(kind: .added, path: "stays.md", isGone: false),
      ])
  }

  @Test("A new file does not inherit the history of a removed one at the same path")
  func reusedName() throws {
    try repository.write("first", to: "a.md")
    try repository.write("stays", to: "b.md")
    try repository.commit("Add", day: 0)
    try repository.git("rm", "-q", "a.md")
    try repository.commit("Remove", day: 1)
    try repository.write("quite another", to: "a.md")
    let again = try repository.commit("Add again", day: 2)
    let (chronicle, _) = try chronicle()
    let history = try #require(chronicle.histories["a.md"])
    #expect(history.created?.id == again && history.changes == 1)
    #expect(
      chronicle.commits.first { $0.title == "Remove" }?.files == [.init(kind: .removed, path: "a.md", isGone: true)])
  }

  @Test("Removed files are listed only if the catalog would have listed them")
  func removed() throws {
    for path in ["a.md", "notes.txt", ".cache/x.md", "stays.md"] { try repository.write(path, to: path) }
    try repository.commit("Add", day: 0)
    try repository.git("rm", "-q", "a.md", "notes.txt", ".cache/x.md")
    try repository.commit("Remove", day: 1)
    let (chronicle, _) = try chronicle()
    #expect(
      chronicle.commits.map(\.files) == [
        [.init(kind: .removed, path: "a.md", isGone: true)],
        [.init(kind: .added, path: "a.md", isGone: true), .init(kind: .added, path: "stays.md", isGone: false)],
      ])
  }

  @Test("Commits of a merged branch count, but the merge itself does not")
  func merges() throws {
    try repository.write("base", to: "a.md")
    try repository.commit("Base", day: 0)
    try repository.git("checkout", "-q", "-b", "side")
    try repository.write("side", to: "b.md")
    let side = try repository.commit("Side", day: 1, author: "Grace")
    try repository.git("checkout", "-q", "main")
    try repository.write("base, edited", to: "a.md")
    try repository.commit("Main", day: 2)
    try repository.git("merge", "-q", "--no-ff", "-m", "Merge", "side", day: 3)
    let (chronicle, _) = try chronicle()
    #expect(chronicle.histories["b.md"]?.created?.id == side && chronicle.histories["b.md"]?.changes == 1)
    #expect(chronicle.histories["b.md"]?.isOriginal == false && chronicle.histories["a.md"]?.changes == 2)
    #expect(chronicle.commits.map(\.title) == ["Main", "Side", "Base"])
  }

  @Test("A file that only a source names has its history")
  func named() throws {
    try repository.write("one", to: "notes.txt")
    let first = try repository.commit("First", day: 0)
    try repository.write("two", to: "notes.txt")
    try repository.write("other", to: "other.txt")
    try repository.commit("Second", day: 1)
    let chronicle = try chronicle(of: "\(repository.root)/notes.txt").chronicle
    #expect(chronicle.histories["notes.txt"]?.created?.id == first && chronicle.histories["notes.txt"]?.changes == 2)
    #expect(chronicle.commits.map(\.files.count) == [1, 1])
  }

  @Test("Contents of versions are read in any order, and only those that were announced")
  func contents() throws {
    func blob(_ text: String) throws -> String {
      try repository.git("rev-parse", text).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    for version in 0..<3 {
      for file in 0..<5 { try repository.write("\(file) \(version)", to: "\(file).md") }
      try repository.commit("\(version)", day: version)
    }
    let blobs = try (0..<5).map { file in try (0..<3).map { try blob("HEAD~\(2 - $0):\(file).md") } }
    let missing = String(repeating: "0", count: 40)
    let contents = GitHistory(of: try files(), git: git).contents(
      of: Array(blobs.dropLast()) + [[blobs[4][0], missing]])
    func texts(_ blobs: [String]) -> [String?] {
      contents.contents(of: blobs).map { bytes in bytes.map { String(decoding: $0, as: UTF8.self) } }
    }
    for file in [3, 0, 1, 2, 0, 3] { #expect(texts(blobs[file]) == (0..<3).map { "\(file) \($0)" }) }
    #expect(texts([blobs[4][0], missing]) == ["4 0", nil])
    #expect(texts([blobs[4][2]]) == [nil])
  }

  @Test("A repository without commits has an empty history and no notes")
  func empty() throws {
    try repository.write("new", to: "a.md")
    let files = try files()
    let history = GitHistory(of: files, git: git)
    let (chronicle, notes) = history.chronicle(of: files, cache: nil)
    #expect(files.count == 1 && chronicle.histories.isEmpty && chronicle.commits.isEmpty)
    #expect(notes == [] && history.notes(cache: nil) == [] && !history.isShallow)
  }

  @Test("The oldest commit of a shallow clone counts as neither an addition nor a change")
  func shallow() throws {
    try repository.write("one", to: "a.md")
    try repository.write("one", to: "c.md")
    try repository.commit("First", day: 0)
    try repository.write("two", to: "a.md")
    try repository.commit("Second", day: 1)
    try repository.write("new", to: "b.md")
    try repository.write("two", to: "c.md")
    let last = try repository.commit("Third", day: 2)
    let clone = try repository.clone("--depth", "2", to: "clone", in: folder)
    let files = try files(of: clone.root)
    #expect(GitHistory(of: files, git: git).isShallow)
    #expect(try !GitHistory(of: self.files(), git: git).isShallow)
    let (chronicle, notes) = try chronicle(of: clone.root)
    #expect(chronicle.histories["a.md"] == nil)
    let old = try #require(chronicle.histories["c.md"])
    #expect(old.created == nil && old.changed.time == TestRepository.time(day: 2) && old.changes == 1)
    #expect(chronicle.histories["b.md"]?.created?.id == last)
    #expect(notes == [])
  }

  @Test("The note for a partial clone names the command that fetches the missing objects")
  func partial() throws {
    try repository.write(longText, to: "old.md")
    try repository.commit("Add", day: 0)
    try repository.git("mv", "old.md", "new.md")
    try repository.write(longText + "One more.\n", to: "new.md")
    let last = try repository.commit("Rename and edit", day: 1)
    try repository.git("config", "uploadpack.allowFilter", "true")
    let clone = try repository.clone("--filter=blob:none", to: "clone", in: folder)
    let (chronicle, notes) = try chronicle(of: clone.root)
    #expect(chronicle.histories["new.md"]?.created?.id == last)
    #expect(notes.count == 1 && notes[0].hasPrefix("\(clone.root): history is incomplete: this is a partial clone"))
    #expect(notes[0].hasSuffix("git fetch --refetch --no-filter"))
  }

  @Test("A repository that git cannot read is left out, with git's reason")
  func refused() throws {
    try repository.write("one", to: "a.md")
    try repository.commit("First")
    try repository.write("no reference", to: ".git/HEAD")
    let (chronicle, notes) = try chronicle()
    #expect(chronicle.histories.isEmpty)
    #expect(
      notes.count == 1
        && notes[0].hasPrefix("\(repository.root): history is left out: git cannot read this repository: not a git"))
  }

  @Test("The history is empty without git or outside a repository")
  func without() throws {
    try repository.write("one", to: "a.md")
    try repository.commit("First")
    let files = try files()
    #expect(GitHistory(of: files, git: nil).chronicle(of: files, cache: nil).chronicle.histories.isEmpty)
    #expect(Git.find(in: nil) == nil && Git.find(in: folder.path) == nil)
    try folder.touch("outside/a.md")
    let (chronicle, notes) = try chronicle(of: "\(folder.path)/outside")
    #expect(chronicle.histories.isEmpty && notes == [])
  }

  @Test("Histories of several repositories are merged, newest commit first")
  func several() throws {
    let other = try TestRepository("other", in: folder)
    try repository.write("one", to: "a.md")
    try repository.commit("Old", day: 0)
    try other.write("two", to: "b.md")
    try other.commit("Middle", day: 1)
    try repository.write("three", to: "c.md")
    try repository.commit("New", day: 2)
    let files = try SourceScanner().scan([repository, other].map { SourceRequest(path: $0.root) }).files
    let (chronicle, _) = GitHistory(of: files, git: git).chronicle(of: files, cache: nil)
    #expect(Set(chronicle.histories.keys) == ["repository/a.md", "other/b.md", "repository/c.md"])
    #expect(chronicle.commits.map(\.title) == ["New", "Middle", "Old"])
  }

  @Test("Folder names that look like git patterns or options work", arguments: [":(top)", ":odd", "[a]", "-x"])
  func patterns(name: String) throws {
    try repository.write("one", to: "\(name)/a.md")
    let id = try repository.commit("First")
    let (chronicle, notes) = try chronicle()
    #expect(chronicle.histories["\(name)/a.md"]?.created?.id == id && notes == [])
  }

  // MARK: The cache

  /// A git that counts its `log` commands.
  private func countingGit() throws -> (git: Git, calls: () -> Int) {
    let real = try #require(Program.find(["git"], in: TestRepository.searchPath)).path
    let (log, script) = ("\(folder.path)/calls", "\(folder.path)/bin/git")
    try folder.write(
      "#!/bin/sh\nfor word do [ \"$word\" = log ] && echo log >> '\(log)'; done\nexec '\(real)' \"$@\"\n", to: "bin/git"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let git = try #require(Git.find(in: "\(folder.path)/bin"))
    return (git, { (try? Disk.read(log).get())?.count { $0 == 0x0A } ?? 0 })
  }

  @Test("The history is cached until there is a commit or the cache is broken")
  func cached() throws {
    let (git, calls) = try countingGit()
    let cache = try CacheFolder.open("\(folder.path)/cache")
    try repository.write("one", to: "a.md")
    try repository.commit("First")
    let first = try chronicle(git: git, cache: cache)
    #expect(calls() == 1)
    let second = try chronicle(git: git, cache: cache)
    #expect(calls() == 1)
    #expect(second.chronicle.histories == first.chronicle.histories)
    #expect(second.chronicle.commits == first.chronicle.commits && !second.chronicle.commits.isEmpty)

    try repository.write("two", to: "a.md")
    try repository.commit("Second")
    #expect(try chronicle(git: git, cache: cache).chronicle.commits.map(\.title) == ["Second", "First"])
    #expect(calls() == 2)

    let name = try #require(Disk.names(in: cache.path).first { $0.hasPrefix("history.") })
    var bytes = try #require(cache.content(of: name))
    bytes[bytes.count / 2] ^= 0x55
    #expect(cache.replace(name, by: bytes))
    #expect(try chronicle(git: git, cache: cache).chronicle.commits.map(\.title) == ["Second", "First"])
    #expect(calls() == 3)
  }
}

@Suite("Working files")
struct WorkingFilesTests {
  @Test("Tracked and untracked files belong to the working tree, but ignored files do not")
  func ignored() throws {
    let folder = try TemporaryFolder()
    let repository = try TestRepository(in: folder)
    for path in [".gitignore", "a.md", "ignored.md", "sub/ü b.md"] {
      try repository.write(path == ".gitignore" ? "ignored.md\n" : "x", to: path)
    }
    try repository.git("add", "a.md")
    let files = WorkingFiles(git: Git.find(in: TestRepository.searchPath))
    #expect(files.belongs("\(repository.root)/a.md") && files.belongs("\(repository.root)/sub/ü b.md"))
    #expect(!files.belongs("\(repository.root)/ignored.md"))
    #expect(files.belongs("\(folder.path)/outside.md"), "no repository ignores it")
    #expect(WorkingFiles(git: nil).belongs("\(repository.root)/ignored.md"))
  }
}
