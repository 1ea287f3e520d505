import Files
import Rules
import Text

/// Reports items that changed after they were approved.
enum ApprovalStale: CatalogRule {
  static let rule = Rule(
    "approval-stale", .warning, "changed since it was approved",
    what: """
      Reports items that changed since they were approved. The finding names the fields and sections that changed, and \
      the files of a skill. Line endings, comments and the order of fields are ignored. An approval of a skill by an \
      earlier version covers only `SKILL.md`, and is valid while the folder has no other file.
      """,
    why: "Nobody has reviewed the current version.",
    fix: """
      Review the changes and approve the item again, or undo them. A comment in the agent's own file does not turn \
      this rule off.
      """,
    failing: Example(
      """
      ---
      name: reader
      description: Reads all documents.
      tools: Read
      ---
      Read the document.
      """,
      with: [
        .approvalOfReader
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
        .approvalOfReader
      ]))

  /// A file must not be able to waive its own approval.
  static let canBeIgnored = false

  /// Returns a finding if an agent changed since it was approved.
  static func findings(about agent: some AgentSurroundings) -> [Finding] {
    guard case .stale(let approvers, let changes) = agent.approval else { return [] }
    let by = approvers.isEmpty ? "" : " by \(approvers.joined(before: "and"))"
    return [
      finding(
        "the \(agent.agent.kind.noun) was approved\(by) and has changed since: \(changes.joined(separator: ", "))",
        help:
          "Review the changes, then approve it again: roster approve \(agent.agent.source.publishedLabel) --by NAME."
      )
    ]
  }
}
