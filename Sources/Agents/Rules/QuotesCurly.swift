import Rules

/// Reports curly quotation marks that are part of a value.
enum QuotesCurly: FrontmatterRule {
  static let rule = Rule(
    "quotes-curly", .warning, "curly quotation marks are part of a value",
    source: "YAML 1.2.2, 7.3 (https://yaml.org/spec/1.2.2/#73-flow-scalar-styles)",
    what: "Reports curly quotation marks around a value. Those within a text are fine.",
    why: """
      YAML recognizes only the straight quotation marks `"` and `'`. `name: “reviewer”` is a name with two curly marks \
      in it, and no runtime finds `reviewer`. Word processors and chat programs insert them.
      """,
    fix: "Use straight quotation marks. `roster check --fix` does this.",
    failing: Example(
      """
      ---
      name: reader
      description: “Reads design documents.”
      tools: Read
      ---
      Read the document.
      """, line: 3, column: 14),
    passing: Example(
      """
      ---
      name: reader
      description: Reads “design documents” of others.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    for scalar in frontmatter.syntax.scalars {
      guard let pair = CurlyQuotes.pairs(around: scalar.range, of: scalar.key, in: findings.text.utf8).first else {
        continue
      }
      findings.add(
        rule,
        "the curly quotation marks around “\(Bounds.cut(findings.excerpt(pair.inner), to: 60))” are part of the value",
        help: "Use straight quotation marks (\").", textRange: pair.whole)
    }
  }
}
