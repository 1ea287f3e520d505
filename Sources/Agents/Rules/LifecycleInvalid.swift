import Files
import Rules

/// Reports what a file says of its own lifecycle and does not hold.
public enum LifecycleInvalid: CatalogRule {
  /// What people can read about it.
  public static let rule = Rule(
    "lifecycle-invalid", .warning, "a date or a replacement is wrong",
    what: """
      Reports `sunset` and `review-by` that are no day such as 2027-01-31, and `replaced-by` that names nothing in this \
      catalog.
      """,
    why: "Nobody would be reminded of the day, or be led to the replacement.",
    fix: "Write the day as year, month and day. Name the replacement by its name, path or address.",
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

  /// What is wrong in the lifecycle of an agent.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    var findings = agent.agent.wrongDays.map { field, value in
      finding(
        "\(field) is no day: “\(Bounds.cut(value, to: 60))”", help: "Write it as year, month and day: 2027-01-31.")
    }
    if let name = agent.lifecycle.replacedBy, !agent.hasReplacement {
      findings.append(
        finding(
          "the replacement “\(Bounds.cut(name, to: 200))” is not in this catalog",
          help: "Correct replaced-by, unless it is kept elsewhere."))
    }
    return findings
  }
}
