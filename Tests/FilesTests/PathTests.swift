import Testing

@testable import Files

@Suite("Paths")
struct PathTests {
  @Test(
    "Absolute, parent and non-canonical paths are rejected",
    arguments: ["", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a/", "a\0b", ".."])
  func refused(_ text: String) {
    #expect(RelativePath(text) == nil)
  }

  @Test("Links resolve relative to the file, but not outside the root")
  func links() throws {
    let path = try #require(RelativePath("a/b/c.md"))
    #expect(path.resolving("d.md")?.description == "a/b/d.md")
    #expect(path.resolving("../d.md")?.description == "a/d.md")
    #expect(path.resolving("./x/../d.md")?.description == "a/b/d.md")
    #expect(path.resolving("../../../d.md") == nil)
    #expect(path.stem == "c")
  }

  @Test(
    "A path is below a folder only by whole names, in either Unicode form",
    arguments: [
      ("/a/b/c.md", "/a/b", "c.md"), ("/a/b", "/a/b", ""), ("/a/bc", "/a/b", nil), ("/a", "/a/b", nil),
      ("a/b", "", "a/b"), ("/a", "/", "a"), ("a", "/a", nil), ("caf\u{E9}/x.md", "caf\u{E9}", "x.md"),
      ("cafe\u{301}/x.md", "cafe\u{301}", "x.md"), ("cafe\u{301}/x/y.md", "caf\u{E9}", "x/y.md"),
      ("caf\u{E9}s/x.md", "cafe\u{301}", nil), ("cafe/x.md", "caf\u{E9}", nil), ("cafe\u{301}/x.md", "cafe", nil),
      ("エージェント/x.md", "エージェント", "x.md"), ("👩‍💻/\u{301}x.md", "👩‍💻", "\u{301}x.md"),
    ] as [(String, String, String?)])
  func below(_ path: String, _ folder: String, _ expected: String?) {
    let found = path.path(below: folder)
    #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test("A slash separates names that begin with a combining mark")
  func slashes() {
    let path = "a/\u{301}b"
    #expect(path.lastSlash.map { String(path[..<$0]) } == "a")
    #expect(Array(path.lastName.utf8) == Array("\u{301}b".utf8) && "/".lastName == "" && "a/".lastName == "a")
  }
}
