import Agents
import Catalogs
import Files
import Scanning
import Support
import Synchronization
import Testing

@testable import Gathering

@Suite("Reading catalogs")
struct CatalogReaderTests {
  private static let long = (1...40).map { "Step \($0) of the work is done with care." }.joined(separator: "\n")

  private let agents = [
    "a.md": file("linter", "Reads code.", body: long), "b.md": file("linter", "Reads prose.", body: long + "\nEnd."),
    "sub/c.md": file("planner", "Plans.", body: "See [it](../a.md)."), "notes.md": "Only notes.\n",
  ]

  @Test("A catalog has all agents, and documents without frontmatter")
  func everything() async throws {
    let place = try Place(agents)
    let snapshot = try await place.readFresh()
    #expect(Set(descriptions(snapshot)) == ["Reads code.", "Reads prose.", "Plans."])
    #expect(snapshot.catalog.documents.map(\.document.source.publishedPath) == ["team/notes.md"])
    #expect(snapshot.catalog.pairs.count == 1, "two prompts are nearly the same")
    #expect(snapshot.unreadable == [])
    let planner = try #require(snapshot.catalog.entries.first { $0.agent.name == "planner" })
    #expect(try snapshot.texts.bytes(planner.agent.source) == Array(try #require(agents["sub/c.md"]).utf8))
  }

