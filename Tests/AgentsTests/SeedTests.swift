import Testing
import Text

@testable import Agents

/// The five files that the project started with. They are optional, and expected next to the checkout. Without
/// them, these tests do nothing.
@Suite("Seed files")
struct SeedTests {
  @Test("000: Unquoted colons, \\n and three examples on one line are read")
  func first() throws {
    guard let agent = try seed("000") else { return }
    #expect(agent.name == "backend-api-architect")
    #expect(agent.model == "sonnet")
    #expect(agent.tools.statement == .inherited)
    #expect(
      agent.description.summary
        == """
        Use this agent when you need to design, implement, or optimize backend systems including RESTful \
        APIs, database architectures, server-side business logic, microservices, or cloud \
        infrastructure.
        """
    )
    #expect(agent.description.whenToUse.hasSuffix("any backend technology stack."))
    #expect(agent.description.examples.count == 3)
    let example = try #require(agent.description.examples.first)
    #expect(example.context == "The user needs help designing a scalable API for their e-commerce platform.")
    #expect(example.turns.map(\.role) == [.user, .assistant])
    #expect(example.turns.first?.text == "I need to create a REST API for managing products, orders, and inventory")
    #expect(example.turns.last?.text.hasPrefix("I'll use the Task tool") == true)
    #expect(example.commentary.hasPrefix("Since the user needs RESTful API design"))
    #expect(agent.flaws.map(\.rule) == ["description-escaped", "frontmatter-invalid"])
    #expect(agent.flaws.allSatisfy { $0.location?.line == 3 })
  }

  @Test("001: A list in the description and four examples with actions are read")
  func second() throws {
    guard let agent = try seed("001") else { return }
    #expect(agent.color == "blue")
    #expect(
      agent.description.summary
        == """
        Use this agent when you need to design, implement, or optimize backend systems including APIs, \
        databases, and server-side architecture.
        """
    )
    #expect(
      agent.description.whenToUse
        == """
        This includes:

        - Designing RESTful or GraphQL API endpoints
        - Creating database schemas and migrations
        - Implementing authentication and authorization systems
        - Optimizing database queries and performance
        - Architecting scalable backend solutions
        - Setting up error handling and logging strategies
        - Reviewing backend code for security and best practices
        """
    )
    #expect(agent.description.examples.count == 4)
    #expect(agent.description.examples.first?.turns.map(\.role) == [.user, .assistant, .action])
    #expect(agent.description.examples.first?.turns.last?.text == "uses Task tool to invoke backend-architect agent")
  }

  @Test("002: Examples in a list and an emoji in the wrong encoding are read")
  func third() throws {
    guard let agent = try seed("002") else { return }
    #expect(agent.description.examples.count == 3)
    #expect(
      agent.description.examples.allSatisfy { !$0.context.isEmpty && $0.turns.count == 2 && !$0.commentary.isEmpty })
    #expect(agent.outline.first?.text == "🚨 MANDATORY RULE ENFORCEMENT SYSTEM 🚨")
    #expect(agent.flaws.map(\.rule).contains("encoding-mojibake"))
    #expect(!prompt(String(decoding: try #require(try seedFile("002")).bytes, as: UTF8.self)).contains("ðŸš¨"))
  }

  @Test("003: Two examples on the line of the description are read")
  func fourth() throws {
    guard let agent = try seed("003") else { return }
    #expect(agent.description.examples.count == 2)
    for example in agent.description.examples {
      #expect(!example.context.isEmpty)
      #expect(example.turns.map(\.role) == [.user, .assistant])
      #expect(!example.commentary.isEmpty)
    }
    #expect(
      agent.description.examples.last?.turns.first?.text
        == "Our API is getting slow with 10k+ concurrent users, we need to redesign for better performance")
    #expect(agent.description.whenToUse.isEmpty)
  }

  @Test("004: Strict YAML with lists is read without findings")
  func fifth() throws {
    guard let agent = try seed("004") else { return }
    #expect(agent.flaws.isEmpty)
    #expect(
      agent.description.summary
        == "Design reliable backend systems with API architecture, database design, and microservices patterns.")
    #expect(agent.value("triggers")?.words.count == 16)
    #expect(agent.tools.allowed.map(\.name) == ["Read", "Write", "Edit", "Bash", "Grep", "Glob"])
    #expect(agent.category == "backend")
    #expect(agent.value("tier")?.scalar == "core")
    let html = String(
      decoding: try #require(try seedFile("004").map { try reading($0.bytes, path: $0.name) }).rendering.body
        .html { _ in nil }, as: UTF8.self)
    #expect(html.ranges(of: "<table>").count == 2)
    #expect(html.ranges(of: "<li class=\"task\">").count == 13)
  }
}
