import Files
import Rules

/// Reports comments in a file that turn rules off.
enum RulesIgnored: RuleDefinition {
  static let rule = Rule(
    "rules-ignored", .note, "the file turns off some rules",
    what: """
      Reports a comment in the frontmatter such as `# roster: ignore heading-skip`, which turns a rule off for its \
      file, and rules in it that do not exist.
      """,
    why: "The author of a file writes such a comment. Reviewers should know which findings are not reported.",
    fix: "Remove the comment to see the findings. The comment cannot turn this rule off; `roster.yml` can.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      # roster: ignore heading-skip
      ---
      Read the document.
      """, line: 5),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      # heading-skip is fine here
      ---
      Read the document.
      """))

  private static let lead = Array("# roster: ignore".utf8)

  /// Reads the rules that a frontmatter turns off. The findings about this cannot be turned off.
  ///
  /// - Parameters:
  ///   - frontmatter: The range of the frontmatter in the text.
  ///   - isIndented: Whether the comments may be indented, as in an item of a list.
  ///   - enforced: The rules that no file can turn off.
  ///   - findings: The findings to add to. It also stores the rules that are turned off.
  static func check(
    _ frontmatter: Range<Int>, isIndented: Bool = false, except enforced: Set<String>,
    _ findings: inout FindingList
  ) {
    let text = findings.text.utf8
    guard text[frontmatter].contains(UInt8(ascii: "#")) else { return }
    var lines = Lines(text, from: frontmatter.lowerBound)
    while let line = lines.peek(), line.lowerBound < frontmatter.upperBound {
      lines.skip()
      let content = isIndented ? text[line].drop { $0 == 0x20 } : text[line]
      guard content.starts(with: lead) else { continue }
      let names = String(decoding: content.dropFirst(lead.count), as: UTF8.self)
        .split { $0 == "," || $0.isWhitespace }.map(String.init)
      for name in names where Rule.named(name) == nil && findings.count(of: rule) < FindingList.ruleLimit {
        let meant = Rule.suggestion(for: name).map { "Did you mean “\($0)”?" }
        findings.add(
          rule, "the comment ignores an unknown rule, “\(Bounds.cut(name, to: 60))”",
          help: meant ?? "roster check --explain lists the rules.", textRange: line, severity: .warning)
      }
      for name in names where enforced.contains(name) {
        findings.add(
          rule, "\(name) cannot be turned off: a policy requires it", help: "Remove the comment.", textRange: line,
          severity: .warning)
      }
      let known = names.filter { Rule.named($0) != nil && $0 != rule.id && !enforced.contains($0) }
      guard !known.isEmpty else { continue }
      findings.add(
        rule, "the file turns off \(known.joined(separator: ", "))",
        help: "Remove the comment to see the findings.", textRange: line)
      findings.ignore(known)
    }
  }
}
