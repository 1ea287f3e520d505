import Files
import Rules

/// Reports items with a review or last day of use in the past.
public enum ReviewOverdue: CatalogRule {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "review-overdue", .warning, "overdue review or past sunset date",
    what: """
      Reports items whose `review-by` date has passed, and items past their `sunset` date that are not retired. The \
      dates come from the file or from `lifecycle` in `roster.yml`. `roster check` compares them with today. A built \
      site does not depend on the date, so the browser marks the dates that have passed.
      """,
    why: "The owners decided to review the item, or to stop using it, by that date.",
    fix: "Review the item and set a later `review-by`, or remove the item.",
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

  /// Returns a finding for each date of an agent that has passed.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    guard let today = agent.today else { return [] }
    let lifecycle = agent.lifecycle
    var findings: [Finding] = []
    if let day = lifecycle.sunset, day < today, lifecycle.status != .retired {
      findings.append(
        finding("its last day of use was \(day)", help: "Remove it, or set a later day in sunset."))
    }
    if let day = lifecycle.reviewBy, day < today {
      findings.append(
        finding("its review was due on \(day)", help: "Read it, then set a later day in review-by."))
    }
    return findings
  }
}
