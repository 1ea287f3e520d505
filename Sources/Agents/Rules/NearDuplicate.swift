import Files
import Likenesses
import Rules

/// Reports agents whose prompts are identical or similar.
public enum NearDuplicate: CatalogRule {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "near-duplicate", .note, "identical or similar prompt",
    what: """
      Reports an agent whose prompt is the same as another agent's, or shares more than half of its five-word sequences \
      with it.
      """,
    why: """
      A fix in one is easily missed in the other, and a model cannot tell which to choose. The comparison \
      page shows the differences.
      """,
    fix: """
      Keep one of them, or make their purposes distinct. If both are intended, record it in `roster.yml` \
      (`compare`, `decisions`).
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

  /// Returns a finding if another agent has an identical or similar prompt.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    guard let copy = agent.nearestCopy else { return [] }
    let (count, other) = (agent.nearCopyCount, copy.agent)
    let more = count > 1 ? "; \(count - 1) more \(count == 2 ? "is" : "are") similar" : ""
    let place = "“\(other.name)” in \(other.source.publishedLabel)"
    return [
      finding(
        copy.isIdentical
          ? "the prompt is identical to \(place)\(more)"
          : Likeness.isNearlySame(percent: copy.percent)
            ? "the prompt is nearly the same as \(place): \(copy.percent)% similar\(more)"
            : "the prompt is \(copy.percent)% similar to \(place)\(more)",
        help: copy.decision.map(advice) ?? "Keep one of them, or make their purposes distinct.")
    ]
  }

  private static func advice(_ decision: NearCopy.Decision) -> String {
    let other = decision.other?.source.publishedLabel
    if decision.merges {
      return other.map { "Decision: merge it into \($0)." } ?? "Decision: merge the others into this one."
    }
    return other.map { "Decision: keep \($0), remove this one." }
      ?? "Decision: keep this one, remove the others."
  }
}
