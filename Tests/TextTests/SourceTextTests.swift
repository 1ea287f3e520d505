import Files
import Testing

@testable import Text

@Suite("The text of a file")
struct SourceTextTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: SourceText(bytes).utf8, as: UTF8.self) }

  @Test("has line feeds, whatever the file has")
  func lines() {
    #expect(text(Array("a\r\nb\rc\nd".utf8)) == "a\nb\nc\nd")
  }

  @Test("leads back to the file's own bytes")
  func offsets() {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("a\r\nðŸš¨b\r\nc".utf8)
    let source = SourceText(bytes)
    #expect(String(decoding: source.utf8, as: UTF8.self) == "a\n🚨b\nc")
    for letter in "abc".utf8 {
      guard let inText = source.utf8.firstIndex(of: letter) else { return }
      #expect(bytes[source.fileOffset(inText)] == letter)
    }
  }

  @Test("has U+FFFD for what is not UTF-8 and for NUL, and says where")
  func invalid() {
    let source = SourceText([0x61, 0xFF, 0x62, 0x00, 0xE2, 0x82, 0x63, 0xED, 0xA0, 0x80])
    #expect(
      String(decoding: source.utf8, as: UTF8.self) == "a\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}c\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(source.repairs.map(\.range.lowerBound) == [1, 3, 4, 5, 7, 8, 9])
    #expect(source.repairs[1].kind == .nul)
  }

  @Test(
    "has mojibake put right where that is certain",
    arguments: [
      ("ðŸš¨ alarm", "🚨 alarm"), ("donâ€™t", "don’t"), ("cafÃ©", "café"), ("â€œquotedâ€\u{9d}", "“quoted”"),
      ("«CAFÉ»", "«CAFÉ»"), ("Ünïcödé", "Ünïcödé"), ("Â© Ã— â†’", "© × →"), ("prix: 5 €", "prix: 5 €"),
    ])
  func mojibake(written: String, meant: String) {
    #expect(text(Array(written.utf8)) == meant)
  }

  @Test("counts lines and columns as people do")
  func locations() {
    let bytes = Array("a\r\n\té日本👩‍👩‍👧x\rlast".utf8)
    func location(of letter: Character) -> Files.SourceLocation? {
      bytes.firstIndex(of: letter.asciiValue ?? 0).map {
        SourceText.location(of: $0, in: bytes, SourceText.lines(of: bytes))
      }
    }
    #expect(location(of: "x") == Files.SourceLocation(line: 2, column: 6))
    #expect(location(of: "l") == Files.SourceLocation(line: 3, column: 1))
  }

  @Test("of UTF-16 that is cut in a character says so, and is still read")
  func broken() {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0x62, 0]
    #expect(text(bytes) == "a\u{FFFD}b")
    #expect(!TextEncoding(of: bytes).decoded(bytes).isLossless)
    #expect(!TextEncoding(of: bytes).decoded(bytes + [0x63]).isLossless)
  }

  @Test("is not taken for UTF-16 because of a few NUL bytes")
  func stray() {
    for bytes in [Array("a\0b\0\0c".utf8), [0, 0x61], Array("text \0 more".utf8), [], [0xFF], [0, 0]] {
      #expect(TextEncoding(of: bytes) == .utf8)
    }
  }
}
