import Files
import Testing

@testable import Grants

@Suite("Runs of agents in workflows")
struct RunComparingTests {
  private func compare(_ old: String?, _ new: String?, at name: String = "a.yml") throws -> GrantComparison {
    let path = try #require(RelativePath(".github/workflows/\(name)"))
    func file(_ text: String?) -> GrantingFile? { text.flatMap { GrantingFile(path, Array($0.utf8)) } }
    return GrantComparison(from: file(old), to: file(new))
  }

  /// The sentences with an effect on access, each with its effect.
  private func told(_ comparison: GrantComparison) -> Set<String> {
    Set(comparison.changes.filter { $0.effect != .same }.map { "\($0.effect): \($0.sentence)" })
  }

  private let agent = "    - uses: openai/codex-action@v1\n      with: {sandbox: read-only}\n"
  private let plain = "    - run: make\n"
  private func workflow(_ step: String, permissions: String? = "contents: write, issues: none", job: String = "go")
    -> String
  {
    (permissions.map { "permissions: {\($0)}\n" } ?? "") + "on: push\njobs:\n  \(job):\n    steps:\n\(step)"
  }

  private let started: Set<String> = [
    "widens: `openai/codex-action` starts Codex from the current state of `v1`.",
    "widens: The agent's run may write `contents`.",
  ]

