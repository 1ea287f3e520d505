import Files
import Testing

@testable import Agents

@Suite("Places")
struct PlaceTests {
  @Test(
    "The path gives the runtime, kind and format",
    arguments: [
      (".claude/agents/a.md", "claude-code", ItemKind.agent, ItemFormat.markdown),
      ("services/x/.claude/agents/deep/er/A.MD", "claude-code", .agent, .markdown),
      (".claude/commands/git/commit.md", "claude-code", .command, .markdown),
      (".claude/plans/p.md", "claude-code", nil, .markdown),
      (".claude-plugin/plugin.json", "claude-code", nil, .json),
      ("x/SKILL.md", "agent-skill", .skill, .markdown), (".agents/skills/x/skill.md", "agent-skill", .skill, .markdown),
      ("a.agent.md", "copilot", .agent, .markdown), (".cursor/agents/a.agent.md", "cursor", .agent, .markdown),
      (".claude/skills/x/SKILL.md", "claude-code", .skill, .markdown),
      (".github/skills/x/SKILL.md", "copilot", .skill, .markdown),
      (".gemini/skills/x/SKILL.md", "gemini-cli", .skill, .markdown),
      (".opencode/skill/x/y/SKILL.md", "opencode", .skill, .markdown),
      (".cursor/skills/x/SKILL.md", "cursor", .skill, .markdown),
      (".roo/skills-code/x/SKILL.md", "roo-code", .skill, .markdown),
      (".kiro/skills/x/SKILL.md", "kiro", .skill, .markdown),
      (".windsurf/skills/x/SKILL.md", "windsurf", .skill, .markdown),
      ("x/AGENTS.md", "agents-md", .instruction, .markdown),
      (".github/prompts/a.prompt.md", "copilot", .command, .markdown),
      (".github/copilot-instructions.md", "copilot", .instruction, .markdown),
      (".github/ISSUE_TEMPLATE/bug.md", "copilot", nil, .markdown),
      (".opencode/modes/a.md", "opencode", .agent, .markdown),
      (".opencode/command/a/b.md", "opencode", .command, .markdown),
      (".gemini/agents/a.md", "gemini-cli", .agent, .markdown),
      (".gemini/agents/x/a.md", "gemini-cli", .agent, .markdown),
      (".gemini/commands/git/commit.toml", "gemini-cli", .command, .toml),
      ("docs/style.mdc", "cursor", .instruction, .markdown), (".cursor/agents/a.md", "cursor", .agent, .markdown),
      (".codex/agents/reviewer.toml", "codex", .agent, .toml), (".kiro/agents/a.json", "kiro-json", .agent, .json),
      (".roomodes", "roo-code", .agent, .yaml), (".windsurf/rules/a.md", "windsurf", .instruction, .markdown),
      (".claude/.cursor/a.md", "cursor", nil, .markdown),
    ] as [(String, String, ItemKind?, ItemFormat)])
  func known(path: String, runtime: String, kind: ItemKind?, format: ItemFormat) throws {
    let place = try #require(Runtimes.builtIn.place(of: path))
    #expect(place.runtime == runtime && place.kind == kind && place.format == format, "\(place.pattern)")
  }

  @Test(
    "A skill in a deeper folder is that of the runtime, which may not read it",
    arguments: [
      (".claude/skills/x/y/SKILL.md", "claude-code", LoadVerdict.Outcome.ignored, Finding.Severity.error),
      (".claude/skills/x/y/z/SKILL.md", "claude-code", .ignored, .error),
      (".gemini/skills/x/y/SKILL.md", "gemini-cli", .ignored, .error),
      (".roo/skills/x/y/SKILL.md", "roo-code", .ignored, .error),
      (".github/skills/x/y/SKILL.md", "copilot", .partial, .note),
      (".agents/skills/x/y/SKILL.md", "agent-skill", .partial, .note),
      (".cursor/skills/x/y/SKILL.md", "cursor", .unknown, .note),
    ])
  func deep(path: String, runtime: String, outcome: LoadVerdict.Outcome, severity: Finding.Severity) throws {
    let name = try #require(path.split(separator: "/").dropLast().last)
    let skill = try agent("---\nname: \(name)\ndescription: Does it.\n---\nDo it.\n", path: path)
    #expect(skill.dialect.key == runtime && skill.loading.outcome == outcome)
    #expect(skill.findings.map(\.rule) == ["will-not-load"] && skill.findings.first?.severity == severity)
  }

  @Test("Skills of OpenCode can be in any folder, and a skill of Gemini CLI directly in the folder of skills")
  func read() throws {
    for path in [".opencode/skills/x/y/SKILL.md", ".gemini/skills/SKILL.md"] {
      let name = try #require(path.split(separator: "/").dropLast().last)
      let skill = try agent("---\nname: \(name)\ndescription: Does it.\n---\nDo it.\n", path: path)
      #expect(skill.loading.outcome == .loads, "\(path)")
    }
  }

  @Test("A plugin in the folder of skills keeps its own skills")
  func pluginSkill() throws {
    let path = try #require(RelativePath(".claude/skills/x/skills/y/SKILL.md"))
    let plugin = PluginPlace(manifests: [".claude-plugin/plugin.json"], path: "skills/y/SKILL.md")
    let place = try #require(Runtimes.builtIn.place(of: SourceFile(path: path, collection: 0, plugin: plugin)))
    #expect(place.manifest != nil && place.effect == nil)
  }

  @Test("Other paths have no place", arguments: ["a.md", "agents/a.md", "claude/agents/a.md", "x.agent.md/a.md", ""])
  func neutral(path: String) {
    #expect(Runtimes.builtIn.place(of: path) == nil)
  }

  @Test("Files of a runtime without verdicts are kept, with an unknown verdict")
  func notJudged() throws {
    let runtimes = try Runtimes.builtIn.overlaid(by: "windsurf: {judged: off}", file: "r.yml")
    let source = SourceFile(path: try #require(RelativePath(".windsurf/rules/a.md")), collection: 0)
    guard case .agent(let rule) = AgentReader(runtimes: runtimes).read(Array("Use tabs.\n".utf8), of: source).facts
    else { throw NoAgent() }
    #expect(rule.dialect.key == "windsurf" && rule.kind == .instruction && rule.loading.outcome == .unknown)
  }

  @Test("Wildcards match within names and across folders")
  func patterns() {
    func holds(_ pattern: String, _ path: String) -> Bool {
      Place(pattern, runtime: "x").holds(path.split(separator: "/"))
    }
    #expect(holds("a*b*c.md", "abxbc.md") && holds("a*b*c.md", "abc.md") && !holds("a*b*c.md", "acb.md"))
    #expect(!holds("ab*ba", "aba") && holds("*", "a") && holds("x/**", "x/a") && holds("x/**", "y/x/z/a"))
    #expect(!holds("x/**", "x") && !holds("x/*.md", "x/y/a.md") && holds("x/**/y/*.md", "x/y/a.md"))
    #expect(holds("x*/a.md", "xy/a.md") && !holds("x/a.md", "z/y/a.md"))
  }

  @Test("A place gives the path of a new file")
  func path() {
    #expect(Place("x/**/*.a.md", runtime: "x").path(of: "n") == "x/n.a.md")
    #expect(Place("x/*/F.md", runtime: "x").path(of: "n") == "x/n/F.md")
    #expect(Place("x/*/F.md", runtime: "x").path(of: "n", in: "y/z") == "y/z/n/F.md")
  }
}
