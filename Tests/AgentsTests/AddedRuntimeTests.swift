import Files
import Foundation
import Testing

@testable import Agents

/// The code contains nothing about this runtime. A block of a file defines it.
@Suite("Runtimes defined in a file")
struct AddedRuntimeTests {
  private let runtimes: Runtimes
  private let lantern: Runtime

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../Runtimes/lantern.yml")
    runtimes = try Runtimes.builtIn.overlaid(
      by: String(contentsOf: file.standardizedFileURL, encoding: .utf8), file: "lantern.yml")
    lantern = try #require(runtimes["lantern"])
  }

  private func agent(_ lines: String, path: String = ".lantern/crew/a.md") throws -> Agent {
    let source = SourceFile(path: try #require(RelativePath(path)), collection: 0)
    let bytes = Array("---\ndescription: d\n\(lines)\n---\nBody\n".utf8)
    guard case .agent(let agent) = AgentReader(runtimes: runtimes).read(bytes, of: source).facts else {
      throw NoAgent()
    }
    return agent
  }

  private func reach(_ lines: String) throws -> Reach { Reach(of: try agent(lines), by: lantern) }

  @Test(
    "Agents are recognized by path, file name and fields",
    arguments: [
      (".lantern/crew/night/a.md", "name: a", "Lantern"), ("team/a.lantern.md", "mode: primary", "Lantern"),
      (".LANTERN/CREW/a.md", "name: a", "Lantern"), ("agents/a.md", "wick: 3", "Lantern"),
      ("agents/a.md", "wick: long", "Claude Code"), (".github/agents/a.md", "wick: 3", "GitHub Copilot"),
    ])
  func recognized(path: String, line: String, title: String) throws {
    #expect(try agent(line, path: path).dialect.title == title)
  }

  @Test("Names and values are read as the file defines")
  func reading() throws {
    #expect(try agent("wick: 1", path: "x/b.lantern.md").name == "b")
    #expect(try agent("name: a\nwatch: **/*.c", path: "x/b.lantern.md").value("watch")?.scalar == "**/*.c")
    #expect(try agent("name: a\nkeeper: [b, c]").references.map(\.name) == ["b", "c"])
  }

  @Test(
    "Agents get verdicts and findings",
    arguments: [
      ("name: a\npowers: [glow]", ".lantern/crew/a.md", LoadVerdict.Outcome.loads, [String]()),
      ("powers: [glow]", ".lantern/crew/a.md", .ignored, ["name-missing"]),
      ("name: a\nwick: 0", ".lantern/crew/a.md", .fatal, ["value-invalid"]),
      ("name: a\npowers: [glaw]", ".lantern/crew/a.md", .unusable, ["tool-unknown"]),
      ("name: a\nsteps: 3", ".lantern/crew/a.md", .partial, ["field-unknown"]),
      ("name: a", ".lantern/crew/a-1.md", .ignored, ["will-not-load"]),
    ])
  func verdicts(lines: String, path: String, outcome: LoadVerdict.Outcome, rules: [String]) throws {
    let agent = try agent(lines, path: path)
    #expect(agent.loading.outcome == outcome && agent.findings.map(\.rule) == rules, "\(agent.findings)")
    #expect(
      agent.findings.allSatisfy { $0.rule == "value-invalid" || $0.message.contains("Lantern") || rules.count == 1 })
  }

  @Test("The file decides what an agent can do")
  func access() throws {
    #expect(try reach("powers: [glow]").abilities == [.read])
    #expect(try reach("powers: [glow, carve]\nforbids: {carve: never, glow: maybe}").abilities == [.read])
    #expect(try reach("powers: [carve]\ndim: true").abilities == [.run])
    #expect(try reach("powers: [carve]\ndim: false").abilities == [.edit, .run])
    let spare = try reach("powers: [glow]\nspare: oil")
    #expect(spare.abilities == [.read, .web] && spare.reasons.last == "spare: oil brings the web.")
  }

  @Test("Agents can be converted to and from the runtime")
  func portability() throws {
    #expect(
      runtimes.portable.map(\.dialect.key) == ["claude-code", "copilot", "opencode", "gemini-cli", "cursor", "lantern"])
    let own = try agent("name: a\npowers: [glow]")
    let there = Portability(of: own, reach: Reach(of: own, by: lantern), to: .claudeCode, by: runtimes)
    #expect(there.kept == ["description", "name"] && there.rewritten == ["tools: [Read]"])
    let other = try agent("name: a\ntools: Read, Bash", path: "a.md")
    let here = Portability(
      of: other, reach: Reach(of: other, by: runtimes[other.dialect]), to: lantern.dialect, by: runtimes)
    #expect(here.rewritten == ["tools: [glow, carve]"] && here.gains == [.edit])
  }

  @Test("New agents have a path and fields, and its folders are searched")
  func layout() {
    #expect(lantern.path(of: "night") == ".lantern/crew/night.md" && lantern.path(of: "b", in: "x") == "x/b.md")
    #expect(lantern.form.lines.map(\.key) == ["name", "description", "powers"])
    #expect(runtimes.agentFolders.last == ".lantern/crew" && runtimes.searchedFolders.contains(".lantern"))
    #expect(runtimes.templated().last?.dialect == lantern.dialect)
  }

  @Test("A stored dialect is found again by its key")
  func stored() throws {
    var bytes = ByteWriter()
    lantern.dialect.store(in: &bytes)
    var reader = ByteReader(bytes.bytes)
    let dialect = try Dialect(from: &reader)
    #expect(dialect == lantern.dialect && dialect.title == "Lantern" && runtimes[dialect] === lantern)
  }
}
