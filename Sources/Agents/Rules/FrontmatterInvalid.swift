import Files
import Rules

/// Reports a frontmatter that is invalid YAML.
enum FrontmatterInvalid: FrontmatterRule {
  static let rule = Rule(
    "frontmatter-invalid", .error, "the frontmatter is invalid YAML", runtimes: ["claude-code"],
    what: """
      Reports a frontmatter that a YAML parser rejects. The usual reason is a colon and a space in a description \
      without quotation marks. Roster reads such a file field by field.
      """,
    why: """
      Runtimes differ, and the message says what this one does. Claude Code reads a value on one line with an unquoted \
      colon, but silently drops the agent if the file has CRLF line endings, or if a multi-line value is not valid \
      YAML. If the agent belongs to a plugin, it loads without any field: `tools` limits nothing, and the agent has \
      every tool. Gemini CLI ignores the agent. Every program that parses YAML strictly rejects it.
      """,
    fix: "Put the value in quotation marks, or write it as a block after `|`.",
    failing: Example(
      """
      ---
      name: reader
      description: Use it for one thing: design documents.
      tools: Read
      ---
      Read the document.
      """, line: 3, column: 34),
    passing: Example(
      """
      ---
      name: reader
      description: "Use it for one thing: design documents."
      tools: Read
      ---
      Read the document.
      """))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    guard let (problem, place) = frontmatter.read.problem,
      !(problem.circumstance == .duplicateKey && !frontmatter.read.duplicates.isEmpty)
    else { return }
    let effect = frontmatter.runtime.effect(of: problem.circumstance)
    // A runtime that reads no fields does not parse the frontmatter.
    if effect.outcome == .loads, frontmatter.runtime.facts.fields.isEmpty { return }
    // `SpaceInvalid` reports the space; one finding is enough.
    if frontmatter.syntax.spaces.contains(where: { !$0.isTab }) {
      return findings.object(
        "invalid YAML: a space character that YAML does not accept", fix: "Replace the space.",
        fileRange: findings.text.fileRange(findings.firstCharacter(of: place)), effect: effect)
    }
    let isMild = effect.outcome <= .partial
    // A plugin agent that loads without its fields is no better than one that does not load.
    let severity: Finding.Severity? = isMild ? .warning : effect.outcome == .ignored ? .error : nil
    findings.add(
      rule,
      isMild
        ? "strict YAML parsers reject the frontmatter: \(problem.message)"
        : "invalid YAML: \(problem.message)\(frontmatter.consequence(effect))",
      help: problem.help
        + (effect.outcome == .loads ? " \(frontmatter.dialect.title) reads the value as written." : ""),
      textRange: findings.firstCharacter(of: place), severity: severity, effect: effect)
  }
}
