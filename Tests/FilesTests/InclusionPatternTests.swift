import Testing

@testable import Files

@Suite("Marks for the texts of files")
struct InclusionPatternTests {
  private func paths(_ pattern: InclusionPattern, _ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return pattern.marks(in: bytes).map { mark in
      #expect(mark.range.upperBound <= bytes.count)
      return "\(mark.path)|\(String(decoding: bytes[mark.range], as: UTF8.self))"
    }
  }

  @Test("Marks are found anywhere except in comments, across lines and after their escape")
  func anywhere() {
    let marks = InclusionPattern(start: "{file:", end: "}")
    #expect(paths(marks, "\"{file:a.txt} {file:b c.txt}\"") == ["a.txt|{file:a.txt}", "b c.txt|{file:b c.txt}"])
    #expect(paths(marks, "  // {file:a.txt}\n\"https://x {file:b}\"") == ["b|{file:b}"])
    #expect(paths(marks, "{file:} {file:a\nb} {file:c").isEmpty)
    #expect(paths(marks, "${file:a}") == ["a|{file:a}"])
    #expect(paths(InclusionPattern(start: "{file:", end: "}", escape: "$"), "${file:a} {file:b}") == ["b|{file:b}"])
  }

  @Test("A mark can be the whole value of one field")
  func field() {
    let marks = InclusionPattern(start: "file://", end: "", field: "prompt")
    let text = "{\"resources\": [\"file://r.md\"], \"prompt\"\n : \"file://./p.md\", \"other\": \"file://o.md\"}"
    #expect(paths(marks, text) == ["./p.md|file://./p.md"])
    #expect(paths(marks, "{\"prompt\": \"See file://p.md\"}").isEmpty)
    #expect(paths(marks, "{\"my-prompt\": \"file://p.md\"}").isEmpty)
  }
}
