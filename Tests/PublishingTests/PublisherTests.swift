import Agents
import Catalogs
import Files
import Foundation
import Pages
import Testing

@testable import Publishing

@Suite("Publishing")
struct PublisherTests {
  /// A folder that is gone when the test is over.
  private final class Folder {
    let path: String
    init() throws {
      path = FileManager.default.temporaryDirectory.path() + "/roster-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, _ name: String) throws {
      let file = URL(fileURLWithPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: false, encoding: .utf8)
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
    func text(_ name: String) -> String? { try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    /// Every file with its content, but for what Roster keeps for itself.
    func content() throws -> [String: Data] {
      var content: [String: Data] = [:]
      for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init()
      where !name.hasPrefix(".roster") {
        if let data = FileManager.default.contents(atPath: "\(path)/\(name)"), !(try isFolder(name)) {
          content[name] = data
        }
      }
      return content
    }

    private func isFolder(_ name: String) throws -> Bool {
      try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.type] as? FileAttributeType == .typeDirectory
    }
  }

  private func site(_ names: [String]) async throws -> Site {
    let readings = try names.map { name in
      AgentReader().read(
        SourceFile(
          path: try #require(RelativePath("\(name).md")), collection: 0,
          bytes: Array("---\nname: \(name)\ndescription: Does \(name).\n---\n\nBody of \(name).\n".utf8)))
    }
    return await Site(Catalog(readings, collections: [Collection(name: "all", folder: "all")]), theme: try SiteTheme())
  }

  @Test("writes what is new, leaves what stands, removes what an earlier run wrote")
  func rebuild() async throws {
    let folder = try Folder()
    let publisher = Publisher(folder: folder.path, jobs: 4)
    let first = try await publisher.publish(try await site(["a", "b"]))
    #expect(first.unchanged == 0 && first.written > 10)
    let again = try await publisher.publish(try await site(["a", "b"]))
    #expect(again == .init(written: 0, unchanged: first.written, removed: 0))
    let less = try await publisher.publish(try await site(["a"]))
    #expect(less.removed == 2)
    #expect(!folder.has("agents/b.html") && !folder.has("agents/b.md") && folder.has("agents/a.html"))
    let clean = try Folder()
    _ = try await Publisher(folder: clean.path, jobs: 1).publish(try await site(["a"]))
    #expect(try folder.content() == clean.content())
  }

  @Test("leaves every file alone that it did not write")
  func foreign() async throws {
    let folder = try Folder()
    try folder.write("mine", "notes.txt")
    try folder.write("mine", "agents/keep.txt")
    _ = try await Publisher(folder: folder.path, jobs: 2).publish(try await site(["a"]))
    _ = try await Publisher(folder: folder.path, jobs: 2).publish(try await site([]))
    #expect(folder.text("notes.txt") == "mine")
    #expect(folder.text("agents/keep.txt") == "mine")
    #expect(!folder.has("agents/a.html"))
  }

  @Test("refuses to write over what it did not write, before it writes anything")
  func collision() async throws {
    let folder = try Folder()
    try folder.write("mine", "index.html")
    await #expect(throws: PublishingError.foreignFiles(folder: folder.path, files: ["index.html"])) {
      try await Publisher(folder: folder.path, jobs: 2).publish(try await site(["a"]))
    }
    #expect(folder.text("index.html") == "mine")
    #expect(!folder.has("agents/a.html"))
  }

  @Test("writes through no link")
  func links() async throws {
    let folder = try Folder()
    let elsewhere = try Folder()
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/agents", withDestinationPath: elsewhere.path)
    await #expect(throws: PublishingError.self) {
      try await Publisher(folder: folder.path, jobs: 2).publish(try await site(["a"]))
    }
    #expect(try elsewhere.content().isEmpty)
  }

  @Test("puts back what somebody changed or removed")
  func repair() async throws {
    let folder = try Folder()
    _ = try await Publisher(folder: folder.path, jobs: 2).publish(try await site(["a"]))
    let before = try folder.content()
    try folder.write("spoilt", "index.html")
    try FileManager.default.removeItem(atPath: "\(folder.path)/agents/a.html")
    let outcome = try await Publisher(folder: folder.path, jobs: 2).publish(try await site(["a"]))
    #expect(outcome.written == 2)
    #expect(try folder.content() == before)
  }

  @Test("lets one build at a time write to a folder")
  func lock() async throws {
    let folder = try Folder()
    _ = try await Publisher(folder: folder.path, jobs: 1).publish(try await site(["a"]))
    let held = try Disk.lock("\(folder.path)/.roster/lock")
    await #expect(throws: PublishingError.self) {
      try await Publisher(folder: folder.path, jobs: 1).publish(try await site(["a"]))
    }
    Disk.unlock(held)
    _ = try await Publisher(folder: folder.path, jobs: 1).publish(try await site(["a"]))
  }

  @Test("reads a manifest of its own only, and no path in it that leaves the folder")
  func manifest() {
    let manifest = Manifest(["b/ä.html", "a.html"])
    #expect(Manifest(manifest.bytes) == manifest)
    #expect(Manifest(Array("something else\n".utf8)) == nil)
    #expect(Manifest(Array("roster manifest 1\n../x\n/etc/passwd\na.html\n".utf8))?.paths == ["a.html"])
  }

  @Test("refuses folders that would be a mistake")
  func outputs() async throws {
    let folder = try Folder()
    try folder.write("x", "sources/agents/a.md")
    try folder.write("x", "file")
    func objection(_ output: String) -> String? {
      OutputFolder.objection(to: output, sources: ["\(folder.path)/sources/agents"], home: "\(folder.path)/home")
    }
    #expect(objection("/") != nil)
    #expect(objection("\(folder.path)/home") != nil)
    #expect(objection("\(folder.path)/home/") != nil)
    #expect(objection("\(folder.path)/sources") != nil)
    #expect(objection("\(folder.path)/sources/agents") != nil)
    #expect(objection("\(folder.path)/sources/../sources") != nil)
    #expect(objection("\(folder.path)/file") != nil)
    #expect(objection("\(folder.path)/sources/agents/site") == nil)
    #expect(objection("\(folder.path)/new/folder") == nil)
  }
}
