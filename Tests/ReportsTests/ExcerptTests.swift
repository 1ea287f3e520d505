import Files
import Foundation
import Testing

@testable import Reports

@Suite("Reports on changed files")
struct ExcerptTests {
  private let text = Array("---\nname: a\n---\n\nUse /home/ada/x.\r\nMore.\n".utf8)

  private var file: FileFindings {
    let range = 21..<32
    guard let path = RelativePath("a.md") else { preconditionFailure("a.md is a path") }
    return FileFindings(
      SourceFile(path: path, collection: 0),
      findings: [
        Finding(
          rule: "path-local", severity: .note, message: "m", help: "h.", range: range,
          location: SourceLocation(line: 5, column: 5), end: SourceLocation(line: 5, column: 16)),
        Finding(rule: "body-empty", severity: .error, message: "n", help: "h."),
      ])
  }

  @Test("Every finding is reported, with its line only while that is unchanged")
  func shrinking() {
    let whole = TextReport().text(of: file, bytes: text)
    #expect(whole.contains("5 | Use /home/ada/x.") && whole.contains("^~~~~~~~~~~"))
    for size in 0..<32 {
      let report = TextReport().text(of: file, bytes: Array(text.prefix(size)))
      #expect(report.contains("a.md:5:5") && report.contains("[body-empty]") && !report.contains(" | "), "\(size)")
      let sarif = SARIFReport.text(of: [file], rules: [], program: ("roster", "1")) { _ in Array(text.prefix(size)) }
      #expect(sarif.contains("path-local") && sarif.contains("body-empty") && !sarif.contains("startLine"), "\(size)")
    }
    #expect(
      !TextReport().text(of: file, bytes: Array(repeating: 0x0A, count: 100)).contains(" | "),
      "the line is a different one")
  }
}
