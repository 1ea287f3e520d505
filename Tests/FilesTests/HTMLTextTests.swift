import Testing

@testable import Files

@Suite("Text in HTML")
struct HTMLTextTests {
  @Test(
    "ends no tag and no attribute",
    arguments: [
      ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("\"x'", "&quot;x&#39;"),
      ("x\"\u{338} onclick", "x&quot;\u{338} onclick"), ("<\u{338}script", "&lt;\u{338}script"),
      ("plain é 日本", "plain é 日本"),
    ])
  func escaped(text: String, expected: String) {
    #expect(Array(HTMLText.escaped(text).utf8) == Array(expected.utf8))
  }

  @Test("shows what HTML forbids")
  func forbidden() {
    #expect(HTMLText.escaped("a\u{1}b\u{1B}c\u{7F}") == "a␁b␛c␡")
    let bytes: [UInt8] = Array("a".utf8) + [0xC2, 0x85] + Array("b".utf8) + [0xEF, 0xBF, 0xBE, 0xEF, 0xB7, 0x90]
    #expect(HTMLText.escaped(String(decoding: bytes, as: UTF8.self)) == "a\u{FFFD}b\u{FFFD}\u{FFFD}")
    #expect(HTMLText.escaped("tab\tline\nend") == "tab\tline\nend")
  }
}
