import Files
import Testing

@testable import Text

@Suite("Patterns and spelling")
struct PatternTests {
  @Test(
    "Patterns match paths",
    arguments: [
      ("*.md", "a/b/c.md", true), ("*.md", "c.mdx", false), ("README.md", "x/readme.MD", true),
      ("drafts/**", "drafts/a/b.md", true), ("drafts/**", "x/drafts/a.md", false),
      ("**/drafts/*", "x/y/drafts/a.md", true),
      ("a/*.md", "a/b/c.md", false), ("a?c*", "abcd.md", true), ("*a*b*", "xxaxxbxx", true),
      ("*a*b", "xxaxxbxx", false),
    ])
  func globs(pattern: String, path: String, fits: Bool) throws {
    #expect(Glob(pattern).matches(try #require(RelativePath(path))) == fits)
  }

  @Test("A typo gives a suggestion")
  func spelling() {
    let words = ["title", "description", "output"]
    #expect(Spelling.suggestion(for: "tilte", among: words) == "title")
    #expect(Spelling.suggestion(for: "discription", among: words) == "description")
    #expect(Spelling.suggestion(for: "banana", among: words) == nil)
  }
}
