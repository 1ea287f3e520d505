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
}
