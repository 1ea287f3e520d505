import Agents
import Gathering
import Files
import Foundation
import Reports
import Rules
import Testing

@testable import RosterCommands

/// The examples in the documentation of rules are checked as `roster check` checks any folder.
@Suite("The examples of each rule")
struct RuleExampleTests {
  @Test("have a finding where they say so, and none where they say so", arguments: Rule.all.map(\.id))
  func examples(id: String) async throws {
    let rule = try #require(Rule.named(id))
    let found = try await findings(in: rule.failing).filter { $0.rule == id }
    #expect(!found.isEmpty)
    #expect(found.first?.location == rule.failing.place)
    #expect(found.allSatisfy { !$0.message.isEmpty && !$0.help.isEmpty })
    #expect(try await findings(in: rule.passing).filter { $0.rule == id } == [])
  }

  @Test("go with a text that says what is reported, why, and what to do")
  func texts() {
    for rule in Rule.all {
      #expect([rule.title, rule.what, rule.why, rule.fix].allSatisfy { !$0.isEmpty }, "\(rule.id)")
    }
    #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
  }

  /// What is found in the first file of an example.
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
