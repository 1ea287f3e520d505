import Files
import Rules

/// Reports agents with the same name.
public enum NameShared: CatalogRule {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "name-shared", .warning, "duplicate name",
    what: """
      Reports agents with the same name in the same place: one `.claude` folder, one plugin, one plain folder. For \
      agents in different plain folders, the finding is a note. Agents that never load together are not reported: \
      those of different projects in one repository, of different plugins, and of different runtimes.
      """,
    why: """
      Claude Code, OpenCode and Gemini CLI identify an agent by its name. They load one of them and ignore the other. \
      Of two in different plain folders, only one can be installed. The page of the name compares them all.
      """,
    fix: "Rename one, or remove one.",
    failing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """, in: ".claude/agents/reader.md", line: 2,
      with: [
        .init(
          ".claude/agents/second.md",
          """
          ---
          name: reader
          description: Reads contracts.
          tools: Read
          ---
          Read the contract.
          """)
      ]),
    passing: Example(
      """
      ---
      name: reader
      description: Reads design documents.
      tools: Read
      ---
      Read the document.
      """, in: ".claude/agents/reader.md",
      with: [
        .init(
          ".claude/agents/second.md",
          """
          ---
          name: contract-reader
          description: Reads contracts.
          tools: Read
          ---
          Read the contract.
          """)
      ]))

  /// Returns a finding if other agents have the same name.
  public static func findings(about agent: some AgentSurroundings) -> [Finding] {
    let rivals = agent.rivals
    // A warning if one runtime finds both; a note if users could install both.
    let named = rivals.isEmpty ? agent.alternatives : rivals
    guard !named.isEmpty else { return [] }
    let agent = agent.agent
    let paths = named.prefix(3).map(\.source.publishedLabel).joined(separator: ", ")
    let more = named.count > 3 ? " and \(named.count - 3) more" : ""
    let field = agent.fields.first { $0.key == "name" }
    return [
      finding(
        rivals.isEmpty
          ? "the name “\(agent.name)” is also used in \(paths)\(more)"
          : "\(agent.dialect.title) loads only one \(agent.kind.noun) named “\(agent.name)” from this place; "
            + "the name is also used in \(paths)\(more)",
        help: rivals.isEmpty ? "Install only one of them, or rename one." : "Rename one, or remove one.",
        severity: rivals.isEmpty ? .note : nil, range: field?.range, location: field?.location,
        end: field.map { SourceLocation(line: $0.location.line, column: $0.location.column + $0.key.count) })
    ]
  }
}
