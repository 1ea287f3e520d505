import Files
import Rules

/// Reports items without the approval that a policy requires.
public enum PolicyApproval: CatalogRule {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "policy-approval", .error, "an approval that the policy requires is missing",
    what: """
      Reports items without a current approval if the policy of `--policy` requires one.
      """,
    why: """
      A company may require a review of items before they are used. The policy comes from the command line, so nothing \
      in a repository can turn it off.
      """,
    fix: "Read the item, then approve it with `roster approve`.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """,
      with: [policy]),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """,
      with: [policy, .approvalOfReader]))

  private static let policy = Example.File(
    "policy.yml",
    """
    approvals:
      - kinds: [agents]
    """)

  /// A file must not be able to turn off a policy.
  public static let canBeIgnored = false

  /// Returns a finding for each approval that a policy requires and the agent lacks.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    agent.violations.filter { $0.demand == .approval }.map {
      finding(
        $0.message, help: "Read it, then approve it: roster approve \(agent.agent.source.publishedLabel) --by NAME.")
    }
  }
}
