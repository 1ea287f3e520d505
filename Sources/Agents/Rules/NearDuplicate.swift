import Files
import Rules

/// Reports agents with nearly the same prompt.
public enum NearDuplicate: CatalogRule {
  /// What people can read about it.
  public static let rule = Rule(
    "near-duplicate", .note, "nearly the same prompt as another",
    what: """
      Reports an agent that shares more than half of the runs of five words in its prompt with another agent, or all \
      of its prompt.
      """,
    why: """
      Whoever improves one of them seldom improves the other, and a model has nothing to choose between them by. The \
      page of the comparison shows what differs.
      """,
    fix: """
      Keep one of them, or let each say what the other does not. If both are meant, say so in `roster.yml` (`compare`, \
      `decisions`).
      """,
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the whole document before you answer. List each gap with its section. Quote what is unclear, and do not \
      rewrite it.
      """,
      with: [
        .init(
          "second.md",
          """
          ---
          name: gap-finder
          description: Finds gaps.
          tools: Read
          ---
          Read the whole document before you answer. List each gap with its section. Quote what is unclear, and do \
          not rewrite it.
          """)
      ]),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the whole document before you answer. List each gap with its section. Quote what is unclear, and do not \
      rewrite it.
      """,
      with: [
        .init(
          "second.md",
          """
          ---
          name: planner
          description: Plans the work.
          tools: Read
          ---
          Split the work into steps that take a day. Name what each step depends on, and who can do it.
          """)
      ]))

  /// What is wrong with the prompt of an agent.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    guard let copy = agent.nearestCopy else { return [] }
    let (count, other) = (agent.nearCopyCount, copy.agent)
    let more = count > 1 ? "; it is nearly that of \(count - 1) more" : ""
    return [
      finding(
        copy.isIdentical
          ? "the prompt is that of “\(other.name)” in \(other.source.publishedLabel), byte for byte\(more)"
          : "the prompt is nearly that of “\(other.name)” in \(other.source.publishedLabel): "
            + "\(copy.percent) % of the runs of five words in either are in both\(more)",
        help: copy.decision.map(advice) ?? "Keep one of them, or let each say what the other does not.")
    ]
  }

  private static func advice(_ decision: NearCopy.Decision) -> String {
    let other = decision.other?.source.publishedLabel
    if decision.merges {
      return other.map { "Decided: merge it into \($0)." } ?? "Decided: the others are to be merged into this one."
    }
    return other.map { "Decided: \($0) is kept, and this one goes." }
      ?? "Decided: this one is kept, and the others go."
  }
}
