import Files
import Rules

/// Reports plugin and marketplace manifests that cannot be read or that name missing folders.
public enum ManifestInvalid: RuleDefinition {
  /// The metadata and documentation of the rule.
  public static let rule = Rule(
    "manifest-invalid", .error, "invalid plugin or marketplace manifest",
    runtimes: ["claude-code"],
    what: """
      Reports a `plugin.json` or a `marketplace.json` that is not valid JSON, and a plugin whose folder is missing.
      """,
    why: "Claude Code finds plugins and their parts by these files: https://code.claude.com/docs/en/plugins-reference",
    fix: "Correct the JSON, or the `source` of the plugin.",
    failing: Example(
      #"""
      {
        "name": "tools",
        "owner": {"name": "Ada"}
        "plugins": []
      }
      """#, in: ".claude-plugin/marketplace.json", line: 4, with: [reader]),
    passing: Example(
      #"""
      {
        "name": "tools",
        "owner": {"name": "Ada"},
        "plugins": []
      }
      """#, in: ".claude-plugin/marketplace.json", with: [reader]))

  private static let reader = Example.File(
    "agents/reader.md",
    """
    ---
    name: reader
    description: Reads design documents.
    tools: Read
    ---
    Read the document.
    """)

  /// Returns the finding about an unreadable manifest, or nil for any other file.
  public static func finding(about file: UnreadFile) -> Finding? {
    guard case .manifest(let line) = file.use else { return nil }
    let place = line.map { SourceLocation(line: $0, column: 1) }
    return Finding(
      rule: rule.id, severity: rule.severity, message: file.reason,
      help: line == nil ? "Correct the manifest, or add the missing plugin." : "Correct the JSON at this line.",
      location: place, end: place)
  }
}
