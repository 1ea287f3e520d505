import Files
import Pages
import Reviews

/// A review as the terminal shows it.
public struct ReviewText {
  /// The lines, printable.
  public let lines: [String]

  /// How many agents and findings are listed.
  private static let (agentsLength, findingsLength) = (20, 20)

  /// Writes a review.
  ///
  /// - Parameters:
  ///   - sides: what is compared with what.
  ///   - reasons: why the review fails; empty if it does not.
  ///   - output: where the pages are.
  public init(_ review: Review, sides: ReviewSite.Sides, reasons: [String], output: String) {
    var lines = ["Before: \(sides.before)", "After:  \(sides.after)", ReviewWording.figures(review)]
    lines += sides.notes
    let wider = review.changes.filter { !$0.access.gains.isEmpty }
    let settings = review.settings.filter { !$0.gains.isEmpty }
    if !settings.isEmpty { lines += ["", "Settings that may allow more than before:"] }
    for change in settings.prefix(Self.agentsLength) {
      lines.append("  \(change.path) (\(change.title), \(change.kind.rawValue))")
      lines += change.gains.map { "    \(ReviewWording.text($0))" }
    }
    if settings.count > Self.agentsLength { lines.append("  and \(settings.count - Self.agentsLength) more") }
    if !wider.isEmpty { lines += ["", "May do more than before:"] }
    for change in wider.prefix(Self.agentsLength) {
      lines.append("  \(Self.name(change, review)) (\(ReviewWording.title(change.kind)))")
      lines += change.access.gains.map { "    \($0)" }
      lines += change.files.map { "    \($0.path): \($0.words)" }
    }
    if wider.count > Self.agentsLength { lines.append("  and \(wider.count - Self.agentsLength) more") }
    let rest = review.changes.filter { $0.access.gains.isEmpty }
    let others = review.settings.filter(\.gains.isEmpty)
    if !rest.isEmpty || !others.isEmpty { lines += ["", "Else:"] }
    for change in others.prefix(Self.agentsLength) {
      lines.append("  \(change.path) (\(change.title)): \(change.kind.rawValue)")
      lines += (change.losses + change.remarks).map { "    \(ReviewWording.text($0))" }
    }
    if others.count > Self.agentsLength { lines.append("  and \(others.count - Self.agentsLength) more") }
    for change in rest.prefix(Self.agentsLength) { lines.append("  \(Self.line(change, review))") }
    if rest.count > Self.agentsLength { lines.append("  and \(rest.count - Self.agentsLength) more") }
    let findings = review.newFindings.filter { $0.finding.severity < .note }
    if !findings.isEmpty { lines += ["", "New findings:"] }
    for (place, finding) in findings.prefix(Self.findingsLength) {
      let path = Self.path(review.changes[place], finding, review)
      let line = finding.location.map { ":\($0.line):\($0.column)" } ?? ""
      lines.append("  \(path)\(line): \(ReviewWording.finding(finding)) [\(finding.rule)]")
    }
    if findings.count > Self.findingsLength { lines.append("  and \(findings.count - Self.findingsLength) more") }
    lines += ["", "Open \(output.hasSuffix("/") ? output : output + "/")index.html"]
    if !reasons.isEmpty { lines.append("Fails: \(reasons.joined(separator: ", "))") }
    self.lines = lines.map(TerminalText.printable)
  }

  private static func name(_ change: AgentChange, _ review: Review) -> String {
    change.after.map { review.after[$0].name } ?? change.before.map { review.before[$0].name } ?? ""
  }

  private static func path(_ change: AgentChange, _ finding: Finding, _ review: Review) -> String {
    (change.after.map { review.after[$0] } ?? change.before.map { review.before[$0] })?.source(of: finding).displayLabel
      ?? ""
  }

  private static func line(_ change: AgentChange, _ review: Review) -> String {
    var parts = [ReviewWording.title(change.kind)]
    if change.kind != .added, change.kind != .removed, !change.fields.isEmpty {
      parts.append(change.fields.map(\.key).joined(separator: ", "))
    }
    if let text = change.text { parts.append("prompt \(ReviewWording.text(text))") }
    parts += change.files.map { "\($0.path) \($0.words)" }
    let concerns = change.concerns.compactMap { ReviewWording.title($0) }
    if !concerns.isEmpty { parts.append("look at: \(concerns.joined(separator: ", "))") }
    parts += change.origins.map {
      "\(Int(($0.share * 100).rounded())) % of its lines come from \(review.before[$0.agent].name)"
    }
    parts += change.form
    return "\(name(change, review)): \(parts.joined(separator: "; "))"
  }
}
