import Catalogs
import Files
import Foundation
import Testing

@testable import RosterCommands

/// A rebuild after any changes must equal a clean build.
@Suite("Rebuilds")
struct RebuildTests {
  /// Reproducible random numbers (SplitMix64, https://prng.di.unimi.it/splitmix64.c).
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  /// A folder with sources, a theme, a configuration and a site.
  private final class Workplace {
    let root: String
    var source: String { "\(root)/agents" }
    var site: String { "\(root)/site" }
    var cache: String { "\(root)/cache" }
    /// The time of scans, or nil for the current time. With a later time, no source counts as freshly written.
    var scanTime: Int?
    /// Arguments and templates parsed by earlier builds. Parsing them every time takes a third of the run time.
    private var commands: [String: BuildCommand] = [:]
    private var theme: LoadedTheme?

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

    func files(below folder: String, _ ending: String = "") -> [String] {
      let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
      return names.filter {
        $0.hasSuffix(ending) && Disk.kind("\(root)/\(folder)/\($0)") == .file
      }.map { "\(folder)/\($0)" }.sorted()
    }

    func build(into output: String, jobs: Int) async throws -> Road.Result {
      let command =
        try commands["\(output) \(jobs)"]
        ?? BuildCommand.parse([
          source, "--output", output, "--config", "\(root)/roster.yml", "--theme", "\(root)/theme", "--no-search",
          "--quiet", "--jobs", String(jobs), "--cache", cache,
        ])
      commands["\(output) \(jobs)"] = command
      var plan = try BuildPlan(command)
      plan.scanTime = scanTime
      let folder = try #require(plan.cache.open().folder)
      let theme = try LoadedTheme(plan.theme, after: theme)
      self.theme = theme
      return try await Build(plan: plan, theme: theme).result(.init(records: folder, output: folder))
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

  private static let names = ["linter", "Linter", "reviewer", "tester", "planner", "doc writer", "architect"]

  private func agent(_ dice: inout Dice) -> String {
    var text = "---\n"
    if Int.random(in: 0..<10, using: &dice) > 0 { text += "name: \(Self.names.randomElement(using: &dice) ?? "")\n" }
    text +=
      "description: \(["Reviews code", "Tests the API", "Plans"].randomElement(using: &dice) ?? ""). Use it \(Int.random(in: 0..<9, using: &dice)) times. See [it](\(["a.md", "sub/b.md", "../c.md", "notes.md"].randomElement(using: &dice) ?? "")).\n"
    for (key, values) in [
      ("model", ["opus", "sonnet", "haiku"]), ("tags", ["[api, code]", "code", "[new, 'x y']"]),
      ("tools", ["Read", "Read, Bash", "'*'"]), ("category", ["one", "two"]), ("color", ["red", "blue"]),
      ("extra", ["{deep: [1, 2]}", "yes"]), ("broken", ["a: b: c", "[1"]),
    ] where Int.random(in: 0..<3, using: &dice) == 0 {
      text += "\(key): \(values.randomElement(using: &dice) ?? "")\n"
    }
    text += "---\n\n# Title\n\n"
    for _ in 0..<Int.random(in: 0..<4, using: &dice) {
      text +=
        "## Part \(Int.random(in: 0..<5, using: &dice))\n\nWords [there](\(["a.md#title", "sub/b.md", "notes.md", "#part-1", "https://example.org"].randomElement(using: &dice) ?? "")) of \(Int.random(in: 0..<1000, using: &dice)).\n\n"
    }
    return text
  }

  private static let paths =
    ["a.md", "b.md", "sub/a.md", "sub/b.md", "other/c.md", "sub/deep/d.md", "e.md", "SKILL.md", "x.agent.md"]
  private static let notes = ["notes.md", "sub/notes.md"]

  /// Makes a random change, as people do between builds. Returns its description for messages.
  private func change(_ place: Workplace, _ dice: inout Dice) throws -> String {
    func pick(_ items: [String]) -> String? { items.randomElement(using: &dice) }
    let sources = place.files(below: "agents")
    switch Int.random(in: 0..<16, using: &dice) {
    case 0, 1, 2:
      guard let path = pick(Self.paths) else { return "" }
      try place.write(agent(&dice), "agents/\(path)")
      return "wrote \(path)"
    case 3:
      guard let path = pick(Self.notes) else { return "" }
      try place.write("# Notes \(Int.random(in: 0..<3, using: &dice))\n\n[a](a.md)\n", "agents/\(path)")
      return "wrote \(path)"
    case 4, 5:
      guard let path = pick(sources) else { return "" }
      try place.write(place.read(path) + "\nMore \(Int.random(in: 0..<1000, using: &dice)).\n", path)
      return "appended to \(path)"
    case 6:
      guard let path = pick(sources) else { return "" }
      // The same length, so that only the modification time reveals the change.
      try place.write(place.read(path).replacing("e", with: "a"), path)
      return "changed letters in \(path)"
    case 7:
      guard let path = pick(sources), let target = pick(Self.paths) else { return "" }
      try? FileManager.default.removeItem(atPath: "\(place.root)/agents/\(target)")
      try place.write("", "agents/\(target)")
      try FileManager.default.removeItem(atPath: "\(place.root)/agents/\(target)")
      if Disk.kind("\(place.root)/\(path)") == .file {
        try FileManager.default.moveItem(atPath: "\(place.root)/\(path)", toPath: "\(place.root)/agents/\(target)")
      }
      return "moved \(path) to \(target)"
    case 8:
      guard let path = pick(sources) else { return "" }
      try FileManager.default.removeItem(atPath: "\(place.root)/\(path)")
      return "removed \(path)"
    case 9:
      let settings = [
        "title: Agents\n", "title: Others\ndescription: Some.\n", "base-url: https://example.org/x/\n",
        "source-url: https://example.org/blob/{path}\n", "taxonomies:\n  tags: false\n",
        "compare:\n  pinned:\n    - title: Pinned\n      agents: [linter, reviewer, tester]\n", "footer: Ours.\n",
      ]
      guard let text = pick(settings) else { return "" }
      try place.write(text, "roster.yml")
      return "set \(text)"
    case 10:
      guard
        let (name, text) = [
          ("Templates/footer.mustache", "<footer>{{siteTitle}} {{generator}}</footer>\n"),
          ("Templates/legend.mustache", "<p>No legend.</p>\n"), ("Assets/style.css", "body { color: red }\n"),
          ("Assets/own.svg", "<svg/>"),
        ].randomElement(using: &dice)
      else { return "" }
      if Disk.kind("\(place.root)/theme/\(name)") == .file {
        try FileManager.default.removeItem(atPath: "\(place.root)/theme/\(name)")
      } else {
        try place.write(text, "theme/\(name)")
      }
      return "switched theme/\(name)"
    case 11:
      guard let path = pick(place.files(below: "site").filter({ !$0.contains("/.roster/") })) else { return "" }
      try place.write("spoilt", path)
      return "spoilt \(path)"
    case 12:
      guard let path = pick(place.files(below: "site").filter({ !$0.contains("/.roster/") })) else { return "" }
      try FileManager.default.removeItem(atPath: "\(place.root)/\(path)")
      return "removed \(path)"
    case 13, 14:
      let own = place.files(below: "site/.roster") + place.files(below: "cache")
      guard let path = pick(own) else { return "" }
      var bytes = (try? Disk.read("\(place.root)/\(path)").get()) ?? []
      switch Int.random(in: 0..<4, using: &dice) {
      case 0: bytes = []
      case 1: bytes.removeLast(bytes.count / 2)
      case 2: if let index = bytes.indices.randomElement(using: &dice) { bytes[index] ^= 0x55 }
      default:
        try FileManager.default.removeItem(atPath: "\(place.root)/\(path)")
        return "removed \(path)"
      }
      try Disk.write(bytes, to: "\(place.root)/\(path)")
      return "broke \(path)"
    default:
      guard let path = pick(sources) else { return "" }
      try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: "\(place.root)/\(path)")
      return "touched \(path)"
    }
  }

