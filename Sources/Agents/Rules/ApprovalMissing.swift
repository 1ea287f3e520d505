import Files
import Rules

/// Reports agents that nobody has approved.
public enum ApprovalMissing: CatalogRule {
  /// What people can read about it.
  public static let rule = Rule(
    "approval-missing", .error, "nobody has approved the agent",
    what: """
      Reports agents without an approval. The rule is off unless `roster.yml` names it: `rules: {approval-missing: \
      error}`.
      """,
    why: """
      A team may want somebody to read each agent before it is used. `roster approve` writes who did, with digests of \
      what was read, into a folder `.approvals` beside the agent's file.
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
        .init(
          ".approvals/reader.md.json",
          """
          {
            "approved": [{"by": "Ada", "on": "2026-05-03"}],
            "fields": {
              "description": "98874cfc20b7728122ecac9b8a33630d6206fe4386eeb70654f38d6b14883541",
              "name": "fab6cf8475ef685c7be20fd7788bdab5cea8ac309c09b5663635228b859e55fc",
              "tools": "28e16cf0e471a239610e7a656913100116b70ae6ec5a1a69c1321d31d1670532"
            },
            "sections": [
              {"digest": "355c61cc1089e0e2e4337f6856e1e2d73686876fe8c389dce499047f65a2fbcd", "heading": ""}
            ],
            "version": 1
          }
          """),
      ]))

  /// No file decides by itself that nobody has to approve it.
  public static let canBeIgnored = false

  /// Whether an agent lacks an approval.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    guard agent.approval == .missing else { return [] }
    return [
      finding(
        "nobody has approved the agent",
        help: "Read it, then approve it: roster approve \(agent.agent.source.publishedPath) --by NAME.")
    ]
  }
}
