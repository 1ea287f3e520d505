import Reports
import Testing

@Suite("Commands that build services read from output")
struct PipelineCommandsTests {
  @Test(
    "Commands are changed so that no service reads them",
    arguments: [
      ("::set-output name=a::b", "\\::set-output name=a::b"),
      ("a\n \u{00A0}\t::error::b\n", "a\n \u{00A0}\t\\::error::b\n"),
      ("a.md: ##[add-mask]b", "a.md: ##\\[add-mask]b"),
      ("##vso[task.setvariable variable=PATH]/tmp", "##vso\\[task.setvariable variable=PATH]/tmp"),
      ("x##teamcity[setParameter name='a']", "x##teamcity\\[setParameter name='a']"), ("###vso[a.b]", "###vso\\[a.b]"),
      ("::::", "\\::::"),
    ])
  func changed(text: String, expected: String) {
    #expect(PipelineCommands.disarmed(text, .text) == expected)
    #expect(PipelineCommands.disarmed(text, .unchanged) == text)
  }

  @Test(
    "Other text stays as it is",
    arguments: ["a::b", "a: b", ": :a", "## [a]", "#[a]", "## Title\n\n[a](b)", "[[a]]", "##", "", "Agents::Tools"])
  func unchanged(text: String) {
    #expect(PipelineCommands.disarmed(text, .text) == text)
  }

  @Test("In JSON and markup, the meaning stays the same")
  func syntax() {
    let json = PipelineCommands.disarmed("{\"a\": \"##vso[x.y]::\", \"b\": \"::\"}", .json)
    #expect(json == "{\"a\": \"##vso\\u005bx.y]::\", \"b\": \"::\"}")
    #expect(PipelineCommands.disarmed("<a>\n::b\n##[c]</a>", .markup) == "<a>\n&#58;:b\n##&#91;c]</a>")
  }

  @Test("Commands are read in the services that say so in the environment")
  func environment() {
    #expect(
      PipelineCommands.areRead(in: ["GITHUB_ACTIONS": "true"]) && PipelineCommands.areRead(in: ["TF_BUILD": "True"]))
    #expect(!PipelineCommands.areRead(in: ["CI": "true", "GITHUB_ACTIONS": ""]))
  }
}
