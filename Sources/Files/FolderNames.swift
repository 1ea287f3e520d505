/// What the names of folders say of the files in them.
public enum FolderNames {
  /// Whether a folder says where agents are kept, not what they are about.
  public static func areStructure(_ name: String) -> Bool {
    name.hasPrefix(".") || structure.contains(name.lowercased())
  }

  /// The folder beside agents that says which of them are approved.
  public static let approvals = ".approvals"

  /// A name without the number that puts it in order: `01-core` is `core`.
  public static func withoutNumber(_ name: String) -> String {
    let rest = name.drop { $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }
    return rest.isEmpty ? name : String(rest)
  }

  private static let structure: Set<String> = [
    "agents", "agent", "plugins", "plugin", "categories", "skills", "subagents", "chatmodes", "rules", "src", "prompts",
    "docs",
  ]
}