  @Test("A file that vanished after the scan is reported, and the others are read")
  func vanished() async throws {
    let place = try Place(agents)
    let scan = try place.scan()
    try place.remove("a.md")
    let snapshot = try await place.reader().read(scan).catalog()
    #expect(descriptions(snapshot).sorted() == ["Plans.", "Reads prose."])
    #expect(
      snapshot.unreadable == [
        UnreadFile(
          displayPath: place.path("a.md"), publishedPath: "team/a.md", reason: "No such file or directory")
      ])
  }

  @Test("The catalog is the same with and without a cache")
  func same() async throws {
    let place = try Place(agents)
    let expected = try facts(try await place.readFresh())
    for isSettled in [true, true, false, true] {
      #expect(try facts(try await place.readAndKeep(place.scan(isSettled: isSettled))) == expected)
    }
  }

  // MARK: Reading again

  @Test("Unchanged files are read again only without a cache")
  func progress() async throws {
    let names = (0..<64).map { "\($0).md" }
    let place = try Place(Dictionary(uniqueKeysWithValues: names.map { ($0, file("agent")) }))
    let calls = Mutex<[[Int]]>([])
    func read(_ cache: CacheFolder?) async throws -> [[Int]] {
      calls.withLock { $0 = [] }
      let snapshot = try await place.reader(cache: cache).read(try place.scan()) { done, all in
        calls.withLock { $0.append([done, all]) }
      }.catalog()
      await snapshot.keep()
      #expect(snapshot.catalog.entries.count == 64)
      return calls.withLock { $0 }
    }
    #expect(try await read(nil) == [[64, 64]])
    #expect(try await read(CacheFolder.open(place.cachePath)) == [[64, 64]])
    #expect(try await read(CacheFolder.open(place.cachePath)) == [])
    #expect(try await read(nil) == [[64, 64]])
  }

  @Test("Unchanged records come from the cache, and changed files are read")
  func changed() async throws {
    let place = try Place(["a.md": file("a", "Old."), "b.md": file("b", "Stays.")])
    let scan = try place.scan()
    _ = try await place.readAndKeep(scan)
    try place.write(file("a", "New."), to: "a.md")
    // According to the earlier scan nothing has changed, so the file is not read.
    #expect(descriptions(try await place.readAndKeep(scan)) == ["Old.", "Stays."])
    #expect(descriptions(try await place.readAndKeep()) == ["New.", "Stays."])
    #expect(descriptions(try await place.readAndKeep()) == ["New.", "Stays."])
  }

  @Test("A file is read again if it changed too recently for its times to be reliable")
  func unsettled() async throws {
    let place = try Place(["a.md": file("a", "Old.")])
    let scan = try place.scan(isSettled: false)
    _ = try await place.readAndKeep(scan)
    try place.write(file("a", "New."), to: "a.md")
    #expect(descriptions(try await place.readAndKeep(scan)) == ["New."])
  }

  @Test("Cached records stay with their files when others are added, removed or renamed")
  func moved() async throws {
    let place = try Place(agents)
    _ = try await place.readAndKeep()
    try place.write(file("early", "Comes first."), to: "0.md")
    #expect(try facts(try await place.readAndKeep()) == facts(try await place.readFresh()))
    try place.remove("a.md")
    try Disk.replace(place.path("z.md"), by: place.path("b.md"))
    let snapshot = try await place.readAndKeep()
    #expect(try facts(snapshot) == facts(try await place.readFresh()))
    #expect(
      snapshot.catalog.entries.map(\.agent.source.publishedPath).sorted() == [
        "team/0.md", "team/sub/c.md", "team/z.md",
      ])
  }

  @Test("A file is read again when a manifest makes it part of a plugin")
  func plugin() async throws {
    let place = try Place(["review/agents/a.md": file("a"), "other/b.md": file("b")])
    _ = try await place.readAndKeep()
    try place.write(#"{"name": "review"}"#, to: "review/.claude-plugin/plugin.json")
    let snapshot = try await place.readAndKeep()
    #expect(try facts(snapshot) == facts(try await place.readFresh()))
    #expect(snapshot.catalog.entries.count { $0.agent.source.plugin != nil } == 1)
  }

  // MARK: Broken caches

  @Test("A broken cache does not change the catalog")
  func broken() async throws {
    let place = try Place(agents)
    let expected = try facts(try await place.readFresh())
    _ = try await place.readAndKeep()
    for name in ["key", "sources", "records/0"] {
      let file = "\(place.cachePath)/\(name)"
      let whole = try Disk.read(file).get()
      var states = [[], Array(whole.dropLast()), whole + [0], Array(repeating: 0, count: whole.count)]
      for position in stride(from: 0, to: whole.count, by: max(1, whole.count / 12)) {
        var bytes = whole
        bytes[position] ^= 0x55
        states.append(bytes)
      }
      for bytes in states {
        try Disk.write(bytes, to: file)
        let snapshot = try await place.reader(cache: .open(place.cachePath)).read(place.scan()).catalog()
        #expect(try facts(snapshot) == expected, "\(name)")
      }
      try Disk.removeFile(file)
      #expect(try facts(try await place.readAndKeep()) == expected, "without \(name)")
    }
  }

  @Test("A cache left half-written by a killed build does not change the catalog")
  func torn() async throws {
    let place = try Place(["a.md": file("a", "Old."), "b.md": file("b")])
    _ = try await place.readAndKeep()
    let records = try Disk.read("\(place.cachePath)/records/0").get()
    try place.write(file("a", "New."), to: "a.md")
    _ = try await place.readAndKeep()
    try Disk.write(records, to: "\(place.cachePath)/records/0")
    #expect(descriptions(try await place.readAndKeep()) == ["New.", "Does a thing."])
  }

  @Test("The cache of another folder is ignored")
  func foreign() async throws {
    let (place, other) = (try Place(["a.md": file("a", "Mine.")]), try Place(["a.md": file("a", "Else.")]))
    _ = try await place.readAndKeep()
    _ = try await other.readAndKeep()
    // Files of another cache, in the folder with this cache's key.
    for name in ["sources", "records/0"] {
      try Disk.write(Disk.read("\(other.cachePath)/\(name)").get(), to: "\(place.cachePath)/\(name)")
    }
    #expect(descriptions(try await place.readAndKeep()) == ["Mine."])
    // The whole cache of another folder.
    let shared = try CacheFolder.open(other.cachePath)
    #expect(descriptions(try await place.reader(cache: shared).read(place.scan()).catalog()) == ["Mine."])
  }

  @Test("Records of another program version are ignored")
  func otherProgram() async throws {
    let place = try Place(["a.md": file("a", "Old.")])
    let scan = try place.scan()
    _ = try await place.readAndKeep(scan, program: [1])
    try place.write(file("a", "New."), to: "a.md")
    #expect(descriptions(try await place.readAndKeep(scan, program: [1])) == ["Old."])
    #expect(descriptions(try await place.readAndKeep(scan, program: [2])) == ["New."])
  }

  @Test("A cache opened for reading is not written")
  func readOnly() async throws {
    let place = try Place(["a.md": file("a", "Old.")])
    _ = try await place.readAndKeep()
    try place.write(file("a", "New."), to: "a.md")
    let before = try Disk.read("\(place.cachePath)/sources").get()
    let cache = try #require(CacheFolder.openForReading(place.cachePath))
    let snapshot = try await place.reader(cache: cache).read(place.scan()).catalog()
    await snapshot.keep()
    #expect(descriptions(snapshot) == ["New."])
    #expect(try Disk.read("\(place.cachePath)/sources").get() == before)
  }

  // MARK: Changing files

  @Test("Reading a file that changed since then throws an error", arguments: [true, false])
  func changing(isCached: Bool) async throws {
    let place = try Place(["a.md": file("a"), "b.md": file("b")])
    if isCached { _ = try await place.readAndKeep() }
    let snapshot = try await place.reader(cache: .open(place.cachePath)).read(place.scan()).catalog()
    let source = try #require(snapshot.catalog.entries.first).agent.source
    try place.write(file("a", body: "Else."), to: "a.md")
    let error = SourceChanged(path: place.path("a.md"))
    #expect(throws: error) { try snapshot.texts.bytes(source) }
    #expect(throws: error) { try snapshot.texts.rendering(source) }
    #expect(
      error.description == "\(place.path("a.md")) changed while it was being read; run the command again")
    try place.remove("a.md")
    #expect(throws: error) { try snapshot.texts.bytes(source) }
    let other = try #require(snapshot.catalog.entries.last).agent.source
    #expect(try snapshot.texts.bytes(other) == Array(file("b").utf8))
  }

  @Test("The rendered text of a changed file is kept, in memory or in a temporary file", arguments: [1, 1 << 20])
  func held(memoryLimit: Int) async throws {
    let place = try Place(["a.md": file("a", body: "As it was read.")])
    let snapshot = try await place.reader(cache: .temporary(), memoryLimit: memoryLimit).read(place.scan()).catalog()
    let source = try #require(snapshot.catalog.entries.first).agent.source
    try place.write(file("a", body: "Else."), to: "a.md")
    #expect(try html(of: source, in: snapshot) == "<p>As it was read.</p>\n")
  }

  @Test("A file that changes before prompts are compared stops the build")
  func changingPrompt() async throws {
    let place = try Place(agents)
    let sources = await place.reader().read(try place.scan())
    try place.write(file("linter", "Reads code.", body: "Something short."), to: "a.md")
    await #expect(throws: SourceChanged(path: place.path("a.md"))) { try await sources.catalog() }
  }
}
