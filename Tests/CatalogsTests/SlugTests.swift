import Testing

@testable import Catalogs

@Suite("Slugs")
struct SlugTests {
  @Test(
    "Slugs are readable in any script and safe as file names",
    arguments: [
      ("Code Reviewer", "code-reviewer"), ("C# Expert", "c-sharp-expert"), ("C++ Expert", "c-plus-plus-expert"),
      ("  --a__b--  ", "a-b"), ("日本語 レビュー", "日本語-レビュー"), ("Ünïcode", "ünïcode"), ("U\u{308}ber", "über"),
      ("ＡＢＣ", "abc"),
      ("🚀", "agent"), ("", "agent"), ("../../etc/passwd", "etc-passwd"), ("a\0b", "a-b"), ("\u{202E}evil", "evil"),
      ("INDEX", "agent-index"), ("con", "agent-con"), ("LPT1", "agent-lpt1"),
    ])
  func made(text: String, slug: String) {
    #expect(Slug.make(text) == slug)
  }

  @Test("Slugs are short enough for file names")
  func length() {
    #expect(Slug.make(String(repeating: "word ", count: 800)).count <= 80)
    #expect(Slug.make(String(repeating: "設", count: 400)).utf8.count <= 160)
  }
}
