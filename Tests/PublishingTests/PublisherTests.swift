import Files
import Foundation
import Support
import Synchronization
import Testing

@testable import Pages
@testable import Publishing

@Suite("Publishing")
struct PublisherTests {
  /// A temporary folder, removed after the test.
  private final class Folder {
    let path: String
    init() throws {
      path = FileManager.default.temporaryDirectory.path() + "/roster-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { for end in ["", "-cache"] { try? FileManager.default.removeItem(atPath: path + end) } }

    func write(_ text: String, _ name: String) throws {
      let file = URL(fileURLWithPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: false, encoding: .utf8)
    }

    var name: String { path.lastName }
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }
    func text(_ name: String) -> String? { try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    /// All files with their content, except those in `.roster`.
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

  private func site(_ names: [String], key: DigestKey) async throws -> Site {
    let sources = try names.map { name in
      (
        source: SourceFile(path: try #require(RelativePath("\(name).md")), collection: 0),
        bytes: Array("---\nname: \(name)\ndescription: Does \(name).\n---\n\nBody.\n".utf8)
      )
    }
    let read = await MemoryCatalog(sources, key: key)
    return await Site(read.catalog, theme: try SiteTheme(), texts: read.texts, key: key)
  }

  /// The cache of a folder, next to it.
  private func cache(of folder: String) throws -> CacheFolder { try .open("\(folder)-cache") }

  @discardableResult
  private func publish(_ names: [String], to folder: String, jobs: Int = 2) async throws -> Publisher.Outcome {
    let publisher = Publisher(folder: folder, cache: try cache(of: folder), jobs: jobs)
    let last = publisher.lastRun
    var digester = Digester(key: last.key)
    digester.add(names)
    return try await publisher.publish(
      try await site(names, key: last.key), after: last, inputs: digester.digest, recipe: last.key.digest([]), note: [7]
    )
  }

  @Test("Unchanged files are not written again, and old files are removed")
  func rebuild() async throws {
    let folder = try Folder()
    let first = try await publish(["a", "b"], to: folder.path, jobs: 4)
    #expect(first.unchanged == 0 && first.written > 10)
    let again = try await publish(["a", "b"], to: folder.path, jobs: 4)
    #expect(again.written == 0 && again.unchanged == first.written && again.removed == 0)
    #expect(first.laidOut == first.written && again.laidOut < first.laidOut && again.bytesWritten == 0)
    let sizes = try FileManager.default.subpathsOfDirectory(atPath: folder.path).map {
      Disk.kind("\(folder.path)/\($0)") == .file && !$0.hasPrefix(".roster/")
        ? Disk.identity("\(folder.path)/\($0)")?.size ?? 0 : 0
    }
    #expect(first.bytesWritten == sizes.reduce(0, +))
    let less = try await publish(["a"], to: folder.path, jobs: 4)
    #expect(less.removed == 3)
    #expect(!folder.has("agents/all/b.html") && !folder.has("agents/all/b.md") && folder.has("agents/all/a.html"))
    let clean = try Folder()
    try await publish(["a"], to: clean.path, jobs: 1)
    #expect(try folder.content() == clean.content())
  }

  @Test("Large files equal those of a clean build after every change")
  func pieces() async throws {
    let folder = try Folder()
    // Agents are added, removed and moved, including the first and the last one.
    for names in [["b", "c"], ["b", "c", "d"], ["a", "b", "c", "d"], ["a", "d"], ["d"], [], ["c", "a"]] {
      try await publish(names, to: folder.path)
      let clean = try Folder()
      try await publish(names, to: clean.path)
      for file in ["catalog.json", "catalog.ndjson"] {
        let isSame = try folder.content()[file] == clean.content()[file]
        #expect(isSame, "\(file) of \(names)")
      }
    }
    try folder.write("{}", "catalog.ndjson")
    try await publish(["a", "c"], to: folder.path)
    #expect(folder.text("catalog.ndjson")?.hasPrefix("{\"id\":\"a\"") ?? false)
  }

  @Test("Runs of known pieces are copied in one step")
  func copiedPieces() throws {
    let folder = try Folder()
    let key = DigestKey.random()
    func fingerprint(_ name: String) -> Digest { key.digest(Array(name.utf8)) }
    try folder.write("<1234>", "large")
    let path = "\(folder.path)/large"
    let output = LastRun.Output(
      identity: try #require(Disk.identity(path)), content: nil, fingerprint: nil,
      pieces: .init(
        recipe: fingerprint("recipe"), fingerprints: [nil] + "1234".map { fingerprint("\($0)") } + [nil],
        lengths: [1, 1, 1, 1, 1, 1]))
    let past = try #require(PastPieces(path, output, recipe: fingerprint("recipe")))
    #expect(PastPieces(path, output, recipe: fingerprint("another recipe")) == nil)
    let wanted = SiteFile.Pieces(
      fingerprints: [nil] + "234x1y".map { fingerprint("\($0)") } + [nil], groups: [0..<1, 1..<5, 5..<7, 7..<8]
    ) { _ in .init(bytes: [], ends: []) }
    let steps = PastPieces.steps(to: wanted, after: past)
    #expect(steps.map(\.pieces) == [0..<1, 1..<4, 4..<5, 5..<6, 6..<7, 7..<8])
    #expect(steps.map(\.standing) == [nil, 2..<5, nil, 1..<2, nil, nil])
    #expect(past.bytes(2..<5) == Array("234".utf8) && past.bytes(4..<9) == nil)
    // Without a previous file, each group is made in one step.
    #expect(PastPieces.steps(to: wanted, after: nil).map(\.pieces) == wanted.groups)
    try folder.write("<12345>", "large")
    #expect(PastPieces(path, output, recipe: fingerprint("recipe")) == nil)
  }

  @Test("Urgent files are written first, and the result is the same")
  func urgency() async throws {
    let folder = try Folder()
    let publisher = Publisher(folder: folder.path, cache: try cache(of: folder.path), jobs: 4)
    let last = publisher.lastRun
    let atReady = Mutex<(files: Set<String>, standing: Set<String>)?>(nil)
    let path = folder.path
    let urgency = Publisher.Urgency(isUrgent: { $0 == "agents/all/b.html" || $0.hasPrefix("assets/") }) { files in
      let standing = (FileManager.default.enumerator(atPath: path) ?? .init()).compactMap { $0 as? String }
      atReady.withLock { $0 = (files, Set(standing.filter { $0.contains(".") && !$0.hasPrefix(".roster") })) }
    }
    let outcome = try await publisher.publish(
      try await site(["a", "b"], key: last.key), after: last, inputs: last.key.digest([]), recipe: last.key.digest([]),
      urgency: urgency)
    let (files, standing) = try #require(atReady.withLock { $0 })
    #expect(files.contains("agents/all/b.html") && files.count > 3)
    #expect(standing == files)
    let plain = try Folder()
    #expect(try await publish(["a", "b"], to: plain.path) == outcome)
    #expect(try folder.content() == plain.content())
  }

  @Test("Files that Roster did not write are never changed")
  func foreign() async throws {
    let folder = try Folder()
    try folder.write("mine", "notes.txt")
    try folder.write("mine", "agents/keep.txt")
    try await publish(["a"], to: folder.path, jobs: 2)
    try await publish([], to: folder.path, jobs: 2)
    #expect(folder.text("notes.txt") == "mine")
    #expect(folder.text("agents/keep.txt") == "mine")
    #expect(!folder.has("agents/all/a.html"))
  }

  @Test("A foreign file in the way stops the build before it writes anything")
  func collision() async throws {
    let folder = try Folder()
    try folder.write("mine", "index.html")
    await #expect(throws: PublishingError.foreignFiles(folder: folder.path, files: ["index.html"])) {
      try await publish(["a"], to: folder.path, jobs: 2)
    }
    #expect(folder.text("index.html") == "mine")
    #expect(!folder.has("agents/all/a.html"))
  }

  @Test("Nothing is written through a symbolic link")
  func links() async throws {
    let folder = try Folder()
    let elsewhere = try Folder()
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/agents", withDestinationPath: elsewhere.path)
    await #expect(throws: PublishingError.self) {
      try await publish(["a"], to: folder.path, jobs: 2)
    }
    #expect(try elsewhere.content().isEmpty)
  }

