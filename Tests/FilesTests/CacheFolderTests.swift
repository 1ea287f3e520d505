import Foundation
import Testing

@testable import Files

@Suite("Cache folders")
struct CacheFolderTests {
  private let root: String

  init() throws { root = try Disk.makeTemporaryFolder() }

  private func cleanUp() { Disk.removeTree(root) }

  @Test("Entries and the key survive reopening")
  func keeps() throws {
    defer { cleanUp() }
    let cache = try CacheFolder.open("\(root)/a/b")
    #expect(cache.write([1, 2, 3], to: "records/0"))
    let again = try CacheFolder.open("\(root)/a/b")
    #expect(again.key == cache.key)
    #expect(again.read("records/0") == [1, 2, 3])
    #expect(CacheFolder.openForReading("\(root)/a/b")?.read("records/0") == [1, 2, 3])
    #expect(again.read("records/1") == nil)
    again.remove("records/0")
    #expect(again.read("records/0") == nil)
  }

  @Test("Broken entries and entries of another cache read as missing")
  func broken() throws {
    defer { cleanUp() }
    let (cache, other) = (try CacheFolder.open("\(root)/a"), try CacheFolder.open("\(root)/b"))
    #expect(other.write([1, 2, 3], to: "x"))
    let bytes = try #require(other.content(of: "x"))
    try Disk.write(bytes, to: cache.path(of: "x"))
    #expect(cache.read("x") == nil)
    for index in bytes.indices {
      var spoilt = bytes
      spoilt[index] ^= 0x40
      try Disk.write(spoilt, to: other.path(of: "x"))
      #expect(other.read("x") == nil)
    }
    try Disk.write([1], to: other.path(of: "key"))
    #expect(try CacheFolder.open("\(root)/b").key != other.key)
  }

  @Test("A cache folder is private, and one that others can enter is rejected")
  func privacy() throws {
    defer { cleanUp() }
    let cache = try CacheFolder.open("\(root)/a/b")
    for folder in ["\(root)/a", cache.path] { try Disk.requirePrivate(folder) }
    chmod(cache.path, 0o755)
    #expect(throws: Disk.Failure.self) { try CacheFolder.open(cache.path) }
    #expect(CacheFolder.openForReading(cache.path) == nil)
    try FileManager.default.createSymbolicLink(atPath: "\(root)/link", withDestinationPath: "\(root)/a")
    #expect(throws: Disk.Failure.self) { try CacheFolder.open("\(root)/link") }
  }

  @Test("A failed write is reported with its reason")
  func unwritable() throws {
    defer { cleanUp() }
    let cache = try CacheFolder.open("\(root)/a")
    #expect(cache.failure == nil)
    Disk.removeTree(cache.path)
    try Disk.write([], to: cache.path)
    #expect(!cache.write([1], to: "x"))
    #expect(cache.failure?.reason == "Not a directory")
    let temporary = try CacheFolder.temporary()
    #expect(!temporary.write([1], to: "x") && temporary.read("x") == nil && temporary.failure == nil)
    temporary.removeAll()
    #expect(Disk.kind(temporary.path) == nil)
  }

  @Test("Concurrent writers never leave a partial entry")
  func writers() async throws {
    defer { cleanUp() }
    let folder = "\(root)/a"
    let first = try CacheFolder.open(folder)
    let wrong = await concurrentMap(Array(0..<400), jobs: 8) { number in
      guard let cache = try? CacheFolder.open(folder) else { return true }
      cache.write(Array(repeating: UInt8(number % 251), count: 5000 + number), to: "x")
      return cache.read("x").map { Set($0).count != 1 } ?? true
    }
    #expect(!wrong.contains(true))
    #expect(Disk.names(in: first.path(of: "new")).isEmpty)
  }
}
