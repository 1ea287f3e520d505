import Files

/// Finds the skill that a file is a part of: a skill is a folder with everything in it.
struct SkillFolders {
  private var folders: Set<[Substring]> = []
  private var wholes: Set<[Substring]> = []

  /// The name of the file that describes a skill, in lower case: https://agentskills.io/specification.
  private static let file = "skill.md"

  /// Whether a file of this name describes the skill whose folder it is in.
  static func describesSkill(_ name: String) -> Bool { name.lowercased() == file }

  /// Whether a folder that is a source may hold other items besides the skill that it is: one in a folder of skills
  /// does not.
  static func mayBeWhole(_ folder: String) -> Bool {
    Git.parent(of: folder).map { $0.lastName.lowercased() != "skills" } ?? true
  }

  /// Whether a folder with a skill's file may hold other items: the source as a whole, or a plugin.
  ///
  /// - Parameters:
  ///   - source: the folder of the source, where that is the one; else nil.
  ///   - manifests: the manifests of plugins, below a plugin's folder.
  ///   - has: whether a file is there, by its path below the folder.
  static func mayBeWhole(source: String?, manifests: [String], has: (String) -> Bool) -> Bool {
    source.map(mayBeWhole) ?? false || manifests.contains(where: has)
  }

  /// Makes a finder.
  ///
  /// - Parameters:
  ///   - files: all files of a source, below it.
  ///   - isWhole: whether the skill in a folder below the source may hold other items.
  init(of files: [RelativePath], isWhole: (String) -> Bool) {
    for file in files where Self.describesSkill(file.lastComponent) {
      let folder = Array(file.components.dropLast())
      folders.insert(folder)
      if isWhole(folder.joined(separator: "/")) { wholes.insert(folder) }
    }
  }

  /// The skill that a file is a part of; nil of one that is in none, and of the file that describes the skill.
  ///
  /// A skill in a skill's folder is a part of the outer one. Only a source or a plugin that is a skill as a whole may
  /// hold others.
  func skill(of path: RelativePath) -> SkillFolder? {
    if folders.isEmpty { return nil }
    let parts = path.components
    let describes = parts.last.map { Self.describesSkill(String($0)) } ?? false
    var whole: SkillFolder?
    for length in 0...(parts.count - 1) {
      let folder = Array(parts.prefix(length))
      guard folders.contains(folder) else { continue }
      if describes, length == parts.count - 1 { break }
      let found = SkillFolder(path: folder.joined(separator: "/"), isWhole: wholes.contains(folder))
      if !found.isWhole { return found }
      whole = found
    }
    return whole
  }
}
