import Foundation
import Testing

@testable import Agents

@Suite("Simple YAML")
struct SimpleYAMLTests {
  private func simple(_ text: String) -> [StrictYAML.Parsed]? { SimpleYAML.fields(of: Array(text.utf8)[...]) }

  @Test(
    "Simple fields give the same values as the YAML parser",
    arguments: [
      "name: a\ndescription: Does a thing; well, most.\n", "a: 1\nb: 2e3\nc: 1.50\nd: true\ne: null\nf:\n",
      "a: \"quoted, 'inner'\"\nb: 'single \"x\"'\nc: \"\"\n", "# comment\n\na: b\n\n\nc: d   \n",
      "tools: [Read, Write]\n",
      "tools:\n  - Read\n  - Write\nmodel: opus\n", "tools:\n- Read\n- 'x y'\n", "a: café – “x” 🚨️\n", "a:\n\nb: c\n",
      "a: C\(String(repeating: "{", count: 70))-{{--[x] {", "a-b_c1: x\nA: y\n", "a: x:y\n", "a: (x) y\n", "a: x#y\n",
      "a: [true, no]\n", "a:\n  - 1\n  - yes\n", "a: b",
    ])
  func same(text: String) throws {
    #expect(try StrictYAML.fields(of: text) == simple(text))
  }

  @Test(
    "Everything else is left to the YAML parser",
    arguments: [
      "a: b: c\n", "a: x # y\n", "a: b\n  c\n", "a: |\n  x\n", "a: >\n  x\n", "a: &x y\n", "a: *x\n", "a: {b: c}\n",
      "a: [b, [c]]\n",
      "a: 'it''s'\n", "a: \"x\\n\"\n", "a: \"x\" y\n", "a:\tb\n", "a: b\na: c\n", "- a\n", "a\n", "a: x:\n", "? a\n",
      "\"a\": b\n",
      "a: @x\n", "a: `x`\n", "a: %x\n", "a: !x y\n", "a: - b\n", "a:\n  b: c\n", "a:\n  - b: c\n", "a:\n  - b\n    c\n",
      "a:\n  - b\n   - c\n", "a: b\u{7}\n", "a: b\u{85}c\n", "a: b\u{2028}c\n", "\u{FEFF}a: b\n", "---\na: b\n",
      "a: b\n...\n",
      "a:\n  - b\n\n  - c\n", "a: [b,]\n", "a: []\n", "a: [Bash(git:*)]\n", "a : b\n", "a: b\r\n", "<<: x\n",
    ])
  func left(text: String) {
    #expect(simple(text) == nil)
  }

  @Test("Random lines never give other values than the YAML parser")
  func random() throws {
    var state: UInt64 = 1
    func dice(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      "a", "b", "key", ":", ": ", " ", "  ", "-", "- ", "\n", "\n", "\n", "#", " #", "'", "\"", "[", "]", ", ", "x y",
      "1", "1.0",
      "true", "~", "null", "é", "—", "{", "}", "|", ">", "&", "*", "!", "%", "@", "`", "\\", "?", "? ", "...", "---",
      "0x1F",
      "a: b\n", "key: value\n", "list:\n", "  - item\n", "- item\n", "k: [a, b]\n", "q: 'x'\n", "q2: \"y\"\n",
    ]
    var read = 0
    for _ in 0..<40_000 {
      var text = ""
      for _ in 0..<(1 + dice(12)) { text += pieces[dice(pieces.count)] }
      guard let fields = simple(text) else { continue }
      read += 1
      let strict = try? StrictYAML.fields(of: text)
      if strict != fields { Issue.record("\(text.debugDescription): \(fields), not \(String(describing: strict))") }
    }
    #expect(read > 1000)
  }
}
