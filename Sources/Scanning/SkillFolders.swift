import Files

/// Finds the skill that a file belongs to. A skill is a folder with all its contents.
struct SkillFolders {
  private let root: String
  private var folders: Set<[Substring]> = []
  private var wholes: Set<[Substring]> = []

  /// Returns whether a file on disk describes the skill in its folder. A page named `skill.md` without frontmatter
  /// doesn't.
  static func describesSkill(at path: String) -> Bool {
    guard FolderNames.describesSkill(path) else { return false }
    if path.hasSuffix("/SKILL.md") { return true }
    guard let start = try? Disk.summary(of: path, keeping: 16).get().summary.start else { return false }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return (start.starts(with: byteOrderMark) ? start.dropFirst(3) : start[...]).starts(with: "---".utf8)
  }

  /// Returns whether a source that is itself a skill can contain other items. A folder inside `skills` can't.
  static func mayBeWhole(_ folder: String) -> Bool {
    Git.parent(of: folder).map { $0.lastName.lowercased() != "skills" } ?? true
  }

  /// Returns whether a folder that contains a skill's file can contain other items. Only a source or a plugin can.
  ///
  /// - Parameters:
  ///   - source: The folder of the source if it is this folder; otherwise nil.
  ///   - manifests: The manifests of plugins, relative to a plugin's folder.
  ///   - has: Whether a file exists, given its path relative to the folder.
  static func mayBeWhole(source: String?, manifests: [String], has: (String) -> Bool) -> Bool {
    source.map(mayBeWhole) ?? false || manifests.contains(where: has)
  }

  /// Creates a finder.
  ///
  /// - Parameters:
  ///   - files: All files of a source, relative to it.
  ///   - root: The folder of the source.
  ///   - isWhole: Whether the skill in a folder of the source can contain other items.
  init(of files: [RelativePath], in root: String, isWhole: (String) -> Bool) {
    self.root = root
    for file in files where describesSkill(file) {
      let folder = Array(file.components.dropLast())
      folders.insert(folder)
      if isWhole(folder.joined(separator: "/")) { wholes.insert(folder) }
    }
  }

  private func describesSkill(_ file: RelativePath) -> Bool {
    // Most files have other names, so the path is joined only for a few.
    file.lastComponent.utf8.count == 8 && Self.describesSkill(at: "\(root)/\(file)")
  }

  /// Returns the skill that a file belongs to; nil for files outside of skills and for the file that describes the
  /// skill.
  ///
  /// A skill in a skill's folder is part of the outer one. Only a source or a plugin that is itself a skill can contain
  /// others.
  func skill(of path: RelativePath) -> SkillFolder? {
    if folders.isEmpty { return nil }
    let parts = path.components
    let describes = describesSkill(path)
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