  @Test("Changed and removed files are restored")
  func repair() async throws {
    let folder = try Folder()
    try await publish(["a"], to: folder.path, jobs: 2)
    let before = try folder.content()
    try folder.write("spoilt", "index.html")
    try FileManager.default.removeItem(atPath: "\(folder.path)/agents/all/a.html")
    let outcome = try await publish(["a"], to: folder.path, jobs: 2)
    #expect(outcome.written == 2)
    #expect(try folder.content() == before)
  }

  @Test("Only one build at a time can write to a folder")
  func lock() async throws {
    let folder = try Folder()
    try await publish(["a"], to: folder.path, jobs: 1)
    let held = try Disk.lock("\(folder.path)/.roster/lock")
    await #expect(throws: PublishingError.self) {
      try await publish(["a"], to: folder.path, jobs: 1)
    }
    Disk.unlock(held, at: "\(folder.path)/.roster/lock")
    try await publish(["a"], to: folder.path, jobs: 1)
  }

  @Test("The note of the last run is returned only if the inputs and all files are unchanged")
  func standing() async throws {
    let folder = try Folder()
    try await publish(["a"], to: folder.path)
    let publisher = Publisher(folder: folder.path, cache: try cache(of: folder.path), jobs: 2)
    let last = publisher.lastRun
    var digester = Digester(key: last.key)
    digester.add(["a"])
    #expect(await publisher.standingNote(last, inputs: digester.digest) == [7])
    #expect(await publisher.standingNote(last, inputs: last.key.digest([1])) == nil)
    try folder.write("spoilt", "index.html")
    #expect(await publisher.standingNote(last, inputs: digester.digest) == nil)
  }

