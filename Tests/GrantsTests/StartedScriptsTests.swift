import Files
import Testing

@testable import Grants

@Suite("Started scripts")
struct StartedScriptsTests {
  private func starters(_ command: String, in settings: String, of path: String) throws -> [String] {
    let hook = #"{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "COMMAND"}]}]}}"#
    let text = hook.replacing("COMMAND", with: command.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))
    let place = try #require(RelativePath(settings))
    var scripts = StartedScripts()
    if let file = GrantingFile(place, Array(text.utf8)) { scripts.add(file) }
    return scripts.starters(of: try #require(RelativePath(path)))
  }

  @Test(
    "Scripts in hook commands are found",
    arguments: [
      ("\"$CLAUDE_PROJECT_DIR\"/.claude/hooks/a.sh", ".claude/settings.json", ".claude/hooks/a.sh"),
      ("${CLAUDE_PLUGIN_ROOT}/hooks/a.py --x", "p/hooks/hooks.json", "p/hooks/a.py"),
      ("python3 ./scripts/a.py && echo", ".claude/settings.json", "scripts/a.py"),
      ("cd sub; ./tools/a.sh", ".claude/settings.json", "sub/tools/a.sh"),
      ("FILE=scripts/a.sh sh -c '. $FILE'", ".claude/settings.json", "scripts/a.sh"),
      ("sh a.sh", ".claude/settings.json", "a.sh"),
      ("${CLAUDE_PLUGIN_ROOT}/hooks/run.cmd start", "hooks/hooks.json", "hooks/start"),
    ])
  func found(_ command: String, _ settings: String, _ path: String) throws {
    #expect(try starters(command, in: settings, of: path) == [settings])
  }

  @Test(
    "Other files with the same name are not started",
    arguments: [
      ("${CLAUDE_PLUGIN_ROOT}/hooks/a.py", "p/hooks/hooks.json", "q/hooks/a.py"),
      ("sh a.sh", ".claude/settings.json", "elsewhere/a.sh"), ("sh hooks/a.sh", ".claude/settings.json", "hooks/b.sh"),
      ("sh hooks/a.sh", ".claude/settings.json", "myhooks/a.sh"), ("npx -y server", ".claude/settings.json", "-y"),
    ])
  func others(_ command: String, _ settings: String, _ path: String) throws {
    #expect(try starters(command, in: settings, of: path).isEmpty)
  }

  @Test("Text for a model starts no scripts", arguments: ["prompt", "agent"])
  func prompts(_ type: String) throws {
    let text =
      #"{"hooks": {"Stop": [{"hooks": [{"type": "\#(type)", "prompt": "Does scripts/a.sh follow CLAUDE.md?"}]}]}}"#
    let place = try #require(RelativePath(".claude/settings.json"))
    var scripts = StartedScripts()
    if let file = GrantingFile(place, Array(text.utf8)) { scripts.add(file) }
    #expect(scripts.starters(of: try #require(RelativePath("scripts/a.sh"))).isEmpty)
  }

  @Test("Rules that allow commands start scripts, but rules for files do not")
  func rules() throws {
    let text =
      #"{"permissions": {"allow": ["Bash(./scripts/a.sh:*)", "Edit(docs/b.md)"], "deny": ["Bash(./scripts/c.sh)"]}}"#
    let place = try #require(RelativePath(".claude/settings.json"))
    var scripts = StartedScripts()
    if let file = GrantingFile(place, Array(text.utf8)) { scripts.add(file) }
    let found = try ["scripts/a.sh", "docs/b.md", "scripts/c.sh"].filter {
      !scripts.starters(of: try #require(RelativePath($0))).isEmpty
    }
    #expect(found == ["scripts/a.sh"])
  }
}
