import Rules

/// Reports a file that its runtime leaves out because of the file's name.
enum WillNotLoad: FrontmatterRule {
  static let rule = Rule(
    "will-not-load", .error, "the runtime ignores files with this name", runtimes: ["claude-code", "gemini-cli"],
    what: """
      Reports a file whose name its runtime does not accept. Other reasons have rules of their own: \
      `frontmatter-invalid`, `frontmatter-unclosed`, `frontmatter-misplaced`, `name-missing`, `name-format`, \
      `description-missing`, `field-duplicate`, `tools-shape`; in Gemini CLI also `field-unknown` and `tool-unknown`.
      """,
    why: """
      The runtime leaves the agent out, and says so where nobody looks. The agent's page shows what the runtime does \
      with the file, and why.
      """,
    fix: "Rename the file.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      ---
      Read the document.
      """, in: ".gemini/agents/_reader.md"),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      ---
      Read the document.
      """, in: ".gemini/agents/reader.md"))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    let source = frontmatter.source
    guard let names = frontmatter.runtime.facts.fileName, let name = source.path.components.last.map(String.init),
      names.folder == nil
        || source.publishedPath.split(separator: "/").dropLast().last.map(String.init) == names.folder,
      let problem = names.schema.problems(with: .text(name)).first
    else { return }
    findings.add(
      rule, "\(problem.message)\(frontmatter.consequence(names.effect))", help: "Rename the file.", fileRange: nil,
      severity: names.severity, effect: names.effect)
  }
}