  @Test("A rebuild after random changes equals a clean build", arguments: 1...4)
  func property(seed: UInt64) async throws {
    var dice = Dice(state: seed)
    let place = try Workplace()
    for path in Self.paths.prefix(6) { try place.write(agent(&dice), "agents/\(path)") }
    var history: [String] = []
    for round in 0..<75 {
      var done: [String] = []
      for _ in 0..<Int.random(in: 1...3, using: &dice) { done.append(try change(place, &dice)) }
      history.append(done.joined(separator: ", "))
      do {
        _ = try await place.build(into: place.site, jobs: round.isMultiple(of: 2) ? 1 : 3)
      } catch let failure as CommandFailure {
        // This happens only if no record of the written page is left. The user must then remove the folder.
        #expect(failure.message.contains("contains files that Roster did not write"))
        let lost =
          done.contains { $0.hasSuffix("/manifest") }
          && done.contains { $0.hasSuffix("/outputs") || $0.hasSuffix("/key") }
        #expect(lost, "\(done): \(failure.message)")
        try FileManager.default.removeItem(atPath: place.site)
        _ = try await place.build(into: place.site, jobs: 2)
      }
      _ = try await place.build(into: "\(place.root)/clean", jobs: 2)
      let (site, clean) = (place.content(of: "site"), place.content(of: "clean"))
      let wrong = Set(site.keys).union(clean.keys).filter { site[$0] != clean[$0] }.sorted()
      #expect(wrong.isEmpty, "after \(history.suffix(3)), round \(round) of seed \(seed)")
      if !wrong.isEmpty { break }
      try FileManager.default.removeItem(atPath: "\(place.root)/clean")
    }
  }

