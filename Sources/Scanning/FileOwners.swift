import Files

/// The owners of files, from the CODEOWNERS files of their repositories.
struct FileOwners {
  /// The owners of files, by published paths. Files without owners are missing.
  let owners: [String: [String]]

  /// The possible places of a CODEOWNERS file. The first one found counts, as on the servers.
  static let places: [(path: String, dialect: CodeOwners.Dialect)] = [
    (".github/CODEOWNERS", .github), ("CODEOWNERS", .github), ("docs/CODEOWNERS", .github),
    (".gitlab/CODEOWNERS", .gitlab),
  ]

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
    for (path, dialect) in places {
      // A link could point outside the repository.
      guard Disk.kind("\(folder)/\(path)", followsLinks: false) == .file,
        case .success(let bytes) = Disk.read("\(folder)/\(path)")
      else { continue }
      let isOnGitLab = dialect == .github && !path.hasPrefix(".") && isOnGitLab(repository, git)
      return CodeOwners(String(decoding: bytes, as: UTF8.self), dialect: isOnGitLab ? .gitlab : dialect)
    }
    return nil
  }

  /// Returns whether the remote of a repository is on GitLab, judged by the host name.
  private static func isOnGitLab(_ root: String, _ git: Git?) -> Bool {
    guard let url = git?.remote(of: root) else { return false }
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    return rest.prefix { !"/:".contains($0) }.contains("gitlab")
  }
}
