/// The meaning of folder and file names.
public enum FolderNames {
  /// Returns whether a folder name is structural: it says where agents are kept, not what they are about.
  public static func areStructure(_ name: String) -> Bool {
    name.hasPrefix(".") || structure.contains(name.lowercased())
  }

  /// The folder next to agents that records their approvals.
  public static let approvals = ".approvals"

  /// The baseline file at the root of a source, which lists accepted findings.
  public static let baseline = ".roster-baseline.json"

  /// Returns a name without the number that orders it: `01-core` becomes `core`.
  public static func withoutNumber(_ name: String) -> String {
    let rest = name.drop { $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }
    return rest.isEmpty ? name : String(rest)
  }

  /// Returns whether a file name is one that repositories use for human readers, for example `README.md`.
  public static func isForPeople(file name: String) -> Bool {
    name.lowercased().split(separator: ".").first.map { forPeople.contains($0) } ?? false
  }

  /// Returns whether a file describes the skill of its folder (https://agentskills.io/specification).
  ///
  /// The reference parser also accepts `skill.md` (agentskills/agentskills 69ef37e9,
  /// skills-ref/src/skills_ref/parser.py). In a folder of agents or commands, `skill.md` is an agent or command named
  /// `skill`.
  ///
  /// - Parameter path: The path of the file, with as many parent folders as are known.
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
