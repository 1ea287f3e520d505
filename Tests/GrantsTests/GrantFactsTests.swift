import Files
import Testing

@testable import Grants

@Suite("The facts about grants")
struct GrantFactsTests {
  @Test("can be read, and have sources")
  func sources() throws {
    let facts = try GrantFactsReader.read(GrantFacts.builtInText)
    #expect(facts.files.count > 20)
    for file in facts.files {
      for fact in file.grants { #expect(!fact.from.isEmpty, "\(file.title): \(fact.path)") }
    }
  }

  @Test("come with every grant")
  func evidence() throws {
    let file = try GrantingFileTests.file(
      GrantingFileTests.settings, #"{"permissions": {"allow": ["Bash"]}, "apiKeyHelper": "a"}"#)
    #expect(file.grants.count == 2)
    for grant in file.grants { #expect(!grant.evidence.isEmpty, "\(grant.key)") }
    let cursor = try GrantingFileTests.file(".cursor/permissions.json", #"{"terminalAllowlist": ["a"]}"#)
    #expect(cursor.grants.first?.notKnown == "how an entry is matched")
  }
}
