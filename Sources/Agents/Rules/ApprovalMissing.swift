import Files
import Rules

/// Reports items that are not approved.
public enum ApprovalMissing: CatalogRule {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "approval-missing", .error, "not approved",
    what: """
      Reports items without an approval. The rule is off unless `roster.yml` names it: `rules: {approval-missing: \
      error}`.
      """,
    why: """
      Your team may require a review of each agent before it is used. `roster approve` records the approver and \
      digests of the reviewed content in a folder `.approvals` next to the agent's file.
      """,
    fix: """
      Read the agent, then approve it with `roster approve`. A comment in the agent's own file does not turn this rule \
      off.
      """,
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """,
      with: [
        .init(
          "roster.yml",
          """
          rules:
            approval-missing: error
          """)
      ]),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """,
      with: [
        .init(
          "roster.yml",
          """
          rules:
            approval-missing: error
          """),
        .approvalOfReader,
      ]))

  /// A file must not be able to waive its own approval.
  public static let canBeIgnored = false

  /// Returns a finding if an agent lacks a required approval.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    guard agent.approval == .missing else { return [] }
    return [
      finding(
        "the \(agent.agent.kind.noun) is not approved",
        help: "Read it, then approve it: roster approve \(agent.agent.source.publishedLabel) --by NAME.")
    ]
  }
}
