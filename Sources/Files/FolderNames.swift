/// What the names of folders and files say.
public enum FolderNames {
  /// Whether a folder says where agents are kept, not what they are about.
  public static func areStructure(_ name: String) -> Bool {
    name.hasPrefix(".") || structure.contains(name.lowercased())
  }

  /// The folder beside agents that says which of them are approved.
  public static let approvals = ".approvals"

  /// The file at the top of a source that says which findings are accepted.
  public static let baseline = ".roster-baseline.json"

  /// A name without the number that puts it in order: `01-core` is `core`.
  public static func withoutNumber(_ name: String) -> String {
    let rest = name.drop { $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }
    return rest.isEmpty ? name : String(rest)
  }

  /// Whether repositories keep a file of a name for people, for example `README.md`.
  public static func isForPeople(file name: String) -> Bool {
    name.lowercased().split(separator: ".").first.map { forPeople.contains($0) } ?? false
  }

  /// Whether a file describes the skill whose folder it is in (https://agentskills.io/specification). The reference
  /// parser takes `skill.md` too (agentskills/agentskills 69ef37e9, skills-ref/src/skills_ref/parser.py); in a folder of
  /// agents or commands that is one of those, with the name `skill`.
  ///
  /// - Parameter path: the file, with the folders above as far as they are known.
  public static func describesSkill(_ path: String) -> Bool {
    let name = path.lastName
    if name == "SKILL.md" { return true }
    guard name.lowercased() == "skill.md" else { return false }
    let folders = path.lowercased().pathComponents.dropLast().suffix(2)
    guard let folder = folders.last, ofItems.contains(String(folder)) else { return true }
    return folders.count == 2 && folders.first.map { $0 == "skills" } ?? false
  }

  /// Folders in which each file is an item.
  private static let ofItems: Set<String> = [
    "agents", "agent", "subagents", "sub-agents", "chatmodes", "commands", "command", "slash-commands", "prompts",
    "instructions", "rules", "modes", "mode", "droids", "steering", "workflows",
  ]

  private static let forPeople: Set<Substring> = [
    "readme", "changelog", "contributing", "license", "security", "code_of_conduct", "support", "governance",
    "maintainers", "authors", "codeowners", "notice",
  ]

  private static let structure: Set<String> = [
    "agents", "agent", "plugins", "plugin", "categories", "skills", "subagents", "chatmodes", "rules", "src", "prompts",
    "docs", "commands", "command", "instructions", "modes", "mode", "droids", "steering", "workflows",
  ]
}
