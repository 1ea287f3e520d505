import Agents
import Approvals
import Catalogs
import Files
import Foundation
import Support
import Testing

@testable import Gathering

@Suite("Texts of other files in configurations")
struct InclusionTests {
  private static let plan = "You plan the work. Say \"why\" first.\n\n# Steps\n\nAsk, then plan.\n"

  private static func configuration(_ prompt: String, description: String = "Plans.") -> String {
    "{\n  \"provider\": {\"a\": \"{file:./key.txt}\"},\n  \"agent\": {\n    \"planner\": {\"description\": \"\(description)\","
      + " \"prompt\": \"\(prompt)\"}\n  }\n}\n"
  }

  private func planner(_ snapshot: CatalogSnapshot) throws -> Agent {
    try #require(snapshot.catalog.entries.first { $0.agent.name == "planner" }).agent
  }

  private func prompt(_ snapshot: CatalogSnapshot) throws -> String {
    let agent = try planner(snapshot)
    return String(decoding: agent.prompt(in: try snapshot.texts.bytes(agent.source)).text, as: UTF8.self)
  }

  @Test("The prompt is the text of the file")
  func prompt() async throws {
    let place = try Place([
      "opencode.json": Self.configuration("{file:./prompts/plan.txt}"), "prompts/plan.txt": Self.plan,
    ])
    let snapshot = try await place.readAll()
    let agent = try planner(snapshot)
    #expect(try prompt(snapshot) == Self.plan.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(agent.outline.map(\.text) == ["Steps"] && agent.promptMeasure.words > 10)
    #expect(agent.loading.outcome == .loads && !agent.findings.contains { $0.rule == "value-invalid" })
    #expect(agent.loading.reasons.contains { $0.message == "it includes the text of “./prompts/plan.txt”" })
    #expect(agent.source.outside?.inclusions.count == 1, "only marks in items are read")
  }

  @Test("Text around a mark stays, and other fields can have marks")
  func parts() async throws {
    let place = try Place([
      "opencode.json": Self.configuration("First. {file:a.txt} Last.", description: "{file:a.txt}"),
      "a.txt": "  A \\ b.\n",
    ])
    let snapshot = try await place.readAll()
    #expect(try prompt(snapshot) == "First. A \\ b. Last.")
    #expect(try planner(snapshot).description.text == "A \\ b.")
  }

  private static let kiro =
    "{\"name\": \"planner\", \"description\": \"Plans.\", \"prompt\": \"file://%\",\n"
    + " \"tools\": [\"read\"], \"resources\": [\"file://README.md\"]}\n"

  @Test(
    "The prompt of an agent of Kiro is the text of the file next to it", arguments: ["./p/plan.md", "../../plan.md"])
  func kiro(_ path: String) async throws {
    let place = try Place([
      ".kiro/agents/planner.json": Self.kiro.replacing("%", with: path),
      path.hasPrefix(".kiro") || path.hasPrefix("./") ? ".kiro/agents/p/plan.md" : "plan.md": Self.plan,
      ".kiro/agents/README.md": "Not included.\n",
    ])
    let first = try await place.readAllAndKeep()
    let agent = try planner(first)
    #expect(try prompt(first) == Self.plan.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(agent.outline.map(\.text) == ["Steps"] && agent.source.outside?.inclusions.map(\.path) == [path])
    #expect(try prompt(try await place.readAllAndKeep()) == prompt(first))
    try place.write("You plan nothing.\n", to: path.hasPrefix("./") ? ".kiro/agents/p/plan.md" : "plan.md")
    #expect(try prompt(try await place.readAllAndKeep()) == "You plan nothing.")
    #expect(throws: SourceChanged.self) { try prompt(first) }
  }

  @Test(
    "Files outside of the source are not the prompt of an agent of Kiro",
    arguments: ["/etc/hostname", "~/a.md", "../../../outside.md", "./link.md", "../../.git/config"])
  func kiroOutside(_ path: String) async throws {
    let place = try Place([
      ".kiro/agents/planner.json": Self.kiro.replacing("%", with: path), ".git/config": "secret",
    ])
    try place.folder.write("secret", to: "outside.md")
    try Disk.makeLink(place.path(".kiro/agents/link.md"), to: "../../../outside.md")
    let snapshot = try await place.readAll()
    #expect(try !prompt(snapshot).contains("secret"))
    let findings = try planner(snapshot).findings.filter { $0.rule == "value-invalid" }
    #expect(findings.map(\.severity) == [.warning] && findings.first?.message.contains("is not read") == true)
  }

