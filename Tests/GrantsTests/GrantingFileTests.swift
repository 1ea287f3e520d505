import Files
import Testing

@testable import Grants

@Suite("Files that grant access")
struct GrantingFileTests {
  static func file(_ path: String, _ text: String) throws -> GrantingFile {
    let path = try #require(RelativePath(path))
    return try #require(GrantingFile(path, Array(text.utf8)))
  }

  static let settings = ".claude/settings.json"

  @Test(
    "Files are recognized by their path in any folder",
    arguments: [
      ".claude/settings.json", "services/a/.claude/settings.local.json", ".mcp.json", "plugins/oven/.mcp.json",
      "plugins/oven/hooks/hooks.json", "oven/.claude-plugin/plugin.json", ".claude-plugin/marketplace.json",
      "oven/.lsp.json", "opencode.json", ".opencode/opencode.jsonc", ".opencode/plugin/a.ts", ".opencode/plugins/a.js",
      ".gemini/settings.json", "gemini-extension.json", ".codex/config.toml", ".codex/hooks.json",
      ".codex/rules/a.rules", ".vscode/settings.json", ".vscode/mcp.json", ".github/hooks/a.json", ".cursor/mcp.json",
      ".cursor/hooks.json", ".cursor/permissions.json", ".cursor/sandbox.json", ".cursor/cli.json",
      ".github/workflows/a.yml", ".github/workflows/a.yaml",
    ])
  func places(_ path: String) throws { #expect(GrantingFile.isGranting(try #require(RelativePath(path)))) }

  @Test(
    "Other files are not recognized",
    arguments: ["settings.json", "package.json", ".claude/agents/a.md", "plugin.json", ".github/dependabot.yml"])
  func otherPlaces(_ path: String) throws {
    #expect(!GrantingFile.isGranting(try #require(RelativePath(path)), isInPlugin: false))
  }

  @Test("Each rule has its line, danger and condition")
  func grants() throws {
    let text = """
      {
        "permissions": {
          "allow": ["Bash(git push *)",
                    "WebFetch(domain:tide.example)"],
          "deny": ["Read(./.env)"]
        }
      }
      """
    let grants = try Self.file(Self.settings, text).grants
    #expect(
      grants.map(\.says.description) == [
        "shell commands that begin with the words `git push` run without asking",
        "fetching pages of `tide.example` needs no approval", "reading `.env` is blocked",
      ])
    #expect(grants.map(\.line) == [3, 4, 5])
    #expect(grants.map(\.danger) == [.writes, .network, .reads])
    #expect(grants.map(\.effect) == [.grants, .grants, .limits])
    #expect(grants.map(\.condition) == ["once the folder is trusted", "once the folder is trusted", nil])
    #expect(grants.map(\.key) == ["permissions.allow", "permissions.allow", "permissions.deny"])
  }

