import Files
import Rules

/// Reports invalid dates and missing replacements.
public enum LifecycleInvalid: CatalogRule {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "lifecycle-invalid", .warning, "invalid date or replacement",
    what: """
      Reports a `sunset` or `review-by` that is not a date such as 2027-01-31, and a `replaced-by` that matches \
      nothing in this catalog.
      """,
    why: "Roster cannot report an invalid date when it passes, or link to a missing replacement.",
    fix: "Write the date as 2027-01-31. Name the replacement by its name, path or address.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      review-by: next spring
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

  /// Returns the findings about the lifecycle of an agent.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    var findings = agent.agent.wrongDays.map { field, value in
      finding(
        "\(field) is not a date: “\(Bounds.cut(value, to: 60))”", help: "Write it as 2027-01-31.")
    }
    if let name = agent.lifecycle.replacedBy, !agent.hasReplacement {
      findings.append(
        finding(
          "the replacement “\(Bounds.cut(name, to: 200))” is not in this catalog",
          help: "Correct replaced-by, unless the item is in another catalog."))
    }
    return findings
  }
}
