import Files

/// Finds the skill that a file is a part of: a skill is a folder with everything in it.
struct SkillFolders {
  private let root: String
  private var folders: Set<[Substring]> = []
  private var wholes: Set<[Substring]> = []

  /// Whether a file on the disk describes the skill whose folder it is in: a page called `skill.md` does not.
  static func describesSkill(at path: String) -> Bool {
    guard FolderNames.describesSkill(path) else { return false }
    if path.hasSuffix("/SKILL.md") { return true }
    guard let start = try? Disk.summary(of: path, keeping: 16).get().summary.start else { return false }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    return (start.starts(with: byteOrderMark) ? start.dropFirst(3) : start[...]).starts(with: "---".utf8)
  }

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
  ///   - root: the folder of the source.
  ///   - isWhole: whether the skill in a folder below the source may hold other items.
  init(of files: [RelativePath], in root: String, isWhole: (String) -> Bool) {
    self.root = root
    for file in files where describesSkill(file) {
      let folder = Array(file.components.dropLast())
      folders.insert(folder)
      if isWhole(folder.joined(separator: "/")) { wholes.insert(folder) }
    }
  }

  private func describesSkill(_ file: RelativePath) -> Bool {
    // Most files have other names, so the path is put together for few.
    file.lastComponent.utf8.count == 8 && Self.describesSkill(at: "\(root)/\(file)")
  }

  /// The skill that a file is a part of; nil of one that is in none, and of the file that describes the skill.
  ///
  /// A skill in a skill's folder is a part of the outer one. Only a source or a plugin that is a skill as a whole may
  /// hold others.
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
