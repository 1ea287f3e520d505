import Files
import Rules

/// Reports items that may do what a policy forbids.
public enum PolicyReach: CatalogRule {
  /// What people can read about it.
  public static let rule = Rule(
    "policy-reach", .error, "more access than the policy allows",
    what: "Reports items with access that the policy of `--policy` denies.",
    why: """
      A company may limit the access of some agents: support agents never run commands, for example. The policy comes \
      from the command line, so nothing in a repository can turn it off.
      """,
    fix: "Remove the tools that grant the access, or ask the owners of the policy to change it.",
    failing: Example(
      """
      ---
      name: answerer
      description: Answers customers.
      tools: Read, Bash
      ---
      Answer the question.
      """,
      in: "support/answerer.md", with: [policy]),
    passing: Example(
      """
      ---
      name: answerer
      description: Answers customers.
      tools: Read
      ---
      Answer the question.
      """,
      in: "support/answerer.md", with: [policy]))

  private static let policy = Example.File(
    "policy.yml",
    """
    limits:
      - paths: ["**/support/**"]
        deny: [run, bypass]
        reason: Agents of support never run commands.
    """)

  /// No file decides by itself that a policy does not hold.
  public static let canBeIgnored = false

  /// What an agent may do against a policy.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    agent.violations.filter { $0.demand == .reach }.map {
      finding($0.message, help: "Remove the tools that grant it.")
    }
  }
}
