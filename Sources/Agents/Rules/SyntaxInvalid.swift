import Rules

/// Reports a file that is not valid TOML, JSON or YAML.
enum SyntaxInvalid: FrontmatterRule {
  static let rule = Rule(
    "syntax-invalid", .error, "the file is not valid TOML, JSON or YAML",
    runtimes: ["gemini-cli", "codex", "kiro-json", "roo-code", "opencode-json"],
    what: "Reports a command, an agent or a file of several agents in TOML, JSON or YAML that a parser rejects.",
    why: """
      Gemini CLI, Codex CLI and Kiro skip such a file with a message. Roo Code loses every mode of the file, and \
      OpenCode does not start. Common causes are a backslash or a quotation mark in a text between double quotation \
      marks, a comma after the last field of JSON, and an unquoted colon in YAML.
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
    check(refusal, frontmatter.format, of: frontmatter.runtime, at: place, &findings)
  }

  /// Reports a file with several items, none of which can be read.
  static func check(
    _ refusal: StrictYAML.Refusal, _ format: ItemFormat, of runtime: Runtime, _ findings: inout FindingList
  ) {
    check(
      refusal, format, of: runtime, at: findings.place(line: refusal.line, column: refusal.column, from: 0), &findings)
  }

  private static func check(
    _ refusal: StrictYAML.Refusal, _ format: ItemFormat, of runtime: Runtime, at place: Range<Int>,
    _ findings: inout FindingList
  ) {
    let title = format.rawValue.uppercased()
    if refusal.isExcess {
      return findings.add(
        rule, "the file is not read as \(title), because it has \(refusal.problem)", help: "Shorten it.",
        textRange: findings.firstCharacter(of: place), effect: .unknown)
    }
    var (place, circumstance, message) = (place, Circumstance.tomlInvalid, refusal.problem)
    var help = help(refusal, format)
    switch format {
    case .yaml:
      let text = String(decoding: findings.text.utf8, as: UTF8.self)
      let problem = YAMLProblem(in: text, refusal, hasReturns: findings.bytes.contains(0x0D), isNested: true)
      (circumstance, message, help) = (problem.circumstance, problem.message, problem.help)
      place = findings.place(line: problem.line, column: problem.column, from: 0)
    case .json: circumstance = .jsonInvalid
    case .toml, .markdown: break
    }
    if refusal.isDuplicate { circumstance = .duplicateKey }
    let effect = runtime.effect(of: circumstance)
    findings.add(
      rule, "invalid \(title): \(message)\(effect.consequence(in: runtime))", help: help,
      textRange: findings.firstCharacter(of: place), effect: effect)
  }

  private static func help(_ refusal: StrictYAML.Refusal, _ format: ItemFormat) -> String {
    if refusal.isDuplicate { return "Keep one of them." }
    if format != .toml { return "Correct the file at this place." }
    if refusal.problem.contains("escape") { return "Write \\\\ for a backslash, or put the text between '''." }
    return "Correct the file at this place. Texts need quotation marks."
  }
}
