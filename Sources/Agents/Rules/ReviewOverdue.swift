import Files
import Rules

/// Reports items whose day has passed.
public enum ReviewOverdue: CatalogRule {
  /// What people can read about it.
  public static let rule = Rule(
    "review-overdue", .warning, "a review or the end of use is overdue",
    what: """
      Reports items past the day of `review-by`, and items past the day of `sunset` that are not retired. The days come \
      from the file or from `lifecycle` in `roster.yml`. `roster check` compares them with today. Pages do not depend on \
      the day on which they are built, so a browser marks what is overdue there.
      """,
    why: "Somebody decided that the item must be read again, or must no longer be used, after that day.",
    fix: "Read the item and set a later `review-by`, or remove the item.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      review-by: 2020-01-31
      ---
      Read the document.
      """),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      review-by: 2999-01-31
      ---
      Read the document.
      """))

  /// Which days of an agent have passed.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    guard let today = agent.today else { return [] }
    let lifecycle = agent.lifecycle
    var findings: [Finding] = []
    if let day = lifecycle.sunset, day < today, lifecycle.status != .retired {
      findings.append(
        finding("it was to be used until \(day)", help: "Remove it, or set a later day in sunset."))
    }
    if let day = lifecycle.reviewBy, day < today {
      findings.append(
        finding("its review was due on \(day)", help: "Read it, then set a later day in review-by."))
    }
    return findings
  }
}
