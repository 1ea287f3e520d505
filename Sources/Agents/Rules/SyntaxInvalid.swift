import Rules

/// Reports a file that is not in its format: not TOML, or not JSON.
enum SyntaxInvalid: FrontmatterRule {
  static let rule = Rule(
    "syntax-invalid", .error, "the file is not valid TOML or JSON",
    runtimes: ["gemini-cli", "codex", "kiro-json"],
    what: "Reports a command or an agent in TOML or JSON that a parser rejects.",
    why: """
      Gemini CLI, Codex CLI and Kiro leave such a file out with a message. Usual reasons are a backslash or a quotation \
      mark in a text between double quotation marks, and a comma after the last field of JSON.
      """,
    fix: "Correct the syntax. In TOML, a text between ''' keeps backslashes and quotation marks as they are.",
    failing: Example(
      #"""
      description = "Counts lines."
      prompt = "Count the lines that match \d+."
      """#, in: ".gemini/commands/count.toml", line: 2, column: 39),
    passing: Example(
      #"""
      description = "Counts lines."
      prompt = '''
      Count the lines that match \d+.
      '''
      """#, in: ".gemini/commands/count.toml"))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    guard let (refusal, place) = frontmatter.read.dataProblem,
      !(refusal.isDuplicate && !frontmatter.read.duplicates.isEmpty)
    else { return }
    let isJSON = frontmatter.place?.format == .json
    let circumstance: Circumstance = refusal.isDuplicate ? .duplicateKey : isJSON ? .jsonInvalid : .tomlInvalid
    let effect = refusal.isExcess ? .unknown : frontmatter.runtime.effect(of: circumstance)
    let title = isJSON ? "JSON" : "TOML"
    findings.add(
      rule,
      refusal.isExcess
        ? "the file is not read as \(title), because it has \(refusal.problem)"
        : "invalid \(title): \(refusal.problem)\(frontmatter.consequence(effect))",
      help: refusal.isExcess ? "Shorten it." : help(refusal, isJSON), textRange: findings.firstCharacter(of: place),
      effect: effect)
  }

  private static func help(_ refusal: StrictYAML.Refusal, _ isJSON: Bool) -> String {
    if refusal.isDuplicate { return "Keep one of them." }
    if isJSON { return "Correct the file at this place." }
    if refusal.problem.contains("escape") { return "Write \\\\ for a backslash, or put the text between '''." }
    return "Correct the file at this place. Texts need quotation marks."
  }
}
