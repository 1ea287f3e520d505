import Testing

@testable import GFM

// For a footnote mark with a line break in it, Debian's cmark-gfm takes the text from the wrong place.
@Suite("Footnotes with line breaks")
struct PartedFootnoteTests {
  @Test(
    "Footnote marks with line breaks lose no words and cut no characters",
    arguments: [
      "[^m\n\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}]:", "[^eins\nzwei drei vier]\n\n[^x]: y\n",
      "a [^b\nc\u{301}d] e [^f]\n\n[^f]: g\n",
      "[^" + String(repeating: "é", count: 700) + "]\n\n[^x]: y\n",
    ])
  func whole(text: String) throws {
    let html = try #require(String(validating: Markdown.parse(Array(text.utf8)[...]).html { _ in nil }, as: UTF8.self))
    for word in text.split(whereSeparator: { !$0.isLetter && $0 != "\u{FFFD}" }) where word.count > 1 {
      #expect(html.contains(word), "\(word)")
    }
  }
}

@Suite("Documents")
struct DocumentTests {
  private func parse(_ text: String) -> Document { Markdown.parse(Array(text.utf8)[...], headingOffset: 1) }
  private func html(_ text: String, resolve: (String) -> String? = { _ in nil }) -> String {
    String(decoding: parse(text).html(resolving: resolve), as: UTF8.self)
  }

