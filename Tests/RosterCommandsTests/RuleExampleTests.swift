import Agents
import Gathering
import Files
import Foundation
import Reports
import Rules
import Testing

@testable import RosterCommands

/// Checks the examples in the documentation of rules as `roster check` would.
@Suite("Rule examples")
struct RuleExampleTests {
  @Test("The failing example has the finding, and the passing example does not", arguments: Rule.all.map(\.id))
  func examples(id: String) async throws {
    let rule = try #require(Rule.named(id))
    let found = try await findings(in: rule.failing).filter { $0.rule == id }
    #expect(!found.isEmpty)
    #expect(found.first?.location == rule.failing.place)
    #expect(found.allSatisfy { !$0.message.isEmpty && !$0.help.isEmpty })
    #expect(try await findings(in: rule.passing).filter { $0.rule == id } == [])
  }

  @Test("Every rule has a unique identifier and says what is reported, why, and what to do")
  func texts() {
    for rule in Rule.all {
      #expect([rule.title, rule.what, rule.why, rule.fix].allSatisfy { !$0.isEmpty }, "\(rule.id)")
    }
    #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
  }

  /// The findings in the first file of an example.
  private func findings(in example: Example) async throws -> [Finding] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "roster-rules-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in example.files {
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
    let configuration = folder.appending(path: "roster.yml")
    if !example.files.contains(where: { $0.path == "roster.yml" }) { try Data().write(to: configuration) }
    let policy = example.files.contains { $0.path == "policy.yml" } ? ["--policy", folder.path() + "/policy.yml"] : []
    let command = try CheckCommand.parse([folder.path(), "--config", configuration.path(), "--jobs", "1"] + policy)
    let reading = try await BuildPlan(reading: command.catalog).catalog()
    let path = try #require(example.files.first?.path)
    return FileFindings.all(in: reading.catalog, unread: reading.unreadable)
      .filter { $0.displayPath.hasSuffix("/\(path)") }.flatMap(\.findings)
  }
}
