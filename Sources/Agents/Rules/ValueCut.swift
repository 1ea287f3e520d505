import Rules

/// Reports values from which YAML cuts a part off.
enum ValueCut: FrontmatterRule {
  static let rule = Rule(
    "value-cut", .warning, "YAML cuts a part of a value off",
    source: "YAML 1.2.2, 6.6 and 6.9 (https://yaml.org/spec/1.2.2/#66-comments)",
    what: """
      Reports prose that a `#` after a space cuts off. Real comments are not reported: those on a line of their own, \
      with a space after `#` (`tools: Read # and nothing else`), after two spaces, or after values that are not \
      prose. Also reports prose that begins with `!word` or `&word`.
      """,
    why: """
      In YAML, a `#` after a space begins a comment, so `description: Fixes issue #12 well.` ends at “issue”. A \
      runtime never sees the rest. A first word after `!` is the type of the value, and after `&` its name, so \
      `description: !always run the tests` is “run the tests”, or an error. The agent's page shows every comment of \
      the frontmatter.
      """,
    fix: "Put the value in quotation marks, or write it as a block after `|`.",
    failing: Example(
      """
      ---
      name: fixer
      description: Solves ticket #40 and others like it.
      ---
      Solve the ticket.
      """, line: 3, column: 28),
    passing: Example(
      """
      ---
      name: fixer
      description: "Solves ticket #40 and others like it."
      ---
      Solve the ticket.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    for comment in frontmatter.syntax.comments where CutValue.isCut(comment, in: findings.text.utf8) {
      let lost = Bounds.cut(findings.excerpt(comment.range), to: 60)
      let value = comment.value.map { findings.excerpt($0) } ?? ""
      findings.add(
        rule,
        value.isEmpty
          ? "“\(comment.key)” has no value: YAML takes “\(lost)” for a comment"
          : "“\(comment.key)” ends at “\(end(of: value))”: YAML takes “\(lost)” for a comment",
        help: "Put the value in quotation marks, or write it as a block after “|”.", textRange: comment.range)
    }
    guard !frontmatter.isData, frontmatter.read.problem == nil else { return }
    for mark in CutValue.marks(in: findings.text.utf8, frontmatter.split.fields) {
      let word = Bounds.cut(findings.excerpt(mark.range), to: 60)
      findings.add(
        rule,
        "“\(mark.key)” begins with “\(word)”, which YAML takes for the \(mark.isType ? "type" : "name") of the value",
        help: "Put the value in quotation marks.", textRange: mark.range)
    }
  }

  /// Returns the last words of a value.
  private static func end(of value: String) -> String {
    let words = value.split(separator: " ")
    return (words.count > 3 ? "…" : "") + words.suffix(3).joined(separator: " ")
  }
}
