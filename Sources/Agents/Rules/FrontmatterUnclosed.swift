import Rules

/// Reports a frontmatter that is never closed.
enum FrontmatterUnclosed: FrontmatterRule {
  static let rule = Rule(
    "frontmatter-unclosed", .error, "the frontmatter is never closed",
    runtimes: ["claude-code", "opencode", "gemini-cli"],
    what: """
      Reports a first line of `---` without a second one, and a frontmatter that ends with `...` for runtimes that do \
      not accept that.
      """,
    why: "Gemini CLI ignores such a file. OpenCode reads no field and takes the whole file as the prompt.",
    fix: "Add a line `---` after the last field.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.

      Read the document.
      """, line: 1),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      ---

      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    let (split, count) = (frontmatter.split, findings.text.utf8.count)
    if split.form == .unclosed, case let effect = frontmatter.runtime.effect(of: .frontmatterUnclosed),
      effect.outcome > .loads
    {
      findings.add(
        rule, "the frontmatter is never closed\(frontmatter.consequence(effect))",
        help: "Add a line --- after the last field.", textRange: 0..<min(3, count), effect: effect)
    }
    let effect = frontmatter.runtime.effect(of: .endMarkDots)
    if split.isClosedByDots, effect.outcome > .loads {
      let end = split.fields.upperBound
      findings.add(
        rule, "the frontmatter is closed by “...”\(frontmatter.consequence(effect))", help: "Write --- instead.",
        textRange: end..<min(end + 3, count), effect: effect)
    }
  }
}