  @Test("Kilo Code fills in the texts of files, skips the configuration without one, and keeps marks after $")
  func kilo() async throws {
    let place = try Place(["kilo.json": Self.configuration("{file:plan.txt} ${file:x}"), "plan.txt": "Plan."])
    #expect(try prompt(try await place.readAll()) == "Plan. ${file:x}")
    try place.remove("plan.txt")
    let agent = try planner(try await place.readAll())
    #expect(agent.loading.outcome == .ignored)
    let message = agent.findings.first { $0.rule == "value-invalid" }?.message
    #expect(
      message?.hasPrefix("the included file “plan.txt” does not exist; Kilo Code (JSON) ignores the file") == true)
  }

  @Test("A missing file stops OpenCode")
  func missing() async throws {
    let place = try Place(["opencode.json": Self.configuration("{file:./gone.txt}")])
    let agent = try planner(try await place.readAll())
    #expect(agent.loading.outcome == .fatal)
    let finding = try #require(agent.findings.first { $0.rule == "value-invalid" })
    #expect(finding.message == "the included file “./gone.txt” does not exist; OpenCode (JSON) does not start")
    #expect(finding.severity == .error && finding.location?.line == 4)
  }

  @Test(
    "A file outside of the source is not read",
    arguments: [
      "../outside.txt", "/etc/hostname", "~/a.txt", "{env:HOME}/a.txt", ".git/config", "link.txt", "in/a.txt",
    ])
  func outside(_ path: String) async throws {
    let place = try Place(["opencode.json": Self.configuration("{file:\(path)}"), ".git/config": "secret"])
    try place.folder.write("secret", to: "outside.txt")
    try Disk.makeLink(place.path("link.txt"), to: "../outside.txt")
    try Disk.makeLink(place.path("in"), to: "..")
    try place.folder.write("secret", to: "a.txt")
    let snapshot = try await place.readAll()
    let agent = try planner(snapshot)
    #expect(try !prompt(snapshot).contains("secret"))
    #expect(agent.loading.outcome == .loads)
    let findings = agent.findings.filter { $0.rule == "value-invalid" }
    #expect(findings.map(\.severity) == [.warning] && findings.first?.message.contains("is not read") == true)
  }

  @Test("A change of the file changes the item, with a cache too")
  func changed() async throws {
    let place = try Place(["opencode.json": Self.configuration("{file:plan.txt}"), "plan.txt": Self.plan])
    let first = try await place.readAllAndKeep()
    let digest = try planner(first).source.outside
    #expect(try planner(try await place.readAllAndKeep()).source.outside == digest)
    #expect(try prompt(try await place.readAllAndKeep()).hasPrefix("You plan the work."))
    let approved = try planner(first)
    let record = ApprovalRecord(
      of: approved, try first.texts.bytes(approved.source), by: .init(name: "Ada", day: "2026-05-03"))
    try place.write(
      String(decoding: record.bytes(), as: UTF8.self),
      to: ApprovalRecord.path(of: "opencode.json", approved.source.item))
    #expect(try await state(place) == .current)
    try place.write("You plan nothing.\n", to: "plan.txt")
    let second = try await place.readAllAndKeep()
    #expect(try prompt(second) == "You plan nothing.")
    #expect(try await state(place) == .stale)
    // Texts that were read before the change do not mix with later ones.
    #expect(throws: SourceChanged.self) { try prompt(first) }
  }

  private enum State { case current, stale, other }

  private func state(_ place: Place) async throws -> State {
    let snapshot = try await place.readAll()
    let entry = try #require(snapshot.catalog.entries.first { $0.agent.name == "planner" })
    return entry.approval.map { $0.changes.isEmpty ? .current : .stale } ?? .other
  }
}
