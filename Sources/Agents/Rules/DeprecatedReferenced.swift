import Files
import Rules

/// Reports items that reference a deprecated or retired item.
public enum DeprecatedReferenced: CatalogRule {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "deprecated-referenced", .warning, "names a deprecated item",
    what: "Reports prompts that name a deprecated or retired agent or skill of this catalog.",
    why: "The prompt keeps an item in use that its owners want to remove.",
    fix: "Name its replacement.",
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

  /// Returns a finding for each deprecated item that an agent references.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    if agent.lifecycle.isOver { return [] }
    return agent.agent.references.compactMap { reference in
      guard let lifecycle = agent.ended(reference.kind, agent.folded(String(reference.ownName))),
        let status = lifecycle.status
      else { return nil }
      return finding(
        "the \(reference.kind.word) “\(reference.name)” is \(status.rawValue)",
        help: lifecycle.replacedBy.map { "Use “\($0)” instead." } ?? "Use another one, or remove the reference.",
        range: reference.range, location: reference.location, end: reference.end)
    }
  }
}
