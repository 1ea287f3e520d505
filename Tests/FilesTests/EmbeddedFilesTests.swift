import Foundation
import Testing

@testable import Files

@Suite("Embedded files")
struct EmbeddedFilesTests {
  @Test("The program embeds exactly the files of the theme and of each module's Resources")
  func complete() throws {
    let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardizedFileURL
    let modules = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path())
    var files: [String: [UInt8]] = [:]
    for folder in ["Theme/Templates", "Theme/Assets"] + modules.map({ "Sources/\($0)/Resources" }) {
      let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path())
      for name in names ?? [] {
        files["\(folder)/\(name)"] = Array(try Data(contentsOf: root.appending(path: "\(folder)/\(name)")))
      }
    }
    let embedded = EmbeddedFiles.all
    #expect(Set(embedded.keys) == Set(files.keys), "Sources/CEmbedded/embedded.c does not match the folders")
    #expect(files.count > 60 && files.keys.filter { files[$0] != embedded[$0] } == [])
    #expect(EmbeddedFiles.files(in: "Theme/Assets")["icon.svg"] == files["Theme/Assets/icon.svg"])
  }
}