  /// An agent of a growing catalog. Every fifth shares a name, every third nearly a prompt, and some share tags.
  private static func agent(_ number: Int) -> String {
    let name = number.isMultiple(of: 5) ? "reviewer" : "agent-\(number)"
    let lines =
      number.isMultiple(of: 3)
      ? (0..<14).map { "Line \($0) of a prompt that several agents of group \(number % 4) have nearly alike." }
      : ["Body \(number)."]
    return """
      ---
      name: \(name)
      description: Does task \(number % 11) of many. Use it for task \(number).
      tags: [t\(number % 6), all]
      model: m\(number % 3)
      ---

      # Agent \(number)

      \(lines.joined(separator: "\n"))

      See [the next](\(number + 1).md).

      """
  }

  @Test("Adding and removing 140 agents one by one gives the same as clean builds")
  func growing() async throws {
    let place = try Workplace()
    try place.write("title: Agents\nbase-url: https://example.org/agents/\n", "roster.yml")
    var first: [Int: [String: [UInt8]]] = [:]
    func expectSame(_ count: Int, _ way: String) {
      let site = place.content(of: "site")
      let clean = first[count] ?? [:]
      let wrong = Set(site.keys).union(clean.keys).filter { site[$0] != clean[$0] }.sorted()
      #expect(wrong.isEmpty, "with \(count) agents, \(way)")
    }
    for count in 1...140 {
      try place.write(Self.agent(count), "agents/\(count).md")
      _ = try await place.build(into: place.site, jobs: 2)
      _ = try await place.build(into: "\(place.root)/clean", jobs: 2)
      first[count] = place.content(of: "clean")
      try FileManager.default.removeItem(atPath: "\(place.root)/clean")
      expectSame(count, "growing")
    }
    for count in (1..<140).reversed() {
      try FileManager.default.removeItem(atPath: "\(place.root)/agents/\(count + 1).md")
      _ = try await place.build(into: place.site, jobs: 2)
      expectSame(count, "shrinking")
    }
  }

  @Test("Rebuilds work if the cache is lost or not writable")
  func withoutCache() async throws {
    var dice = Dice(state: 9)
    let place = try Workplace()
    for path in Self.paths { try place.write(agent(&dice), "agents/\(path)") }
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
    var dice = Dice(state: 7)
    let place = try Workplace()
    for path in Self.paths { try place.write(agent(&dice), "agents/\(path)") }
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
