import Files
import Rules

/// Reports a file without frontmatter in a place where the runtime expects one.
enum FrontmatterMissing: FrontmatterRule {
  static let rule = Rule(
    "frontmatter-missing", .note, "the file has no frontmatter", runtimes: ["claude-code", "gemini-cli", "copilot"],
    what: "Reports a file without frontmatter where a runtime looks for one.",
    why: """
      Claude Code and Gemini CLI ignore such an agent, and Codex and Gemini CLI such a skill. VS Code and OpenCode load an \
      agent with default settings. Most commands and instructions need none.
      """,
    fix: "Add a frontmatter, or move the file to another folder if it is not an agent.",
    failing: Example(
      """
      # Reader

      Read the document.
      """, in: ".claude/agents/reader.md", line: 1),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """, in: ".claude/agents/reader.md"))

  static func check(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) {
    func severity(of effect: Effect) -> Finding.Severity? {
      switch effect.outcome {
      case .partial: .warning
      // If the effect is unknown, a note is enough.
      case .unknown where frontmatter.runtime.kind != .agent: .note
      default: nil
      }
    }
    guard frontmatter.split.form == .none, frontmatter.runtime.facts.isJudged, !(frontmatter.place?.isPlain ?? false),
      ItemFormat(ofName: frontmatter.source.path.description) == .markdown
    else { return }
    let effect = frontmatter.runtime.effect(of: .noFrontmatter)
    if effect.outcome == .loads { return }
    findings.add(
      rule, "the file has no frontmatter\(frontmatter.consequence(effect))",
      help: "Add a frontmatter, or move the file elsewhere.", textRange: 0..<0, severity: severity(of: effect),
      effect: effect)
  }
}
