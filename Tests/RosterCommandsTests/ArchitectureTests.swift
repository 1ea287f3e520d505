import Foundation
import Testing

/// Imports must match the table in ARCHITECTURE.md.
@Suite("Architecture")
struct ArchitectureTests {
  private let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardizedFileURL

  @Test("Imports match ARCHITECTURE.md")
  func imports() throws {
    let allowed = try table()
    #expect(allowed.count > 10)
    let ours = Set(allowed.keys)
    for (module, mayImport) in allowed where module != "CCMarkGFM" {
      for file in try swiftFiles(root.appending(path: "Sources/\(module)")) {
        let imports = try String(contentsOf: file, encoding: .utf8).matches(of: /(?m)^import (\w+)/).map {
          String($0.output.1)
        }
        for name in imports where ours.contains(name) || Self.libraries.contains(name) {
          #expect(
            mayImport.contains(name) || mayImport.contains("all"), "\(module)/\(file.lastPathComponent) imports \(name)"
          )
        }
      }
    }
  }

  @Test("ARCHITECTURE.md lists every module")
  func complete() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path())
    #expect(Set(modules) == Set(try table().keys))
  }

  private static let libraries: Set<String> = [
    "ArgumentParser", "NIOCore", "NIOHTTP1", "NIOPosix", "TOMLKit", "Yams",
  ]

  /// The rows of the table: each module with the modules that it may import.
  private func table() throws -> [String: Set<String>] {
    let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
    var rows: [String: Set<String>] = [:]
    for match in text.matches(of: /(?m)^\| `(\w+)` \|[^|]*\| ([^|]*) \|$/) {
      rows[String(match.output.1)] = Set(match.output.2.matches(of: /\w+/).map { String($0.output) })
    }
    return rows
  }

  private func swiftFiles(_ folder: URL) throws -> [URL] {
    let names = FileManager.default.enumerator(atPath: folder.path())?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.map { folder.appending(path: $0) }
  }
}
