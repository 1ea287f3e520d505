import Agents
import Testing

@testable import Catalogs

@Suite("Decisions about similar agents")
struct DecisionTests {
  private let prompt = (0..<60).map { "Sentence \($0) says what comes before \($0 * 3)." }.joined(separator: "\n")

  private func made(_ decisions: [Decision]) async throws -> Catalog {
    var settings = CatalogSettings()
    settings.decisions = decisions
    return try await catalog(
      [
        "team/a.md": file("alpha", "tools: Read", body: prompt),
        "vendor/a.md": file("beta", "tools: Read", body: prompt),
        "vendor/c.md": file("gamma", "tools: Read", body: prompt + "\nOne more."),
      ], settings: settings)
  }

  private func findings(_ catalog: Catalog) -> [[String]] {
    catalog.entries.map { $0.findings.filter { $0.rule == "near-duplicate" }.map(\.help) }
  }

  @Test("A decision to keep one is the help of the findings, and listed with the comparison")
  func kept() async throws {
    let catalog = try await made([
      Decision(agents: ["alpha", "vendor/a.md"], verdict: .keep("team/a.md"), note: "Older.")
    ])
    #expect(findings(catalog)[0] == ["Decision: keep this one, remove the others."])
    #expect(findings(catalog)[1] == ["Decision: keep all/team/a.md, remove this one."])
    let decided = try #require(catalog.decisions(about: catalog.comparisons[0]).first)
    #expect(decided.agents == [0, 1] && decided.kept == 0 && decided.decision.note == "Older.")
    #expect(catalog.unknownNames.isEmpty)
  }

  @Test("A decision to merge names the target")
  func merged() async throws {
    let catalog = try await made([Decision(agents: ["alpha", "beta", "gamma"], verdict: .merge(into: "beta"))])
    #expect(findings(catalog)[0] == ["Decision: merge it into all/vendor/a.md."])
    #expect(findings(catalog)[1] == ["Decision: merge the others into this one."])
  }

  @Test("An intended similarity ends the finding, but only between the named agents")
  func intended() async throws {
    let two = try await made([Decision(agents: ["alpha", "beta"], verdict: .intended)])
    #expect(findings(two).map(\.count) == [1, 1, 1])
    #expect(
      two.entries[0].findings.contains { $0.message.contains("“gamma”") }
        && !two.entries[0].findings.contains { $0.message.contains("“beta”") })
    let three = try await made([Decision(agents: ["alpha", "beta", "gamma"], verdict: .intended)])
    #expect(findings(three) == [[], [], []])
    // Each one still lists the others as similar.
    #expect(three.entries.map(\.alike.count) == [2, 2, 2])
  }

  @Test("Unknown names in decisions are listed once")
  func unknown() async throws {
    let catalog = try await made([
      Decision(agents: ["alpha", "nobody"], verdict: .keep("nobody")),
      Decision(agents: ["x", "nobody"], verdict: .intended),
    ])
    #expect(catalog.unknownNames == ["nobody", "x"])
    #expect(catalog.decisions(about: catalog.comparisons[0]).isEmpty)
  }
}

@Suite("Competing descriptions")
struct CompetitionTests {
  private func file(_ name: String, _ description: String) -> String {
    "---\nname: \(name)\ndescription: \(description)\n---\n\nBody of \(name).\n"
  }

  @Test("Close pairs come from names and descriptions, and identical descriptions form groups")
  func pairs() async throws {
    let catalog = try await catalog([
      "a.md": file("go-reviewer", "Reviews Go code for races and leaks."),
      "b.md": file("go-checker", "Reviews Go code for races, leaks and deadlocks."),
      "c.md": file("painter", "Paints walls and fences."), "d.md": file("terraformer", "Writes Terraform modules."),
      "e.md": file("terraformer two", "Writes Terraform modules."), "f.md": "---\nname: silent\n---\nx\n",
    ])
    let competition = Competition(catalog.entries.map { ($0.agent.name, $0.agent.description.text) })
    func names(_ places: [Int]) -> [String] { places.map { catalog.entries[$0].agent.name } }
    #expect(competition.same.map(names) == [["terraformer", "terraformer two"]])
    #expect(competition.close.count == 1)
    let rivalry = try #require(competition.close.first)
    #expect(
      Set(names([rivalry.agent, rivalry.rival])) == ["go-reviewer", "go-checker"] && rivalry.share > 0.5
        && rivalry.share < 1)
  }
}

@Suite("Related agents")
struct CatalogPeersTests {
  @Test("Related agents share a topic, and are not near-duplicates or variants")
  func peers() async throws {
    func about(_ words: String, _ own: String) -> String {
      (0..<8).map { "\(words) \(own)\($0)" }.joined(separator: ". ")
    }
    var files: [String: String] = [:]
    for (number, topic) in [
      "postgres index vacuum", "react component hook", "kubernetes pod ingress", "budget ledger invoice",
    ].enumerated() {
      for copy in 0..<4 {
        files["\(number)-\(copy).md"] = file("t\(number) n\(copy)", body: about(topic, "w\(number)x\(copy)y"))
      }
    }
    files["twin/0-0.md"] = files["0-0.md"]
    let catalog = try await catalog(files)
    for entry in catalog.entries {
      let topic = entry.agent.name.prefix(2)
      #expect(!entry.peers.isEmpty && entry.peers.allSatisfy { catalog.entries[$0.place].agent.name.hasPrefix(topic) })
      #expect(entry.peers.allSatisfy { catalog.entries[$0.place].agent.name != entry.agent.name && $0.score <= 1.0001 })
    }
  }
}
