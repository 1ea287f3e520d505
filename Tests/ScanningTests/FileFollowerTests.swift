import Histories
import Testing

@testable import Scanning

@Suite("Following files")
struct FileFollowerTests {
  private func follower() -> FileFollower {
    FileFollower(isShallow: false, versionLimit: 10) { $0.hasSuffix(".md") }
  }

  private func entry(_ number: Int) -> FileFollower.Entry {
    .init(commit: .init(id: "\(number)", time: number, author: "Ada"), title: "", isRoot: number == 0)
  }

  @Test("Other files of a repository do not displace the former names of wanted files, and are not kept")
  func otherFiles() {
    var follower = follower()
    for number in 0..<6000 {
      _ = follower.removed("old/\(number).txt", by: entry(9))
      _ = follower.changed("new/\(number).txt", to: "blob", by: entry(9))
    }
    _ = follower.moved(from: "old.md", to: "new.md", as: "blob", by: entry(8))
    _ = follower.added("old.md", as: "older", by: entry(7))
    #expect(follower.former.map(\.name) == ["old.md"])
    #expect(follower.histories.keys.sorted() == ["new.md"])
    #expect(follower.histories["new.md"]?.versions.map(\.blob) == ["blob", "older"])
  }

  @Test("A file that had another name before keeps its versions under the other name")
  func otherNames() {
    var follower = follower()
    _ = follower.moved(from: "notes.txt", to: "agent.md", as: "b", by: entry(2))
    _ = follower.added("notes.txt", as: "a", by: entry(1))
    #expect(follower.histories["agent.md"]?.changes == 2 && follower.former.isEmpty)
  }

  @Test("A file that was renamed and later removed has all its names, and the commit that removed it")
  func renamedAndRemoved() {
    var follower = follower()
    _ = follower.removed("last.md", by: entry(4))
    #expect(follower.moved(from: "second.md", to: "last.md", as: "b", by: entry(3)).today == nil)
    #expect(follower.moved(from: "first.md", to: "second.md", as: "b", by: entry(2)).today == nil)
    #expect(follower.added("first.md", as: "a", by: entry(1)).today == nil)
    #expect(follower.former.map(\.name) == ["last.md", "second.md", "first.md"])
    #expect(follower.former.allSatisfy { $0.today == nil && $0.entry.commit.id == "4" })
    #expect(follower.histories.isEmpty)
  }

  @Test("A new file at the old name of a removed file has its own history")
  func reusedName() {
    var follower = follower()
    _ = follower.added("first.md", as: "c", by: entry(4))
    _ = follower.removed("last.md", by: entry(3))
    _ = follower.moved(from: "first.md", to: "last.md", as: "b", by: entry(2))
    _ = follower.added("first.md", as: "a", by: entry(1))
    #expect(follower.histories["first.md"]?.versions.map(\.blob) == ["c"])
    #expect(follower.former.map(\.name) == ["last.md"])
  }
}
