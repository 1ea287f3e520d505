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
}
