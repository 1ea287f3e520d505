import Rules

/// Reports a file that its runtime does not load because of the file's name or folder.
enum WillNotLoad: FrontmatterRule {
  static let rule = Rule(
    "will-not-load", .error, "the runtime ignores files with this name or in this folder",
    runtimes: ["claude-code", "copilot", "gemini-cli", "agent-skill"],
    what: """
      Reports a file whose name or folder its runtime does not accept. Other reasons have rules of their own: \
      `frontmatter-invalid`, `frontmatter-unclosed`, `frontmatter-misplaced`, `name-missing`, `name-format`, \
      `description-missing`, `field-duplicate`, `tools-shape`; in Gemini CLI also `field-unknown` and `tool-unknown`.
      """,
    why: """
      The runtime ignores the agent, often without a visible message. The agent's page shows what the runtime does \
      with the file, and why.
      """,
    fix: "Rename the file, or move it.",
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
    let folder = folderEffect(frontmatter)
    // A file of another name in a folder that may not be read has one cause: its name.
    if folder.map({ $0.outcome == .unknown }) ?? true, checkName(frontmatter, &findings) { return }
    guard let folder else { return }
    let title = frontmatter.dialect.title
    let items = "\(frontmatter.runtime.kind.plural) in this folder"
    let (message, help) =
      switch folder.outcome {
      case .unknown: ("\(title) may not read \(items)", "Move the file to a folder that \(title) reads.")
      case .partial: ("only some programs read \(items): \(folder.why)", "Move it to a folder that all of them read.")
      default: ("\(title) does not read \(items)", "Move the file to a folder that \(title) reads.")
      }
    findings.add(
      rule, message, help: help, fileRange: nil, severity: folder.outcome <= .unknown ? .note : nil, effect: folder)
  }

  /// Reports a file with a name that its runtime does not accept. Returns whether it has one.
  private static func checkName(_ frontmatter: FrontmatterContext, _ findings: inout FindingList) -> Bool {
    let source = frontmatter.source
    guard let names = frontmatter.runtime.facts.fileName, let name = source.path.components.last.map(String.init),
      names.folder == nil
        || source.publishedPath.split(separator: "/").dropLast().last.map(String.init) == names.folder,
      let problem = names.schema.problems(with: .text(name)).first
    else { return false }
    findings.add(
      rule, "\(problem.message)\(frontmatter.consequence(names.effect))", help: "Rename the file.", fileRange: nil,
      severity: names.severity, effect: names.effect)
    return true
  }

  /// Returns the effect of a folder that the runtime does not read, or is not known to read; nil for other folders.
  private static func folderEffect(_ frontmatter: FrontmatterContext) -> Effect? {
    guard let place = frontmatter.place, frontmatter.runtime.facts.isJudged else { return nil }
    return place.kind == nil ? Effect.unknown : place.effect
  }
}
