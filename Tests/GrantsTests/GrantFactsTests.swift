import Files
import Testing

@testable import Grants

@Suite("Grant facts")
struct GrantFactsTests {
  @Test("The facts are valid, and every source is used")
  func sources() throws {
    let facts = try GrantFactsReader.read(GrantFacts.builtInText)
    #expect(facts.files.count > 20)
    var used: Set<String> = []
    let actions = facts.workflows.actions.values.flatMap(\.grants)
    for fact in facts.files.flatMap(\.grants) + actions { used.formUnion(fact.from) }
    let workflows = facts.workflows
    let (steps, programs) = (workflows.actions.values, workflows.programs.values)
    for names in steps.map(\.from) + programs.map(\.from) + workflows.compilers.map(\.from) + [workflows.from] {
      #expect(!names.isEmpty)
      used.formUnion(names)
    }
    for name in facts.sources.keys.sorted() where !used.contains(name) {
      #expect(facts.files.contains { $0.evidence.contains(name) }, "\(name) is not used")
    }
    for file in facts.files {
      for fact in file.grants { #expect(!fact.from.isEmpty, "\(file.title): \(fact.path)") }
    }
  }

  @Test("Every grant has evidence")
  func evidence() throws {
    let file = try GrantingFileTests.file(
      GrantingFileTests.settings, #"{"permissions": {"allow": ["Bash"]}, "apiKeyHelper": "a"}"#)
    #expect(file.grants.count == 2)
    for grant in file.grants { #expect(!grant.evidence.isEmpty, "\(grant.key)") }
    let cursor = try GrantingFileTests.file(".cursor/permissions.json", #"{"terminalAllowlist": ["a"]}"#)
    #expect(cursor.grants.first?.notKnown == "how an entry is matched")
  }
}
