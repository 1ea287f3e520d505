/// What the names of folders and files say.
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

  /// Whether repositories keep a file of a name for people, for example `README.md`.
  public static func isForPeople(file name: String) -> Bool {
    name.lowercased().split(separator: ".").first.map { forPeople.contains($0) } ?? false
  }

  private static let forPeople: Set<Substring> = [
    "readme", "changelog", "contributing", "license", "security", "code_of_conduct", "support", "governance",
    "maintainers", "authors", "codeowners", "notice",
  ]

  private static let structure: Set<String> = [
    "agents", "agent", "plugins", "plugin", "categories", "skills", "subagents", "chatmodes", "rules", "src", "prompts",
    "docs", "commands", "command", "instructions", "modes", "mode", "droids", "steering", "workflows",
  ]
}
