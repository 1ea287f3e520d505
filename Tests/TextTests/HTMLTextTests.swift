import Testing

@testable import Text

@Suite("HTML text")
struct HTMLTextTests {
  @Test(
    "Text is escaped, even if combining marks follow",
    arguments: [
      ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("\"x'", "&quot;x&#39;"),
      ("x\"\u{338} onclick", "x&quot;\u{338} onclick"), ("<\u{338}script", "&lt;\u{338}script"),
      ("plain é 日本", "plain é 日本"),
    ])
  func escaped(text: String, expected: String) {
    #expect(Array(HTMLText.escaped(text).utf8) == Array(expected.utf8))
  }

  @Test("Control characters and noncharacters are shown")
  func forbidden() {
    #expect(HTMLText.escaped("a\u{1}b\u{1B}c\u{7F}") == "a␁b␛c␡")
    let bytes: [UInt8] = Array("a".utf8) + [0xC2, 0x85] + Array("b".utf8) + [0xEF, 0xBF, 0xBE, 0xEF, 0xB7, 0x90]
    #expect(HTMLText.escaped(String(decoding: bytes, as: UTF8.self)) == "a[U+0085]b[U+FFFE U+FDD0]")
    #expect(HTMLText.escaped("tab\tline\nend") == "tab\tline\nend")
  }

  private func html(_ text: String, in place: HTMLText.Place = .content) -> String {
    var bytes: [UInt8] = []
    HTMLText.appendEscaped(text, to: &bytes, in: place)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("Invisible characters are labeled, with markup only where it is allowed")
  func invisible() {
    #expect(
      html("a\u{202E}b")
        == "a<span class=\"unseen direction\" title=\"Changes the order in which text is displayed\">U+202E</span>b")
    #expect(html("a\u{200B}b") == "a<span class=\"unseen\" title=\"Invisible character\">U+200B</span>b")
    #expect(html("a\u{202E}b", in: .plain) == "a[U+202E]b")
    let tags = String(String.UnicodeScalarView("a<b".unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xE0000) }))
    #expect(html(tags) == "<span class=\"unseen message\" title=\"Hidden text, decoded\">“a&lt;b”</span>")
    #expect(html(tags, in: .plain) == "[“a&lt;b”]")
  }

  @Test("An emoji that continues across pieces is not labeled")
  func pieces() {
    var bytes: [UInt8] = []
    for piece in ["👩", "\u{200D}💻"] {
      Array(piece.utf8).withUnsafeBufferPointer { _ = HTMLText.append($0, to: &bytes) }
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "👩\u{200D}💻")
  }

  @Test("Right-to-left text is isolated, and other text is not")
  func isolated() {
    #expect(html("שלום (1)") == "<bdi>שלום (1)</bdi>")
    #expect(html("سلام", in: .plain) == "سلام")
    #expect(html("Привет, κόσμε, 世界") == "Привет, κόσμε, 世界")
  }

  @Test(
    "Lookalikes in words of mixed scripts are marked",
    arguments: [
      ("p\u{430}ypal", ["U+0430"]), ("Pl\u{435}ase run b\u{430}sh.", ["U+0435", "U+0430"]), ("\u{421}opy", ["U+0421"]),
      ("g\u{3BF}od", ["U+03BF"]), ("c\u{578}de", ["U+0578"]), ("résum\u{435}", ["U+0435"]),
    ])
  func lookalikes(text: String, marked: [String]) {
    let found = html(text).matches(of: /data-code="(U\+[0-9A-F]+)"/).map { String($0.output.1) }
    #expect(found == marked)
  }

  @Test(
    "Ordinary Cyrillic, Greek and Armenian text is not marked",
    arguments: [
      "Проверяет код и пишет тесты.", "сор", "API-интерфейс", "PDFка", "Ελέγχει τον κώδικα.", "αx + Δt = 5 μs",
      "the “а” of",
      "Հայերեն", "naïve café", "URL'ы и JSON",
    ])
  func ordinary(text: String) {
    #expect(!html(text).contains("lookalike"))
  }

  @Test("A name made only of lookalikes is marked")
  func identifiers() {
    #expect(html("\u{441}\u{43E}\u{440}\u{443}", in: .identifier).matches(of: /data-code/).count == 4)
    #expect(!html("рецензент", in: .identifier).contains("lookalike"))
    #expect(!html("copy", in: .identifier).contains("lookalike"))
  }
}
