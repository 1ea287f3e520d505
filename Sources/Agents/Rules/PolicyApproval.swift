import Files
import Rules

/// Reports items without the approval that a policy requires.
public enum PolicyApproval: CatalogRule {
  /// What people can read about it.
  public static let rule = Rule(
    "policy-approval", .error, "an approval that the policy requires is missing",
    what: """
      Reports items that nobody has approved, or that changed since, where the policy of `--policy` requires an \
      approval.
      """,
    why: """
      A company may want somebody to read items before they are used. The policy is named on the command line, so \
      nothing in a repository turns it off.
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

  /// No file decides by itself that a policy does not hold.
  public static let canBeIgnored = false

  /// Whether an agent lacks an approval that a policy requires.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    agent.violations.filter { $0.demand == .approval }.map {
      finding(
        $0.message, help: "Read it, then approve it: roster approve \(agent.agent.source.publishedLabel) --by NAME.")
    }
  }
}
