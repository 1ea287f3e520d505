import Files
import Rules

/// Reports items that name another one which should no longer be used.
public enum DeprecatedReferenced: CatalogRule {
  /// What people can read about it.
  public static let rule = Rule(
    "deprecated-referenced", .warning, "names a deprecated item",
    what: "Reports a prompt that names an agent or a skill of this catalog that is deprecated or retired.",
    why: "Whoever follows the prompt starts something that its owners want to remove.",
    fix: "Name what replaces it.",
    failing: Example(
      """
      ---
      name: planner
      description: Plans the work.
      tools: Read
      ---
      Ask @agent-old-reader for a summary.
      """, in: "agents/planner.md", line: 6, column: 5, with: [old]),
    passing: Example(
      """
      ---
      name: planner
      description: Plans the work.
      tools: Read
      ---
      Ask @agent-reader for a summary.
      """, in: "agents/planner.md", with: [old, new]))

  private static let old = Example.File(
    "agents/old-reader.md",
    """
    ---
    name: old-reader
    description: Reads design documents.
    tools: Read
    status: deprecated
    replaced-by: reader
    ---
    Read the document.
    """)
  private static let new = Example.File(
    "agents/reader.md",
    """
    ---
    name: reader
    description: Reads design documents.
    tools: Read
    ---
    Read the document.
    """)

  /// What an agent names that should no longer be used.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    if agent.lifecycle.isOver { return [] }
    return agent.agent.references.compactMap { reference in
      guard let lifecycle = agent.ended(reference.kind, agent.folded(String(reference.ownName))),
        let status = lifecycle.status
      else { return nil }
      return finding(
        "the \(reference.kind.word) “\(reference.name)” is \(status.rawValue)",
        help: lifecycle.replacedBy.map { "Use “\($0)” instead." } ?? "Use another one, or remove the name.",
        range: reference.range, location: reference.location, end: reference.end)
    }
  }
}