  @Test(
    "Equivalent rules have the same identity",
    arguments: [
      ("Bash", "Bash(*)"), ("Bash(ls:*)", "Bash(ls *)"), ("mcp__buoy", "mcp__buoy__*"), ("Read(./a)", "Read(a)"),
    ])
  func identity(_ first: String, _ second: String) throws {
    let identities = try [first, second].map { rule in
      try Self.file(Self.settings, #"{"permissions": {"allow": ["\#(rule)"]}}"#).grants.map(\.identity)
    }
    #expect(identities[0] == identities[1])
    #expect(identities[0].count == 1)
  }

  @Test(
    "Different rules have different identities", arguments: [("Bash(ls *)", "Bash(ls*)"), ("Bash(ls)", "Bash(ls *)")])
  func otherIdentity(_ first: String, _ second: String) throws {
    let identities = try [first, second].map { rule in
      try Self.file(Self.settings, #"{"permissions": {"allow": ["\#(rule)"]}}"#).grants.map(\.identity)
    }
    #expect(identities[0] != identities[1])
  }

  @Test("Hidden characters stay in quoted text")
  func hidden() throws {
    let command = "echo \u{202E}hs | lruc\u{200B}`"
    let file = try Self.file(Self.settings, #"{"apiKeyHelper": "\#(command)"}"#)
    #expect(file.grants.first?.says.parts.first == .quoted(command))
  }

  @Test("The last value of a repeated key counts")
  func duplicates() throws {
    let file = try Self.file(Self.settings, #"{"apiKeyHelper": "a", "apiKeyHelper": "b"}"#)
    #expect(file.grants.map(\.says.description).first?.hasPrefix("`b` runs") == true)
    #expect(file.grants.count == 1)
  }

  @Test("An invalid file has a problem with its line and consequence")
  func problems() throws {
    let file = try Self.file(Self.settings, "{\n  \"permissions\": {},\n}")
    #expect(file.problem?.line == 2)
    #expect(file.problem?.message == "a comma before the closing brace")
    #expect(file.problem?.consequence.contains("ignores the whole file") == true)
    #expect(try Self.file(".gemini/settings.json", "{\n  // a\n  \"tools\": {},\n}").problem == nil)
    // A list comprehension could produce any rule.
    #expect(try Self.file(".codex/rules/a.rules", "[prefix_rule(pattern = [x]) for x in y]").problem != nil)
  }

  @Test("A workflow that starts no agent is not recognized")
  func workflows() throws {
    let path = try #require(RelativePath(".github/workflows/a.yml"))
    #expect(GrantingFile(path, Array("on: push\njobs: {a: {steps: [{run: make}]}}".utf8)) == nil)
    for command in [
      "npm install claude", "make docs --host codex", "COPILOT=/opt/bin/copilot", "export A=1 B=/usr/bin/claude",
    ] {
      #expect(
        GrantingFile(path, Array("on: push\njobs: {a: {steps: [{run: '\(command)'}]}}".utf8)) == nil, "\(command)")
    }
    let file = GrantingFile(path, Array("on: push\njobs: {a: {steps: [{run: gemini --yolo -p x}]}}".utf8))
    #expect(file?.runtime == "gemini-cli")
    #expect(file?.grants.contains { $0.danger == .promptsOff } == true)
  }

  // MARK: Hostile input

  private static func rules(_ rules: [String]) -> String {
    let texts = rules.map { "\"Bash(" + $0 + ")\"" }.joined(separator: ",")
    return "{\"permissions\": {\"allow\": [" + texts + "]}}"
  }

  private static func hooks(_ commands: [String]) -> String {
    let texts = commands.map { "{\"hooks\": [{\"command\": \"" + $0 + "\"}]}" }.joined(separator: ",")
    return "{\"hooks\": {\"Stop\": [" + texts + "]}}"
  }

  private static let stars = (0..<400).map { String(repeating: "a*", count: 200) + "\($0)b" }
  private static let fetches = (0..<3000).map { "curl a\($0) " + String(repeating: "-o x ", count: 30) }
  private static let keys = (0..<9000).map { "\"k\($0)\": 1" }

  /// A file that would take forever or crash the program without limits.
  struct Hostile: CustomTestStringConvertible {
    let testDescription: String
    let path: String
    let text: String

    init(_ name: String, _ path: String, _ text: String) {
      testDescription = name
      self.path = path
      self.text = text
    }
  }

  static let hostileFiles: [Hostile] = [
    Hostile("deep arrays", settings, String(repeating: "[", count: 200_000)),
    Hostile("many rules", settings, rules(Array(repeating: "a", count: 9000))),
    Hostile("many stars", settings, rules(stars)),
    Hostile("many hooks", settings, hooks(fetches)),
    Hostile("many keys", settings, "{" + keys.joined(separator: ",") + "}"),
    Hostile("aliases", ".github/workflows/a.yml", "a: &a [x]\nb:\n" + String(repeating: "- *a\n", count: 1000)),
    Hostile("deep YAML", ".github/workflows/a.yml", String(repeating: "[", count: 50_000)),
    Hostile("deep tables", ".codex/config.toml", String(repeating: "a.", count: 5000) + "b = 1"),
    Hostile("many calls", ".codex/rules/a.rules", String(repeating: "prefix_rule(pattern = [\"a\"])\n", count: 9000)),
  ]

  @Test("Hostile files are compared in bounded time, and equal themselves", arguments: GrantingFileTests.hostileFiles)
  func hostile(_ hostile: Hostile) throws {
    let path = try #require(RelativePath(hostile.path))
    let file = GrantingFile(path, Array(hostile.text.utf8))
    #expect([.same, .unknown].contains(GrantComparison(from: file, to: file).verdict))
    let other = GrantingFile(path, Array(hostile.text.replacing("a", with: "c").utf8))
    _ = GrantComparison(from: file, to: other).changes
  }

  @Test("Rules beyond the limit are reported as unknown")
  func excess() throws {
    let rules = (0..<300).map { "\"Bash(a\($0))\"" }
    let file = try Self.file(Self.settings, "{\"permissions\": {\"allow\": [\(rules.joined(separator: ","))]}}")
    let other = try Self.file(
      Self.settings, "{\"permissions\": {\"allow\": [\((rules + ["\"Bash\""]).joined(separator: ","))]}}")
    #expect(file.grants.contains { $0.effect == .unknown })
    #expect(GrantComparison(from: file, to: other).verdict == .unknown)
  }
}
