import Files
import Foundation
import Testing

@testable import Previewing

@Suite("Problem excerpts")
struct TroubleTests {
  @Test("A file that became too short has no excerpt")
  func shrunk() throws {
    let folder = try Disk.makeTemporaryFolder()
    defer { Disk.removeTree(folder) }
    let file = "\(folder)/a.md"
    try Disk.write(Array("one\ntwo\nthree\nfour\nfive".utf8), to: file)
    let whole = PreviewSite.Trouble(message: "m", file: file, line: 4, column: 1)
    #expect(whole.excerpt.map(\.number) == [2, 3, 4, 5] && whole.excerpt.last?.text == "five")
    try Disk.write(Array("one".utf8), to: file)
    for line in [1, 2, 4, 5000] {
      let trouble = PreviewSite.Trouble(message: "m", file: file, line: line, column: 1)
      #expect(trouble.line == line && trouble.excerpt.map(\.text) == (line == 1 ? ["one"] : []))
    }
    try Disk.write([], to: file)
    #expect(PreviewSite.Trouble(message: "m", file: file, line: 7, column: 1).excerpt == [])
    try Disk.removeFile(file)
    #expect(PreviewSite.Trouble(message: "m", file: file, line: 7, column: 1).excerpt == [])
  }
}
