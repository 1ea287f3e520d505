import Files

extension GitRepository {
  /// What is in files of a commit. Links are none.
  ///
  /// - Parameter isWanted: whether a file is wanted, by its path from the top of the repository.
  /// - Throws: ``Disk/Failure`` if the repository lacks one.
  public func contents(
    of commit: Commit, where isWanted: (RelativePath) -> Bool
  ) throws(Disk.Failure) -> [RelativePath: [UInt8]] {
    let id = commit.commit.id
    let wanted = try files(of: id, below: "") { mode, path in
      mode.hasPrefix("100") && RelativePath(path).map(isWanted) ?? false
    }
    var contents: [RelativePath: [UInt8]] = [:]
    for file in wanted {
      guard let path = RelativePath(file.path) else { continue }
      guard let bytes = git.answer(["cat-file", "blob", file.id], in: root) else { throw missing([file], of: id) }
      contents[path] = bytes
    }
    return contents
  }

  /// What is in files of the working tree, less those that git ignores. Links are none.
  ///
  /// - Parameter isWanted: whether a file is wanted, by its path from the top of the repository.
  public func workingContents(where isWanted: (RelativePath) -> Bool) -> [RelativePath: [UInt8]] {
    var contents: [RelativePath: [UInt8]] = [:]
    for file in workingFiles() ?? [] {
      guard let path = file.path(below: root).flatMap(RelativePath.init), isWanted(path),
        case .success(let (bytes, _)) = Disk.readWithIdentity(file, followsLinks: false)
      else { continue }
      contents[path] = bytes
    }
    return contents
  }
}
