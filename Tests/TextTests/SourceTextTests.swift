import Files
import Testing

@testable import Text

@Suite("Source text")
struct SourceTextTests {
  private func text(_ bytes: [UInt8]) -> String { String(decoding: SourceText(bytes).utf8, as: UTF8.self) }

  @Test("All line endings become line feeds")
  func lines() {
    #expect(text(Array("a\r\nb\rc\nd".utf8)) == "a\nb\nc\nd")
  }

  @Test("Offsets map back to the bytes of the file")
  func offsets() {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("a\r\nðŸš¨b\r\nc".utf8)
    let source = SourceText(bytes)
    #expect(String(decoding: source.utf8, as: UTF8.self) == "a\n🚨b\nc")
    for letter in "abc".utf8 {
      guard let inText = source.utf8.firstIndex(of: letter) else { return }
      #expect(bytes[source.fileOffset(inText)] == letter)
    }
  }

  @Test("Invalid UTF-8 and NUL become U+FFFD, and their offsets are recorded")
  func invalid() {
    let source = SourceText([0x61, 0xFF, 0x62, 0x00, 0xE2, 0x82, 0x63, 0xED, 0xA0, 0x80])
    #expect(
      String(decoding: source.utf8, as: UTF8.self) == "a\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}c\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(source.repairs.map(\.range.lowerBound) == [1, 3, 4, 5, 7, 8, 9])
    #expect(source.repairs[1].kind == .nul)
  }

  @Test(
    "Mojibake is repaired only if it is certain",
    arguments: [
      ("ðŸš¨ alarm", "🚨 alarm"), ("donâ€™t", "don’t"), ("cafÃ©", "café"), ("â€œquotedâ€\u{9d}", "“quoted”"),
      ("«CAFÉ»", "«CAFÉ»"), ("Ünïcödé", "Ünïcödé"), ("Â© Ã— â†’", "© × →"), ("prix: 5 €", "prix: 5 €"),
    ])
  func mojibake(written: String, meant: String) {
    #expect(text(Array(written.utf8)) == meant)
  }

  @Test("Lines and columns count characters")
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

  @Test("Truncated UTF-16 is read, and reported as lossy")
  func broken() {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0x62, 0]
    #expect(text(bytes) == "a\u{FFFD}b")
    #expect(!TextEncoding(of: bytes).decoded(bytes).isLossless)
    #expect(!TextEncoding(of: bytes).decoded(bytes + [0x63]).isLossless)
  }

  @Test("A few NUL bytes do not make a file UTF-16")
  func stray() {
    for bytes in [Array("a\0b\0\0c".utf8), [0, 0x61], Array("text \0 more".utf8), [], [0xFF], [0, 0]] {
      #expect(TextEncoding(of: bytes) == .utf8)
    }
  }
}
