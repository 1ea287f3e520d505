import Files

/// The owners of files, from the CODEOWNERS files of their repositories.
struct FileOwners {
  /// The owners of files, by published paths. Files without owners are missing.
  let owners: [String: [String]]

  /// Finds the owners of files.
  ///
  /// - Parameters:
  ///   - files: The files that were found.
  ///   - states: The root folders of checked-out states, each with its original repository.
  ///   - git: Used to read the URL of a repository; nil to skip that.
  init(of files: [FoundFile], states: [String: String], git: Git?) {
    var roots: [String: String?] = [:]
    var repositories: [String: CodeOwners?] = [:]
    var owners: [String: [String]] = [:]
    for file in files {
      let path = file.absolutePath
      let state = states.keys.first { path.path(below: $0) != nil }
      guard let root = state ?? Git.parent(of: path).flatMap({ Git.root(of: $0, known: &roots) }) else { continue }
      let known = repositories[root] ?? Self.codeOwners(in: root, of: states[root] ?? root, git)
      repositories[root] = .some(known)
      guard let known, let below = path.path(below: root).flatMap(RelativePath.init) else { continue }
      let own = known.owners(of: below)
      if !own.isEmpty { owners[file.source.publishedPath] = own }
    }
    self.owners = owners
  }

  private static func codeOwners(in folder: String, of repository: String, _ git: Git?) -> CodeOwners? {
    CodeOwners.find(remote: git?.remote(of: repository)) { CodeOwners.file($0, in: folder) }
  }
}

extension CodeOwners {
  /// The possible places of a CODEOWNERS file. The first one found counts, as on the servers.
  static let places: [(path: String, dialect: Dialect)] = [
    (".github/CODEOWNERS", .github), ("CODEOWNERS", .github), ("docs/CODEOWNERS", .github),
    (".gitlab/CODEOWNERS", .gitlab),
  ]

  /// Parses the CODEOWNERS file of a repository. Returns nil if there is none.
  ///
  /// - Parameters:
  ///   - remote: The URL of the repository's remote. Its host name shows whether it is on GitLab.
  ///   - read: Returns the content of a file, given its path in the repository; nil if there is no such file.
  static func find<Failure>(
    remote: @autoclosure () -> String?, read: (String) throws(Failure) -> [UInt8]?
  ) throws(Failure) -> CodeOwners? {
    for (path, dialect) in places {
      guard let bytes = try read(path) else { continue }
      let isOnGitLab = dialect == .github && !path.hasPrefix(".") && remote().map(Self.isOnGitLab) ?? false
      return CodeOwners(String(decoding: bytes, as: UTF8.self), dialect: isOnGitLab ? .gitlab : dialect)
    }
    return nil
  }

  /// Returns the content of a file in a folder. A link could point outside the folder, so links are not followed.
  fileprivate static func file(_ path: String, in folder: String) -> [UInt8]? {
    guard Disk.kind("\(folder)/\(path)", followsLinks: false) == .file else { return nil }
    return try? Disk.read("\(folder)/\(path)").get()
  }

  private static func isOnGitLab(_ url: String) -> Bool {
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    return rest.prefix { !"/:".contains($0) }.contains("gitlab")
  }
}

extension GitRepository {
  /// Returns the owners of files in a state of the repository; nil if it has no CODEOWNERS file.
  ///
  /// - Parameters:
  ///   - commit: The commit; nil for the working files.
  ///   - git: Used to read the URL of the remote.
  /// - Throws: ``Disk/Failure`` if the file cannot be read.
  public func codeOwners(at commit: Commit?, _ git: Git) throws(Disk.Failure) -> CodeOwners? {
    try CodeOwners.find(remote: git.remote(of: root)) { (path) throws(Disk.Failure) in
      guard let commit else { return CodeOwners.file(path, in: root) }
      return try content(of: path, at: commit)
    }
  }
}
