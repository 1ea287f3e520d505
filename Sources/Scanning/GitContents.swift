import Files

extension GitRepository {
  /// What is in files that differ between two states, in each state. Links are none.
  ///
  /// - Parameters:
  ///   - before: the earlier state.
  ///   - after: the later state; nil for the working tree, less what git ignores.
  ///   - folder: a folder for temporary files.
  ///   - isWanted: whether a file is wanted, by its path from the top of the repository.
  /// - Throws: ``Disk/Failure`` if the repository lacks one.
  public func contents(
    before: Commit, after: Commit?, in folder: String, where isWanted: (RelativePath) -> Bool
  ) throws(Disk.Failure) -> (before: [RelativePath: [UInt8]], after: [RelativePath: [UInt8]]) {
    let old = try files(of: before, where: isWanted)
    guard let after else {
      return (try contents(of: old, at: before, in: folder), workingContents(where: isWanted))
    }
    let new = try files(of: after, where: isWanted)
    let ids = (Set(old.map { "\($0.id) \($0.path)" }), Set(new.map { "\($0.id) \($0.path)" }))
    return (
      try contents(of: old.filter { !ids.1.contains("\($0.id) \($0.path)") }, at: before, in: folder),
      try contents(of: new.filter { !ids.0.contains("\($0.id) \($0.path)") }, at: after, in: folder)
    )
  }

  /// What is in files of a state. Links are none.
  ///
  /// - Parameters:
  ///   - commit: the state; nil for the working tree, less what git ignores.
  ///   - folder: a folder for temporary files.
  ///   - isWanted: whether a file is wanted, by its path from the top of the repository.
  /// - Throws: ``Disk/Failure`` if the repository lacks one.
  public func contents(
    at commit: Commit?, in folder: String, where isWanted: (RelativePath) -> Bool
  ) throws(Disk.Failure) -> [RelativePath: [UInt8]] {
    guard let commit else { return workingContents(where: isWanted) }
    return try contents(of: files(of: commit, where: isWanted), at: commit, in: folder)
  }

  private func files(
    of commit: Commit, where isWanted: (RelativePath) -> Bool
  ) throws(Disk.Failure) -> [File] {
    try files(of: commit.commit.id, below: "") { mode, path in
      mode.hasPrefix("100") && RelativePath(path).map(isWanted) ?? false
    }
  }

  private func contents(
    of files: [File], at commit: Commit, in folder: String
  ) throws(Disk.Failure) -> [RelativePath: [UInt8]] {
    let bytes = try contents(of: files, commit.commit.id, list: "\(folder)/wanted")
    return Dictionary(
      zip(files, bytes).compactMap { file, bytes in RelativePath(file.path).map { ($0, Array(bytes)) } },
      uniquingKeysWith: { first, _ in first })
  }

  private func workingContents(where isWanted: (RelativePath) -> Bool) -> [RelativePath: [UInt8]] {
    var contents: [RelativePath: [UInt8]] = [:]
    for file in workingFiles() ?? [] {
      guard let path = file.path(below: root).flatMap(RelativePath.init), isWanted(path),
        case .success(let (bytes, _)) = Disk.readWithIdentity(file, followsLinks: false)
      else { continue }
      contents[path] = bytes
    }
    return contents
  }

  // MARK: Asking git

  /// What is in files, or where links lead.
  ///
  /// - Parameters:
  ///   - commit: the commit that they are of, for messages.
  ///   - list: the path of a temporary file.
  func contents(of files: [File], _ commit: String, list: String) throws(Disk.Failure) -> [ArraySlice<UInt8>] {
    // Each answer is a line of the name, the kind and the size, then the bytes and a line feed:
    // https://git-scm.com/docs/git-cat-file#_batch_output
    var rest = try batch("--batch", files, commit, list: list)[...]
    var contents: [ArraySlice<UInt8>] = []
    for _ in files {
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
      rest = rest[min(end + 1, rest.endIndex)...]
      guard head.count == 3, let size = Int(head[2]), size < rest.count else { throw missing(files, of: commit) }
      contents.append(rest.prefix(size))
      rest = rest.dropFirst(size + 1)
    }
    return contents
  }

  /// What `git cat-file` answers of some files.
  func batch(_ option: String, _ files: [File], _ commit: String, list: String) throws(Disk.Failure) -> [UInt8] {
    if files.isEmpty { return [] }
    try Disk.write(Array(files.map { $0.id + "\n" }.joined().utf8), to: list)
    defer { try? Disk.removeFile(list) }
    if let answer = git.answer(["cat-file", option], in: root, input: list) { return answer }
    throw missing(files, of: commit)
  }
}