  @Test("An agent that starts only now has no state before, in a new workflow or in an old one")
  func starts() throws {
    #expect(told(try compare(nil, workflow(agent))) == started)
    #expect(told(try compare(workflow(plain), workflow(agent))) == started)
    let default_ = try compare(workflow(plain, permissions: nil), workflow(agent, permissions: nil))
    #expect(
      told(default_).contains(
        "widens: The agent's run has the default permissions of the repository, which may include writing."))
    #expect(default_.changes.contains { $0.danger == .writes && $0.after?.line == 3 })
    let none = try compare(nil, workflow(agent, permissions: ""))
    #expect(none.changes.contains { $0.sentence.description == "The agent's run has no permissions." })
    #expect(!none.changes.contains { $0.sentence.description.contains("Before") })
  }

  @Test("An agent that no longer starts loses access, and gains none")
  func stops() throws {
    let expected: Set<String> = [
      "narrows: `openai/codex-action` no longer starts Codex.",
      "narrows: No longer applies: the agent's run may write `contents`.",
    ]
    #expect(told(try compare(workflow(agent), nil)) == expected)
    #expect(told(try compare(workflow(agent), workflow(plain))) == expected)
  }

  @Test("Permissions of a job replace those of the workflow")
  func jobs() throws {
    let top = workflow(agent, permissions: "contents: read")
    let wider = top.replacing("    steps:", with: "    permissions: {contents: write}\n    steps:")
    #expect(
      told(try compare(top, wider)) == [
        "widens: The agent's run may write `contents`. Before: the agent's run may read `contents`."
      ])
    #expect(try compare(top, workflow(agent, permissions: nil)).verdict == .widens)
    #expect(try compare(workflow(agent, permissions: nil), top).verdict == .narrows)
    // Another job with an agent is new, although the workflow had one.
    let second = top + "  two:\n    permissions: {issues: write}\n    steps:\n" + agent
    #expect(told(try compare(top, second)).contains("widens: The agent's run in `two` may write `issues`."))
  }

  @Test("The rules of an agent that is new are reported once, the most dangerous first")
  func rules() throws {
    let step = "    - run: claude -p x --allowedTools 'Read,Bash' --disallowedTools WebFetch\n"
    let comparison = try compare(nil, workflow(step))
    #expect(told(comparison).contains("widens: Without asking, the agent may use `Bash` and `Read`."))
    #expect(comparison.danger == .promptsOff)
    #expect(comparison.verdict == .widens)
  }

  @Test("A program in the script of a shell is found")
  func shells() throws {
    let step = "    - run: sudo box -- /bin/bash -c 'node drive.js /usr/bin/copilot --allow-tool \"shell(git:*)\"'\n"
    let comparison = try compare(nil, workflow(step))
    #expect(told(comparison).contains("widens: Without asking, the agent may use `shell(git:*)`."))
    #expect(try compare(nil, workflow("    - run: bash -c 'command -v copilot'\n")).changes.isEmpty)
  }

  @Test(
    "Quotation marks and operators do not hide or add anything",
    arguments: [
      #"echo 'don'\''t stop' && claude -p go --dangerously-skip-permissions"#,
      #"echo don\'t stop; claude -p go --dangerously-skip-permissions"#,
      #"claude -p "say \"hi" --dangerously-skip-permissions"#, "x=\"$(claude -p go --dangerously-skip-permissions)\"",
      "claude -p \"one\n            two\" --dangerously-skip-permissions",
      "cat <<EOF > a\n          I don't know\n          EOF\n          claude -p \"one\n            two\" --dangerously-skip-permissions",
      "cat <<EOF\n          don't\n          EOF\n          claude -p go --dangerously-skip-permissions",
    ])
  func quoting(_ script: String) throws {
    let comparison = try compare(nil, workflow("    - run: |\n          \(script)\n"))
    #expect(comparison.danger == .promptsOff, "\(told(comparison))")
  }

  @Test("Redirections and pipes are no tools")
  func pipes() throws {
    let step = "    - run: claude -p x --allowedTools \"Edit\" \"Bash(git add:*)\" > out.txt 2>&1 | tee log\n"
    #expect(
      told(try compare(nil, workflow(step))).contains(
        "widens: Without asking, the agent may use `Edit` and `Bash(git add:*)`."))
    let quoted = #"    - run: bash -c 'copilot --allow-tool '\''shell(git add:*)'\'' -p "go"' 2>&1 | tee -a log"# + "\n"
    #expect(
      told(try compare(nil, workflow(quoted))).contains("widens: Without asking, the agent may use `shell(git add:*)`.")
    )
  }

  // MARK: Compiled workflows

  private let head =
    "# gh-aw-metadata: {}\n# This file was automatically generated by gh-aw. DO NOT EDIT.\n#     - shared/b.md\n"
  private let follower =
    "  safe_outputs:\n    needs: [go]\n    permissions: {contents: write, actions: read}\n    steps: [{run: make}]\n"

  @Test("A compiled workflow is recognized by its name and first comment")
  func compiled() throws {
    let text = head + workflow(agent)
    let path = try #require(RelativePath(".github/workflows/a.lock.yml"))
    let file = try #require(GrantingFile(path, Array(text.utf8)))
    #expect(file.title == "Agentic workflow compiled from a.md")
    #expect(file.sources.map(\.description) == [".github/workflows/a.md", ".github/workflows/shared/b.md"])
    let other = try #require(GrantingFile(path, Array(workflow(agent).utf8)))
    #expect(other.title == "GitHub workflow" && other.sources.isEmpty)
    #expect(try GrantingFileTests.file(".github/workflows/a.yml", text).sources.isEmpty)
  }

  @Test("Jobs that carry out the agent's output are part of a compiled workflow")
  func followers() throws {
    let name = "a.lock.yml"
    #expect(
      told(try compare(nil, head + workflow(agent) + follower, at: name))
        == started.union(["widens: The job `safe_outputs`, which follows the agent, may write `contents`."]))
    #expect(told(try compare(nil, workflow(agent) + follower)) == started)
    let wider = follower.replacing("actions: read", with: "actions: write")
    #expect(
      told(try compare(head + workflow(agent) + follower, head + workflow(agent) + wider, at: name)) == [
        "widens: The job `safe_outputs`, which follows the agent, may write `actions`."
      ])
  }

  @Test("Domains that the firewall lets the agent reach are listed once for a new agent, then one by one")
  func domains() throws {
    func text(_ domains: String) -> String {
      head
        + workflow("    - run: sudo awf --allow-domains \(domains) -- /bin/bash -c 'copilot -p x'\n", permissions: "")
    }
    let name = "a.lock.yml"
    let new = try compare(nil, text("a.example,b.example"), at: name)
    let sentences = new.changes.map(\.sentence.description)
    #expect(
      sentences.filter { $0.contains("example") && !$0.contains("awf") } == [
        "The agent can only reach `a.example` and `b.example`."
      ])
    #expect(
      told(try compare(text("a.example"), text("a.example,c.example"), at: name)) == [
        "widens: The agent can reach `c.example`."
      ])
    let config =
      head
      + workflow(
        #"    - run: printf "{\"allowDomains\":[\"a.example\"]}" > c.json; copilot -p x"# + "\n", permissions: "")
    #expect(
      told(try compare(config, config.replacing(#"[\"a.example\""#, with: #"[\"a.example\",\"b.example\""#), at: name))
        == [
          "widens: The agent can reach `b.example`."
        ])
    #expect(
      try compare(text("a.example"), text("a.example").replacing("--allow-domains a.example ", with: ""), at: name)
        .verdict == .widens)
  }

  @Test("A compiled workflow whose agent is not found is not passed over")
  func unknownAgents() throws {
    #expect(try compare(nil, head + workflow(plain), at: "a.lock.yml").verdict == .unknown)
    #expect(try compare(nil, workflow(plain), at: "a.lock.yml").changes.isEmpty)
  }

  /// A step with a command of several lines, below another step if there is one.
  private func copilot(_ options: [String], below step: String = "") -> String {
    let lines = (["copilot -p x"] + options).map { "          \($0)" }.joined(separator: " \\\n")
    return "on: push\npermissions: {}\njobs:\n  go:\n    steps:\n\(step)    - run: |\n\(lines)\n"
  }

  @Test("Allow rules change nothing beside an option that allows everything, and deny rules do")
  func modes() throws {
    let (all, rule) = ("--allow-all-tools", "--allow-tool 'shell(git:*)'")
    let removed = try compare(copilot([all, rule]), copilot([all]))
    #expect(removed.verdict == .same)
    #expect(
      removed.changes.map(\.sentence.description) == [
        "Removed, with no change in access: shell commands that begin with the words `git` run without asking, "
          + "as before, because of `--allow-all-tools`."
      ])
    #expect(removed.changes[0].before?.line == 9)
    #expect(removed.changes[0].after?.line == 7)
    #expect(try compare(copilot([all]), copilot([all, rule])).verdict == .same)
    #expect(told(try compare(copilot([rule]), copilot([all]))).count == 1)
    #expect(told(try compare(copilot([all]), copilot([rule]))) == ["narrows: `--allow-all-tools` is no longer set."])
    let denied = try compare(copilot(["--yolo", "--deny-tool write"]), copilot(["--yolo"]))
    #expect(told(denied) == ["widens: Writing files was blocked; now it needs no approval, because of `--yolo`."])
    #expect(denied.danger == .writes)
    #expect(denied.changes[0].after?.line == 8)
    // `--yolo` also allows all paths and URLs.
    #expect(
      told(try compare(copilot([all]), copilot(["--yolo"]))) == [
        "widens: Copilot CLI may use files in every folder (`--yolo`).",
        "widens: Copilot CLI may open every URL (`--yolo`).",
      ])
    let paths = copilot([all, "--allow-all-paths"])
    #expect(
      told(try compare(copilot(["--allow-all"]), paths)) == [
        "narrows: Copilot CLI may no longer open every URL (`--allow-all`)."
      ])
    #expect(try compare(paths, copilot([all, "--allow-all-paths", "--verbose"])).verdict == .same)
    // The option says it all.
    #expect(told(try compare(nil, copilot([all, rule]))).filter { $0.contains("may use") }.isEmpty)
  }

  @Test("A rule that a step lacks is shown at the same step, even if its number changed")
  func places() throws {
    let rule = "--allow-tool 'shell(git:*)'"
    let change = try #require(
      try compare(copilot([rule]), copilot([], below: "    - run: make\n")).changes.first)
    #expect(change.before?.line == 8)
    #expect(change.after?.line == 8)
    let claude = "on: push\njobs:\n  go:\n    steps:\n    - uses: anthropics/claude-code-action@v1\n      with:\n"
    let several = claude + "        claude_args: |\n          --max-turns 5\n          --allowedTools Bash\n"
    let added = try compare(claude + "        claude_args: --max-turns 5\n", several)
    #expect(added.changes.map { $0.after?.line } == [9])
    #expect(added.changes.map { $0.before?.line } == [7])
  }

  @Test(
    "Permissions for everything are compared with single ones",
    arguments: [
      (
        "{contents: write, issues: read}", "read-all",
        [
          "narrows: The agent's run may read `contents`. Before: the agent's run may write `contents`.",
          "widens: The agent's run may read everything else. Before: the agent's run may do nothing with everything else.",
        ]
      ),
      (
        "write-all", "{contents: write, issues: read}",
        [
          "narrows: The agent's run may read `issues`. Before: the agent's run may write `issues`.",
          "narrows: The agent's run may do nothing with everything else. Before: the agent's run may write everything else.",
        ]
      ),
      (
        "read-all", "write-all",
        ["widens: The agent's run may write everything. Before: the agent's run may read everything."]
      ),
      (
        "read-all", "{}",
        ["narrows: The agent's run may do nothing with everything. Before: the agent's run may read everything."]
      ),
      (
        nil, "write-all",
        [
          "widens: The agent's run may write everything. Before: the agent's run has the default permissions of the repository, which may include writing."
        ]
      ),
      (
        "write-all", nil,
        [
          "narrows: The agent's run has the default permissions of the repository, which may include writing. Before: the agent's run may write everything."
        ]
      ),
      (
        nil, "read-all",
        [
          "narrows: The agent's run may write nothing. Before: the agent's run has the default permissions of the repository, which may include writing."
        ]
      ),
    ] as [(String?, String?, [String])])
  func everything(_ old: String?, _ new: String?, _ expected: [String]) throws {
    func text(_ permissions: String?) -> String {
      (permissions.map { "permissions: \($0)\n" } ?? "") + "on: push\njobs:\n  go:\n    steps:\n\(agent)"
    }
    #expect(told(try compare(text(old), text(new))) == Set(expected))
  }
}