  @Test("Headings get unique identifiers like on GitHub")
  func headings() {
    let outline = parse("# Hello, World!\n## Hello world\n## Hello world\n# 🚨\n# 日本語 の見出し\n# `code` & *more*\n").outline
    #expect(
      outline.map(\.id) == ["hello-world", "hello-world-1", "hello-world-2", "section", "日本語-の見出し", "code--more"])
    #expect(outline.map(\.line) == [1, 2, 3, 4, 5, 6])
  }

  @Test("An identifier never collides with that of a later heading")
  func headingCollision() {
    #expect(parse("# a\n# a\n# a-1\n# a\n").outline.map(\.id) == ["a", "a-1", "a-1-1", "a-2"])
  }

  @Test(
    "Headings are nested below the page heading without skipped levels",
    arguments: [
      ("# One\n## Two\n", [2, 3]), ("###### Six\n", [2]), ("# One\n#### Four\n## Two\n### Three\n", [2, 3, 3, 4]),
      ("## Two\n# One\n### Three\n", [2, 2, 3]), ("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n", [2, 3, 4, 5, 6, 6]),
    ])
  func headingLevels(text: String, levels: [Int]) {
    let tags = html(text).matches(of: /<h(\d) id=.*?<\/h(\d)>/)
    #expect(tags.map { Int($0.output.1) } == levels && tags.allSatisfy { $0.output.1 == $0.output.2 })
  }

  @Test("Headings keep their levels without an offset")
  func headingLevelsAsWritten() {
    let html = String(decoding: Markdown.parse(Array("# One\n#### Four\n".utf8)[...]).html { _ in nil }, as: UTF8.self)
    #expect(html.contains("<h1 id=\"one\"><a href=\"#one\">One</a></h1>") && html.contains("<h4 id="))
  }

  @Test("Quotes marked as alerts on GitHub become alerts")
  func alerts() {
    func alert(_ kind: String, _ title: String, _ content: String) -> String {
      "<div class=\"alert \(kind)\" role=\"note\">\n<p class=\"alert-title\">\(title)</p>\n\(content)</div>\n"
    }
    #expect(html("> [!NOTE]\n> Plain *text*.\n") == alert("note", "Note", "<p>Plain <em>text</em>.</p>\n"))
    #expect(
      html("> [!Warning]  \n> One.\n>\n> Two.\n") == alert("warning", "Warning", "<p>One.</p>\n<p>Two.</p>\n"))
    #expect(html("> [!CAUTION]\n>\n> - a\n") == alert("caution", "Caution", "<ul>\n<li>a</li>\n</ul>\n"))
    #expect(html(">[!tip]\nLazy.\n\nAfter.\n") == alert("tip", "Tip", "<p>Lazy.</p>\n") + "<p>After.</p>\n")
    #expect(html("> [!IMPORTANT]\n> a\n> > b\n").contains("<blockquote>\n<p>b</p>\n</blockquote>\n</div>"))
  }

  @Test(
    "Other quotes stay quotes",
    arguments: [
      "> [!TIP] A title\n> Text.\n", "> [!DANGER]\n> Text.\n", "> [!NOTE]\n", "> > [!NOTE]\n> > Text.\n",
      "- a\n\n  > [!NOTE]\n  > Text.\n", "> \\[!NOTE]\n> Text.\n", "> [!NOTE]\n> Text.\n\n[!note]: https://x.example\n",
      "> # [!NOTE]\n> Text.\n", "> Text.\n> [!NOTE]\n",
    ])
  func noAlerts(text: String) {
    #expect(!html(text).contains("alert") && html(text).contains("<blockquote>"))
    #expect(html(text).uppercased().contains("!NOTE") || html(text).contains("!TIP") || html(text).contains("!DANGER"))
  }

  @Test("HTML is shown as text and never live")
  func markup() {
    #expect(
      html("<role>\nYou are *it*.\n</role>\n")
        == "<pre class=\"markup\" tabindex=\"0\">&lt;role&gt;\nYou are *it*.\n&lt;/role&gt;\n</pre>\n")
    #expect(html("a <b onclick=x> c").contains("<code class=\"markup\">&lt;b onclick=x&gt;</code>"))
    #expect(!html("<script>alert(1)</script>").contains("<script"))
  }

  @Test(
    "Unsafe schemes never become links",
    arguments: [
      "javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x",
      "java&#10;script:alert(1)", "&#1;javascript:alert(1)", "file:///etc/passwd", "//evil.example/x", "a&#58;b",
    ])
  func schemes(_ destination: String) {
    let result = html("[text](\(destination)) <\(destination)> ![image](\(destination))", resolve: { _ in nil })
    #expect(!result.contains("<a "))
    #expect(!result.contains("<img"))
    #expect(result.contains("text"))
  }

  @Test("Relative links are resolved by the site, and unresolved ones show their target")
  func relativeLinks() {
    #expect(
      html("[a](b.md 'T')", resolve: { $0 == "b.md" ? "../b.html" : nil })
        == "<p><a href=\"../b.html\" title=\"T\">a</a></p>\n")
    #expect(html("[a](b.md)") == "<p>a <code class=\"target\">b.md</code></p>\n")
    #expect(html("[b.md](b.md)") == "<p>b.md</p>\n")
  }

  @Test("Links to headings work, and missing headings are reported")
  func fragments() {
    #expect(html("# Here\n[a](#here)").contains("<a href=\"#here\">a</a>"))
    let missing = parse("[a](#there)\n")
    #expect(missing.notices.map(\.kind) == [.fragmentMissing("#there")])
  }

  @Test(
    "Fragments find headings and anchors in every notation",
    arguments: [
      ("# Here It Is\n\n[a](#Here-It-Is)\n", "here-it-is"),
      ("# Über\n\n[a](#%C3%BCber)\n", "%C3%BCber"),
      ("# **Bold** and `code`\n\n[a](#bold-and-code)\n", "bold-and-code"),
      ("# Name {#own}\n\n[a](#own)\n", "name-own"),
      ("# Part\n\ntext <a id=\"spot\"></a> here\n\n[a](#spot)\n", "part"),
      ("text\n\n<a name='spot'></a>\n\n## Below\n\n[a](#spot)\n", "below"),
      ("# One\n\n<div align=center id=spot>\nx\n</div>\n\n[a](#spot)\n", "one"),
    ])
  func anchors(text: String, heading: String) {
    #expect(parse(text).notices.isEmpty)
    #expect(html(text).contains("<a href=\"#\(heading)\">a</a>"))
  }

  @Test("A link to an anchor without a heading above is shown as text")
  func placesWithoutHeadings() {
    #expect(parse("<a id=\"spot\"></a>\n\n[a](#spot) [b](#top)\n").notices.isEmpty)
    #expect(!html("<a id=\"spot\"></a>\n\n[a](#spot)\n").contains("<a "))
    #expect(parse("`<a id=\"spot\">`\n\n[a](#spot)\n").notices.map(\.kind) == [.fragmentMissing("#spot")])
  }

  @Test("Unused definitions and footnotes are shown, and used ones are not repeated")
  func hidden() {
    #expect(
      html("[//]: # (ignore all rules)\n\ntext\n")
        == "<pre class=\"markup\" tabindex=\"0\">[//]: # (ignore all rules)\n</pre>\n<p>text</p>\n")
    #expect(!html("[b]\n\n[b]: https://example.com/x&amp;y 'T'\n").contains("pre"))
    #expect(html("[a][label]\n\n[label]: https://example.com\n").contains("<summary>Link definitions</summary>"))
    #expect(parse("[a][label]\n\n[label]: https://example.com\n").notices.isEmpty)
    #expect(html("text\n\n[^1]: a note nobody calls\n").contains("a note nobody calls"))
    #expect(html("text[^1]\n\n[^1]: a note\n").contains("<li id=\"fn:1\">"))
    #expect(parse("text[^1]\n\n[^1]: a note\n").notices.isEmpty)
  }

  @Test("A code block is labeled with its full info string")
  func code() {
    #expect(html("```json title=\"a<b\"\n{}\n```\n").contains("<figcaption>json title=&quot;a&lt;b&quot;</figcaption>"))
  }

  @Test("Unclosed and nested fences are reported")
  func fences() {
    #expect(problems("```\nnever closed\n") == [Problem(line: 1, kind: .fenceUnpaired(.unclosed(next: nil)))])
    #expect(problems("```\nclosed\n```\n").isEmpty)
    #expect(problems("- ```sh\n  closed\n  ```\n").isEmpty)
    #expect(problems("```markdown\n```json\n{}\n```\n```\n") == [Problem(line: 1, kind: .fenceNested(inner: 2))])
  }

  private struct Problem: Equatable {
    let line: Int
    let kind: Document.Notice.Kind
  }

  private func problems(_ text: String) -> [Problem] {
    parse(text).notices.map { Problem(line: $0.line, kind: $0.kind) }
  }

  @Test("Only the cause of misplaced fences is reported")
  func causes() {
    // An example with blocks in it, one of them without a language. Nothing after it is wrong.
    let nested = "```md\n# A\n```sh\na\n```\n```\ntree\n```\n```js\nb\n```\n```\n\n```js\nc\n```\n\n```py\nd\n```\n"
    #expect(problems(nested) == [Problem(line: 1, kind: .fenceNested(inner: 3))])
    // A block that is never closed.
    let open = "```js\na\n\nText.\n\n```py\nb\n```\n\n```\nc\n```\n\n```sh\nd\n```\n"
    #expect(problems(open) == [Problem(line: 1, kind: .fenceUnpaired(.unclosed(next: 6)))])
    // A stray fence.
    let stray = "```js\na\n```\n```\n\nText.\n\n```py\nb\n```\n\n```sh\nc\n```\n"
    #expect(problems(stray) == [Problem(line: 4, kind: .fenceUnpaired(.stray))])
    // HTML directly above a fence swallows it.
    let swallowed = "<step>\n```\na\n\nb\n```\n</step>\n\nText.\n\n```py\nc\n```\n"
    #expect(problems(swallowed) == [Problem(line: 2, kind: .fenceUnpaired(.swallowed))])
    // An outer block whose closing fence is swallowed by HTML.
    let markup = "```xml\n<a>\n\n```ts\nx\n```\n</a>\n```\n\n```py\nc\n```\n"
    #expect(problems(markup) == [Problem(line: 1, kind: .fenceNested(inner: 4))])
    // An example with a plain block in it, whose opening fence closes the example.
    let report = "```md\n# A\n\n```\nx\n```\n\nText.\n\n```sh\ny\n```\n\nMore.\n```\n\n```py\nc\n```\n"
    #expect(problems(report) == [Problem(line: 1, kind: .fenceNested(inner: 4))])
    // Two problems are reported separately.
    let both = nested + "\nText.\n\n" + stray
    #expect(problems(both).map(\.line) == [1, 27])
  }

  @Test("The number of reported fences is limited")
  func manyFences() {
    for pattern in ["```\n", "```a\n", "```a\n```\n```\n", "<a>\n```\n\n```b\n"] {
      let notices = parse(String(repeating: pattern, count: 60_000)).notices
      #expect(notices.count <= 100)
    }
  }

  @Test("Comments and skipped heading levels are reported")
  func notices() {
    #expect(
      parse("<!-- x -->\n\ntext <!-- y -->\n").notices.map(\.kind) == [.comment("<!-- x -->"), .comment("<!-- y -->")])
    #expect(parse("<div>\n<!-- x\n-->\n<!-- y -->\n</div>\n").notices.map(\.line) == [2, 4])
    #expect(parse("# A\n### B\n").notices.map(\.kind) == [.headingSkip(from: 1, to: 3)])
  }

  @Test(
    "Bare addresses become links without the punctuation after them",
    arguments: [
      ("see https://example.com/a.", "https://example.com/a"),
      ("(https://example.com/a_(b))", "https://example.com/a_(b)"),
      ("https://example.com/a_b_c", "https://example.com/a_b_c"),
      ("\"https://example.com\"", "https://example.com"),
      ("http://localhost:3000/x", "http://localhost:3000/x"),
    ])
  func bareAddresses(text: String, address: String) {
    #expect(html(text).contains("<a href=\"\(address)\">\(address)</a>"))
  }

  @Test("An image inside a link is linked after it")
  func nestedImages() {
    #expect(
      html("[![badge](https://i.example/b.svg 'T')](https://a.example)")
        == "<p><a href=\"https://a.example\">badge</a> <a href=\"https://i.example/b.svg\" title=\"T\">image</a></p>\n")
  }

  @Test("Addresses inside links are not linked again")
  func nestedAddresses() {
    #expect(
      html("[https://a.example](https://b.example)") == "<p><a href=\"https://b.example\">https://a.example</a></p>\n")
    #expect(
      html("# See https://a.example\n")
        == "<h2 id=\"see-httpsaexample\">See <a href=\"https://a.example\">https://a.example</a></h2>\n")
  }
}
