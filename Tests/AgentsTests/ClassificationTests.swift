import Files
import Foundation
import Testing

@testable import Agents

@Suite("File classification")
struct ClassificationTests {
  private static let agent = "---\nname: pier\ndescription: Checks the pier.\n---\nCheck it.\n"
  private static let plain = "# Pier\n\nCheck it.\n"
  private static let described = "---\ndescription: Checks the pier.\n---\nCheck it.\n"

  private func found(_ path: String, _ text: String, plugin: PluginPlace? = nil, isNamed: Bool = false) throws
    -> String
  {
    let source = SourceFile(
      path: try #require(RelativePath(path)), collection: 0, plugin: plugin, isNamed: isNamed)
    guard case .agent(let agent) = AgentReader().read(Array(text.utf8), of: source).facts else { return "nothing" }
    return "\(agent.kind.rawValue) of \(agent.dialect.key)"
  }

  @Test(
    "Files at the paths of a runtime are recognized, with or without frontmatter",
    arguments: [
      (".claude/agents/deep/pier.md", "agent of claude-code"),
      (".claude/commands/git/pier.md", "command of claude-code"),
      (".claude/skills/pier/SKILL.md", "skill of claude-code"), (".claude/rules/pier.md", "instruction of claude-code"),
      (".agents/skills/pier/SKILL.md", "skill of agent-skill"), ("skills/pier/SKILL.md", "skill of agent-skill"),
      (".github/agents/pier.agent.md", "agent of copilot"), (".github/agents/pier.md", "agent of copilot"),
      ("modes/pier.chatmode.md", "agent of copilot"), ("prompts/pier.prompt.md", "command of copilot"),
      (".github/instructions/a/pier.instructions.md", "instruction of copilot"),
      (".github/copilot-instructions.md", "instruction of copilot"),
      (".opencode/agent/a/pier.md", "agent of opencode"), (".opencode/agents/pier.md", "agent of opencode"),
      (".opencode/mode/pier.md", "agent of opencode"), (".opencode/command/pier.md", "command of opencode"),
      (".opencode/commands/a/pier.md", "command of opencode"), (".gemini/agents/pier.md", "agent of gemini-cli"),
      (".cursor/agents/pier.md", "agent of cursor"), (".cursor/commands/pier.md", "command of cursor"),
      (".cursor/rules/a/pier.mdc", "instruction of cursor"), (".kiro/agents/pier.md", "agent of kiro"),
      (".kiro/steering/pier.md", "instruction of kiro"), (".factory/droids/pier.md", "agent of factory"),
      (".qwen/agents/pier.md", "agent of qwen-code"), (".windsurf/workflows/pier.md", "command of windsurf"),
      (".windsurf/rules/pier.md", "instruction of windsurf"), ("services/api/CLAUDE.md", "instruction of claude-code"),
      ("GEMINI.md", "instruction of gemini-cli"), ("services/x/.claude/agents/pier.md", "agent of claude-code"),
    ])
  func places(path: String, expected: String) throws {
    #expect(try found(path, Self.agent) == expected)
    #expect(try found(path, Self.plain) == expected)
  }

  @Test("The source of an agentic workflow is no agent")
  func agenticWorkflow() throws {
    let text = "---\ndescription: Checks the pier.\non: push\nengine: copilot\ntools:\n  github:\n---\nCheck it.\n"
    #expect(try found("workflows/pier.md", text) == "nothing")
    #expect(try found("flows/pier.md", text) == "nothing")
  }

  @Test(
    "Files of a plugin are recognized by its manifest and their path in it",
    arguments: [
      ("agents/a/pier.md", "agent of claude-code"), ("commands/pier.md", "command of claude-code"),
      ("skills/pier/SKILL.md", "skill of claude-code"),
    ])
  func plugins(path: String, expected: String) throws {
    let plugin = PluginPlace(manifests: [".claude-plugin/plugin.json"], path: path)
    #expect(try found("tools/harbour/\(path)", Self.plain, plugin: plugin) == expected)
    let other = PluginPlace(manifests: ["other.json"], path: path)
    #expect(try found("tools/harbour/\(path)", Self.plain, plugin: other) != expected)
  }

  @Test(
    "Files such as README.md are agents only with the fields of one",
    arguments: ["README.md", "CONTRIBUTING.md", "security.md", "LICENSE.md", "code_of_conduct.md", "CHANGELOG.md"])
  func forPeople(name: String) throws {
    #expect(try found(".claude/agents/\(name)", Self.plain) == "nothing")
    #expect(try found(".claude/agents/\(name)", "---\ntitle: Read me\n---\nText\n") == "nothing")
    #expect(try found(".claude/agents/\(name)", Self.agent) == "agent of claude-code")
  }

  @Test("In an agents folder, AGENTS.md with the fields of an agent is one, and CLAUDE.md is an instruction")
  func agentsFile() throws {
    #expect(try found(".claude/agents/researcher/AGENTS.md", Self.agent) == "agent of claude-code")
    #expect(try found(".claude/agents/CLAUDE.md", Self.plain) == "instruction of claude-code")
  }

  @Test(
    "Other files in the folder of a runtime are not items, whatever their fields",
    arguments: [
      ".claude/output-styles/pier.md", ".claude/plans/pier.md", ".github/ISSUE_TEMPLATE/pier.md", ".github/pier.md",
      ".cursor/plans/pier.md", ".opencode/tool/pier.md",
    ])
  func restOfFolder(path: String) throws {
    #expect(try found(path, Self.agent) == "nothing")
  }

  @Test(
    "Elsewhere, a file with the fields of an agent belongs to the default runtime",
    arguments: ["pier.md", "agents/pier.md", "categories/01-core/pier.md", "team/subagents/pier.md"])
  func neutral(path: String) throws {
    #expect(try found(path, Self.agent) == "agent of claude-code")
    #expect(try found(path, Self.plain) == "nothing")
  }

  @Test(
    "Pages and templates outside the folders of runtimes are not agents",
    arguments: [
      "---\ntitle: Pier\ndescription: About piers.\n---\nText\n",
      "---\nlayout: post\nname: a\ndescription: b\n---\nText\n",
      "---\nname: Bug report\nabout: Tell us\nlabels: bug\n---\nText\n", "---\ndescription: About piers.\n---\nText\n",
      "---\ntags: [a]\n---\nText\n", "---\nA thematic break, and no fields\n", "---\n---\n",
    ])
  func pages(text: String) throws {
    #expect(try found("guide/pier.md", text) == "nothing")
  }

  @Test("In documentation, a name and description are enough only in an agents folder")
  func documentation() throws {
    #expect(try found("docs/reference/pier.md", Self.agent) == "nothing")
    #expect(try found("docs/agents/pier.md", Self.agent) == "agent of claude-code")
    let limited = "---\nname: pier\ndescription: d\ntools: Read\n---\nText\n"
    #expect(try found("docs/pier.md", limited) == "agent of claude-code")
  }

  @Test("In other commands folders, files with the fields of a command are commands")
  func neutralCommands() throws {
    #expect(try found("commands/git/pier.md", Self.described) == "command of claude-code")
    #expect(try found("commands/pier.md", "---\nargument-hint: <file>\n---\nText\n") == "command of claude-code")
    #expect(try found("commands/pier.md", Self.plain) == "nothing")
    #expect(try found("commands/agents/pier.md", Self.agent) == "agent of claude-code")
    let subtask = "---\ndescription: d\nagent: build\nsubtask: true\n---\nText\n"
    #expect(try found("commands/pier.md", subtask) == "command of opencode")
    #expect(try found(".claude/commands/pier.md", subtask) == "command of claude-code")
    #expect(try found("agents/pier.md", subtask) == "agent of claude-code")
  }

  @Test("A file in another folder of a runtime belongs to it, with an unknown verdict")
  func otherFolder() throws {
    #expect(try found(".opencode/old/agents/pier.md", Self.agent) == "agent of opencode")
    let source = SourceFile(path: try #require(RelativePath(".opencode/old/agents/pier.md")), collection: 0)
    guard case .agent(let agent) = AgentReader().read(Array(Self.agent.utf8), of: source).facts else { throw NoAgent() }
    #expect(agent.loading.outcome == .unknown && agent.findings.map(\.rule) == ["will-not-load"])
  }

  @Test("A file that is a source itself is an agent with fewer fields")
  func named() throws {
    #expect(try found("draft.md", Self.described, isNamed: true) == "agent of claude-code")
    #expect(try found("draft.md", Self.plain, isNamed: true) == "nothing")
  }

  @Test("A file with broken frontmatter is an agent if it begins like one")
  func broken() throws {
    #expect(try found("pier.md", "---\nname: pier\ndescription: never closed\n\nText\n") == "agent of claude-code")
    #expect(try found("slides.md", "---\n\n# A slide\n\n---\n\n# Another\n") == "nothing")
  }

  @Test("A file that is not an item keeps every word, including its frontmatter")
  func lossless() throws {
    let source = SourceFile(path: try #require(RelativePath("guide/pier.md")), collection: 0)
    let text = "---\ntitle: Harbour guide\nweight: 7\n---\n# Pier\n\nText.\n"
    let reading = AgentReader().read(Array(text.utf8), of: source)
    let html = String(decoding: reading.rendering.body.html { _ in nil }, as: UTF8.self)
    for word in ["Harbour", "guide", "weight", "Pier", "Text."] { #expect(html.contains(word), "\(word)") }
    #expect(html.components(separatedBy: "<h3").count == 2, "frontmatter is not a heading")
  }
}
