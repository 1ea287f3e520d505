import Agents
import Catalogs
import Files
import Scanning
import Support
import Testing

@testable import Gathering

@Suite("Facts that other files state")
struct OutsideTests {
  private static let role = "developer_instructions = \"Review the changes.\"\n"
  private static func configuration(_ description: String = "Reviews changes.") -> String {
    "[agents]\nmax_threads = 2\n[agents.reviewer]\ndescription = \"\(description)\"\nconfig_file = \"agents/review.toml\"\n"
  }

  private func agent(_ snapshot: CatalogSnapshot, _ path: String) throws -> Agent {
    try #require(snapshot.catalog.entries.first { $0.agent.source.publishedPath == "team/\(path)" }).agent
  }

  @Test("A role of Codex has the name and the description of its declaration")
  func declared() async throws {
    let place = try Place([".codex/agents/review.toml": Self.role, ".codex/config.toml": Self.configuration()])
    let role = try agent(try await place.readAll(), ".codex/agents/review.toml")
    #expect(role.name == "reviewer" && role.description.text == "Reviews changes.")
    #expect(role.loading.outcome == .loads && role.findings.isEmpty)
    #expect(role.loading.reasons.map(\.message) == ["“reviewer” is declared in .codex/config.toml"])
    // A file keeps its own name and description, and a declared one needs no prompt.
    try place.write("name = \"own\"\nmodel = \"gpt-5\"\n", to: ".codex/agents/review.toml")
    let own = try agent(try await place.readAll(), ".codex/agents/review.toml")
    #expect(own.name == "own" && own.description.text == "Reviews changes." && own.loading.outcome == .loads)
  }

  @Test(
    "A role of Codex without a usable declaration is ignored",
    arguments: [
      "", "[agents.reviewer\n", "[agents.reviewer]\ndescription = \"\"\nconfig_file = \"agents/review.toml\"\n",
      "[agents.reviewer]\ndescription = \"d\"\nconfig_file = \"../agents/review.toml\"\n",
      "[agents.reviewer]\ndescription = \"d\"\nconfig_file = \"/agents/review.toml\"\n",
      "[agents.reviewer]\ndescription = \"d\"\nconfig_file = \"../../../agents/review.toml\"\n",
    ])
  func undeclared(_ configuration: String) async throws {
    let place = try Place([".codex/agents/review.toml": Self.role, ".codex/config.toml": configuration])
    let role = try agent(try await place.readAll(), ".codex/agents/review.toml")
    #expect(role.name == "review" && role.loading.outcome == .ignored)
    #expect(role.findings.map(\.rule) == ["name-missing", "description-missing"])
  }

  @Test("A changed declaration is noticed, with a cache too")
  func changed() async throws {
    let place = try Place([".codex/agents/review.toml": Self.role, ".codex/config.toml": Self.configuration()])
    let first = try await place.readAllAndKeep()
    let again = try await place.readAllAndKeep()
    #expect(again.sources.filesRead == 0)
    try place.write(Self.configuration("Approves changes."), to: ".codex/config.toml")
    let second = try await place.readAllAndKeep()
    let states = try [first, second].map { try agent($0, ".codex/agents/review.toml") }
    #expect(states.map(\.description.text) == ["Reviews changes.", "Approves changes."])
    let digests = [first, second].compactMap { snapshot in
      snapshot.records.compactMap { if case .agent(let record) = $0 { record.digest } else { nil } }.first
    }
    #expect(digests.count == 2 && digests[0] != digests[1], "an approval covers the declaration")
  }

  @Test("The project's own tools are known to agents of OpenCode")
  func tools() async throws {
    let tools = "tools:\n  deploy: true\n  infra_up: true\n  nonsense: true\n"
    let place = try Place([
      ".opencode/agent/a.md": "---\ndescription: Deploys it.\n\(tools)---\nDeploy it.\n",
      ".claude/agents/a.md": "---\nname: a\ndescription: Deploys it.\ntools: deploy\n---\nDeploy it.\n",
      "opencode.json":
        "{\"agent\": {\"b\": {\"description\": \"d\", \"prompt\": \"p\", \"tools\": {\"deploy\": true}}}}",
      "sub/.opencode/agent/c.md": "---\ndescription: Deploys it.\ntools:\n  deploy: true\n---\nDeploy it.\n",
      ".opencode/tools/deploy.ts": "export default {}\n", ".opencode/tool/infra.js": "export const up = {}\n",
      ".opencode/tools/note.md": "Notes.\n",
    ])
    func unknown(_ path: String) async throws -> [String] {
      try agent(try await place.readAll(), path).findings.filter { $0.rule == "tool-unknown" }.map(\.message)
    }
    #expect(try await unknown(".opencode/agent/a.md") == ["OpenCode has no tool “nonsense”"])
    #expect(try await unknown("opencode.json") == [])
    #expect(try await unknown(".claude/agents/a.md") == ["Claude Code has no tool “deploy”"])
    let item = try agent(try await place.readAll(), ".opencode/agent/a.md")
    #expect(Reach(of: item, by: Runtimes.builtIn[item]).reasons.contains("deploy: one of the project's own tools."))
    try place.remove(".opencode/tools/deploy.ts")
    #expect(try await unknown(".opencode/agent/a.md").count == 2)
  }

  @Test("A runtime's folder can be a link inside the source")
  func linkInside() async throws {
    let place = try Place([
      "shared/codex/agents/review.toml": Self.role, "shared/codex/config.toml": Self.configuration(),
      "shared/opencode/agent/a.md": "---\ndescription: Deploys it.\ntools:\n  deploy: true\n---\nDeploy it.\n",
      "shared/opencode/tool/deploy.ts": "export default {}\n",
    ])
    try Disk.makeLink(place.path(".codex"), to: "shared/codex")
    try Disk.makeLink(place.path(".opencode"), to: "shared/opencode")
    let snapshot = try await place.readAll()
    let role = try agent(snapshot, ".codex/agents/review.toml")
    #expect(role.name == "reviewer" && role.loading.outcome == .loads)
    #expect(try agent(snapshot, ".opencode/agent/a.md").findings.filter { $0.rule == "tool-unknown" } == [])
  }

  @Test(
    "Links that lead out of the source are not followed",
    arguments: [".opencode", ".opencode/tool", ".opencode/tool/deploy.ts", ".codex/config.toml"])
  func linkOutside(_ path: String) async throws {
    let item = "---\ndescription: Deploys it.\ntools:\n  deploy: true\n---\nDeploy it.\n"
    let place = try Place(["sub/.opencode/agent/a.md": item, ".codex/agents/review.toml": Self.role, "x.md": "x"])
    let files = [
      ".opencode/tool/deploy.ts": "export default {}\n", ".codex/config.toml": Self.configuration(),
    ]
    for (name, text) in files { try place.folder.write(text, to: "outside/\(name)") }
    if path.hasPrefix(".opencode/") { try Disk.makeFolder(place.path(".opencode/agent")) }
    if path.hasSuffix("deploy.ts") { try Disk.makeFolder(place.path(".opencode/tool")) }
    try Disk.makeLink(place.path(path), to: "\(place.folder.path)/outside/\(path)")
    let snapshot = try await place.readAll()
    #expect(try agent(snapshot, ".codex/agents/review.toml").loading.outcome == .ignored)
    #expect(try agent(snapshot, "sub/.opencode/agent/a.md").findings.filter { $0.rule == "tool-unknown" }.count == 1)
  }
}
