import Files
import Rules

/// Reports items with access that a policy forbids.
public enum PolicyReach: CatalogRule {
  /// The metadata and documentation of the rule.
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

  /// A file must not be able to turn off a policy.
  public static let canBeIgnored = false

  /// Returns a finding for each violation of a policy's access limits.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    agent.violations.filter { $0.demand == .reach }.map {
      finding($0.message, help: "Remove the tools that grant it.")
    }
  }
}
