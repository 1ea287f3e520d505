// The rules about who has approved an agent.

extension Rule {
  static let approval: [Rule] = [approvalMissing, approvalStale]

  /// Nobody has approved the agent.
  public static let approvalMissing = Rule(
    "approval-missing", .error, "nobody has approved the agent",
    """
    A team may want somebody to have read each agent before it is used. `roster approve` writes who did, and the digests of what was read, into a folder `.approvals` beside the \
    agent's file. This rule finds the agents that have no such file. It is off unless roster.yml names it: `rules: {approval-missing: error}`. A comment in the agent's own \
    file does not switch it off.
    """)

  /// The agent was changed since it was approved.
  public static let approvalStale = Rule(
    "approval-stale", .warning, "the agent was changed since it was approved",
    """
    What was approved is known by digests of each field and of each section of the prompt, so that the finding can say what is not any more as it was. Line ends, comments and the order \
    of fields do not count. Approve it again, or undo the change. A comment in the agent's own file does not switch this rule off.
    """)
}
