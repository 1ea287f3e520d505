import Rules

/// Reports a frontmatter that does not begin at the first line.
enum FrontmatterMisplaced: FrontmatterRule {
  static let rule = Rule(
    "frontmatter-misplaced", .warning, "the frontmatter does not begin at the first line",
    runtimes: ["claude-code", "gemini-cli"],
    what: """
      Reports a frontmatter after blank lines or inside a code fence, and spaces after its first `---` for runtimes \
      that do not accept them.
      """,
    why: "Runtimes look for `---` in the first line and nowhere else. They read such a file as text without fields.",
    fix: "Make `---` the first line.",
    failing: Example(
      """

      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """, line: 1),
    passing: Example(
      """
      ---

      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    let (split, runtime, text) = (frontmatter.split, frontmatter.runtime, findings.text.utf8)
    if case .misplaced(let why) = split.form {
      let effect = runtime.effect(of: .frontmatterMisplaced)
      if effect.outcome == .loads { return }
      findings.add(
        rule, "the frontmatter does not begin at the first line: \(why)\(frontmatter.consequence(effect))",
        help: "Make --- the first line.", textRange: 0..<0, effect: effect)
    }
    if split.form == .regular, let effect = runtime.facts.loading[.openingMarkSpaced],
      text.prefix(4).last.map({ $0 == 0x20 || $0 == 0x09 }) ?? false
    {
      findings.add(
        rule, "there are spaces after the first ---\(frontmatter.consequence(effect))", help: "Remove them.",
        textRange: 0..<4, effect: effect)
    }
  }
}
