import Files

extension GitRepository {
  /// Returns the contents of files that differ between two states, for each state. Links are left out.
  ///
  /// - Parameters:
  ///   - before: The earlier state.
  ///   - after: The later state; nil for the working tree without ignored files.
  ///   - folder: A folder for temporary files.
  ///   - isWanted: Whether a file is wanted, given its path relative to the root of the repository.
  /// - Throws: ``Disk/Failure`` if objects are missing in the repository.
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

  /// Returns the contents of files in a state. Links are left out.
  ///
  /// - Parameters:
  ///   - commit: The state; nil for the working tree without ignored files.
  ///   - folder: A folder for temporary files.
  ///   - isWanted: Whether a file is wanted, given its path relative to the root of the repository.
  /// - Throws: ``Disk/Failure`` if objects are missing in the repository.
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

  /// Returns the contents of files, or the targets of links.
  ///
  /// - Parameters:
  ///   - commit: The commit that contains the files, for messages.
  ///   - list: The path of a temporary file.
  func contents(of files: [File], _ commit: String, list: String) throws(Disk.Failure) -> [ArraySlice<UInt8>] {
    // Each answer is a line with the name, the type and the size, then the bytes and a line feed:
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

  /// Returns the output of `git cat-file` for files.
  func batch(_ option: String, _ files: [File], _ commit: String, list: String) throws(Disk.Failure) -> [UInt8] {
    if files.isEmpty { return [] }
    try Disk.write(Array(files.map { $0.id + "\n" }.joined().utf8), to: list)
    defer { try? Disk.removeFile(list) }
    if let answer = git.answer(["cat-file", option], in: root, input: list) { return answer }
    throw missing(files, of: commit)
  }
}
