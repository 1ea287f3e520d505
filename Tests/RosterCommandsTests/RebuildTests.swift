import Catalogs
import Files
import Foundation
import Testing

@testable import RosterCommands

/// What a rebuild reads and writes. Tests/Site/test_rebuild.py compares rebuilds after random changes with clean builds.
@Suite("Rebuilds")
struct RebuildTests {
  /// A folder with sources, a theme, a configuration and a site.
  private final class Workplace {
    let root: String
    var source: String { "\(root)/agents" }
    var site: String { "\(root)/site" }
    var cache: String { "\(root)/cache" }
    /// The time of scans, or nil for the current time. With a later time, no source counts as freshly written.
    var scanTime: Int?

    init() throws {
      root = FileManager.default.temporaryDirectory.path() + "/roster-rebuild-\(UUID().uuidString)"
      for folder in ["agents", "theme/Templates", "theme/Assets"] {
        try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
      }
      try write("title: Agents\n", "roster.yml")
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ text: String, _ name: String) throws {
      let url = URL(fileURLWithPath: "\(root)/\(name)")
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }

    func read(_ name: String) -> String { (try? String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)) ?? "" }

    func files(below folder: String) -> [String] {
      let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
      return names.filter { Disk.kind("\(root)/\(folder)/\($0)") == .file }.map { "\(folder)/\($0)" }.sorted()
    }

    func build(into output: String, jobs: Int) async throws -> Road.Result {
      let command = try BuildCommand.parse([
        source, "--output", output, "--config", "\(root)/roster.yml", "--theme", "\(root)/theme", "--no-search",
        "--quiet", "--jobs", String(jobs), "--cache", cache,
      ])
      var plan = try BuildPlan(command)
      plan.scanTime = scanTime
      let folder = try #require(plan.cache.open().folder)
      return try await Build(plan: plan, theme: LoadedTheme(plan.theme)).result(.init(records: folder, output: folder))
    }

    /// Every file of a site except those in `.roster`.
    func content(of folder: String) -> [String: [UInt8]] {
      var content: [String: [UInt8]] = [:]
      for name in files(below: folder) where !name.hasPrefix("\(folder)/.roster") {
        content[String(name.dropFirst(folder.count))] = try? Disk.read("\(root)/\(name)").get()
      }
      return content
    }
  }

  private static let paths =
    ["a.md", "b.md", "sub/a.md", "sub/b.md", "other/c.md", "sub/deep/d.md", "e.md", "SKILL.md", "x.agent.md"]

  /// Agents with links, tags and shared names, one of them without a name.
  private static func agent(_ number: Int) -> String {
    let name = number == 3 ? "" : "name: \(["linter", "reviewer", "tester"][number % 3])\n"
    return """
      ---
      \(name)description: Tests the API. Use it \(number) times. See [it](sub/b.md).
      model: \(["opus", "sonnet"][number % 2])
      tags: [api, code]
      tools: Read, Bash
      ---

      # Title

      Words [there](a.md#title) of \(number).

      """
  }

  @Test("Rebuilds work if the cache is lost or not writable")
  func withoutCache() async throws {
    let place = try Workplace()
    for (number, path) in Self.paths.enumerated() { try place.write(Self.agent(number), "agents/\(path)") }
    let first = try await place.build(into: place.site, jobs: 2)
    let before = place.content(of: "site")
    #expect(place.files(below: "site/.roster") == ["site/.roster/manifest"])
    #expect(!place.read("site/.roster/manifest").contains(place.root))
    Disk.removeTree(place.cache)
    let second = try await place.build(into: place.site, jobs: 2)
    #expect(second.outcome.written == 0 && second.outcome.unchanged == first.outcome.written)
    #expect(second.outcome.laidOut == first.outcome.laidOut, "without a cache, everything is laid out")
    Disk.removeTree(place.cache)
    try place.write("", "cache")
    let plan = try BuildPlan(
      BuildCommand.parse([
        place.source, "--output", place.site, "--config", "\(place.root)/roster.yml", "--cache", place.cache,
      ]))
    let opened = plan.cache.open()
    #expect(opened.note?.contains("Not a directory") == true)
    #expect(opened.folder?.isKept == false)
    opened.close()
    #expect(opened.folder.flatMap { Disk.kind($0.path) } == nil)
    #expect(place.content(of: "site") == before)
  }

  @Test("Caches of older versions are removed from the output, and other files stay")
  func oldCaches() async throws {
    let place = try Workplace()
    try place.write("---\nname: a\ndescription: d\n---\n", "agents/a.md")
    _ = try await place.build(into: place.site, jobs: 1)
    for name in ["sources", "records/0", "outputs", "indexed", "history.0", "search/x", "new/0", "lock"] {
      try place.write("x", "site/.roster/\(name)")
    }
    try place.write("mine", "site/.roster/mine")
    try place.write("---\nname: b\ndescription: d\n---\n", "agents/b.md")
    _ = try await place.build(into: place.site, jobs: 1)
    #expect(place.files(below: "site/.roster") == ["site/.roster/manifest", "site/.roster/mine"])
  }

  @Test("A rebuild without changes reads and writes nothing")
  func unchanged() async throws {
    let place = try Workplace()
    for (number, path) in Self.paths.enumerated() { try place.write(Self.agent(number), "agents/\(path)") }
    place.scanTime = Disk.time + 3_600_000_000_000
    let first = try await place.build(into: place.site, jobs: 2)
    let before = place.content(of: "cache")
    let second = try await place.build(into: place.site, jobs: 2)
    #expect(second.catalog == nil && second.filesRead == 0, "nothing was laid out")
    #expect(second.outcome == .init(unchanged: first.outcome.written))
    #expect(second.figures == first.figures)
    #expect(!before.isEmpty && place.content(of: "cache") == before)
  }

  @Test("A change rewrites only the pages that show it")
  func oneChange() async throws {
    let place = try Workplace()
    for number in 0..<300 {
      try place.write(
        "---\nname: agent-\(number)\ndescription: Does it.\nmodel: m\(number % 3)\n---\n\nBody.\n",
        "agents/\(number).md")
    }
    place.scanTime = Disk.time + 3_600_000_000_000
    _ = try await place.build(into: place.site, jobs: 2)
    let before = place.content(of: "site")
    try place.write(
      "---\nname: agent-7\ndescription: Does it well.\nmodel: m1\n---\n\nBody.\n", "agents/7.md")
    let result = try await place.build(into: place.site, jobs: 2)
    let after = place.content(of: "site")
    let changed = after.keys.filter { after[$0] != before[$0] }
    #expect(result.outcome.written == changed.count)
    // Its page and file, both data files, and one page of each list that contains it.
    #expect(
      Set(changed).isSuperset(of: [
        "/agents/agents/agent-7.html", "/agents/agents/agent-7.md", "/catalog.json", "/catalog.ndjson",
        "/models/m1.html",
      ]))
    #expect(!changed.contains { $0.hasPrefix("/agents/") && !$0.hasPrefix("/agents/agents/agent-7.") })
    #expect(changed.count < 18, "\(changed.sorted())")
  }

  @Test("A file changed within the same tick of the clock is read again")
  func racing() async throws {
    let place = try Workplace()
    let path = "\(place.root)/agents/a.md"
    for letter in ["a", "b"] {
      try place.write("---\nname: x\ndescription: d\n---\n\nBody \(letter).\n", "agents/a.md")
      // As if both were written at once: the same size and time.
      try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
      _ = try await place.build(into: place.site, jobs: 1)
      #expect(place.read("site/agents/agents/x.html").contains("Body \(letter)."))
    }
  }
}
