@testable import Agents
import Catalogs
import Testing

@testable import Pages

@Suite("An overview of terms")
struct TermTests {
  @Test(
    "knows the maker of a model",
    arguments: [
      ("sonnet", "Anthropic"), ("anthropic/claude-sonnet-4-5", "Anthropic"), ("Claude Opus 4.7 (copilot)", "Anthropic"),
      ("GPT-4.1", "OpenAI"), ("o3-mini", "OpenAI"), ("gemini-2.5-pro", "Google"), ("flash", "Google"),
      ("inherit", ModelMakers.session), ("best", ModelMakers.session), ("fable", "Anthropic"),
      ("automaton", ModelMakers.other),
      ("auto-gemini-3", "Google"), ("us.anthropic.claude-sonnet-4-5-v1:0", "Anthropic"), ("/", ModelMakers.other),
      ("", ModelMakers.other),
    ])
  func makers(model: String, maker: String) {
    #expect(ModelMakers.maker(of: model) == maker)
  }

  @Test("Every model name in the facts about runtimes has a maker or is the session's model")
  func listedModels() {
    for runtime in Runtimes.builtIn.all {
      for name in runtime.facts.models?.names ?? [] {
        #expect(ModelMakers.maker(of: name) != ModelMakers.other, "\(runtime.facts.title): \(name)")
      }
    }
  }

  @Test(
    "knows the server of a tool",
    arguments: [
      ("mcp__github__create_issue", "github"), ("mcp__github", "github"), ("github/create_issue", "github"),
      ("mcp__context7__*", "context7"), ("Bash", nil), ("mcp__", "mcp__"),
    ])
  func servers(tool: String, server: String?) {
    #expect(Runtimes.server(of: tool) == server)
  }

  @Test("has bars that show everything but nothing")
  func bars() {
    #expect(BarView.length(0, of: 10) == 0 && BarView.length(1, of: 10_000) == 1)
    #expect(BarView.length(10, of: 10) == 20 && BarView.length(30, of: 10) == 20 && BarView.length(1, of: 0) == 0)
  }

  @Test("says shares as people do")
  func shares() {
    #expect(
      Wording.share(0, of: 10) == "0%" && Wording.share(1, of: 1000) == "<1%" && Wording.share(1, of: 1) == "100%")
    #expect(Wording.share(999, of: 1000) == "99%" && Wording.share(1, of: 0) == "0%")
  }
}
