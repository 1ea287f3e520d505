import Files

/// Finds the skill that a file is a part of: a skill is a folder with everything in it.
struct SkillFolders {
  private var folders: Set<[Substring]> = []
  private var wholes: Set<[Substring]> = []

  /// The name of the file that describes a skill, in lower case: https://agentskills.io/specification.
  private static let file = "skill.md"

  /// Makes a finder.
  ///
  /// - Parameters:
  ///   - files: all files of a source, below it.
  ///   - isPlugin: whether a folder below the source is that of a plugin.
  init(of files: [RelativePath], isPlugin: (String) -> Bool) {
    for file in files where file.lastComponent.lowercased() == Self.file {
      let folder = Array(file.components.dropLast())
      folders.insert(folder)
      if folder.isEmpty || isPlugin(folder.joined(separator: "/")) { wholes.insert(folder) }
    }
  }

  /// The skill that a file is a part of; nil of one that is in none, and of the file that describes the skill.
  ///
  /// A skill in a skill's folder is a part of the outer one. Only a source or a plugin that is a skill as a whole may
  /// hold others.
  func skill(of path: RelativePath) -> SkillFolder? {
    if folders.isEmpty { return nil }
    let parts = path.components
    let describes = parts.last?.lowercased() == Self.file
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
