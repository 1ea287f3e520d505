import Testing

@testable import Text

@Suite("Lines of bytes")
struct ByteLinesTests {
  @Test("Lines are the parts between line feeds", arguments: ["", "\n", "a", "a\n", "\n\na\nb\r\nc", "a\n\n\nb"])
  func lines(text: String) {
    let bytes = Array("xx\(text)".utf8)
    let lines = bytes.dropFirst(2).lines
    #expect(lines == bytes.dropFirst(2).split(separator: 0x0A, omittingEmptySubsequences: false))
    #expect(lines.first?.startIndex == 2 && lines.last?.endIndex == bytes.count)
  }
}