  @Test(
    "A build repairs a broken or missing manifest and cache", arguments: ["manifest", "outputs", "both"])
  func broken(what: String) async throws {
    let folder = try Folder()
    try await publish(["a", "b"], to: folder.path)
    try folder.write("mine", "agents/all/mine.html")
    let files = ["manifest": ".roster/manifest", "outputs": "../\(folder.name)-cache/outputs"]
    for (name, file) in files where [name, "both"].contains(what) { try folder.write("noise", file) }
    try await publish(["a"], to: folder.path)
    #expect(!folder.has("agents/all/b.html") && !folder.has("agents/all/b.md"))
    #expect(folder.text("agents/all/mine.html") == "mine")
    for file in files.values { try FileManager.default.removeItem(atPath: "\(folder.path)/\(file)") }
    try await publish(["c"], to: folder.path)
    let clean = try Folder()
    try clean.write("mine", "agents/all/mine.html")
    try await publish(["c"], to: clean.path)
    #expect(try folder.content() == clean.content())
  }

  @Test("Foreign, corrupted and unsafe manifests are rejected")
  func manifest() {
    let manifest = Manifest(["b/ä.html", "a.html"])
    #expect(Manifest(manifest.bytes) == manifest)
    #expect(Manifest(Array("something else\n".utf8)) == nil)
    #expect(Manifest(Manifest(["../x", "a.html"]).bytes) == nil)
    for index in manifest.bytes.indices {
      var bytes = manifest.bytes
      bytes[index] ^= 0x01
      #expect(Manifest(bytes) == nil)
    }
  }

  @Test("The root, the home folder, source folders and files are rejected as output")
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
