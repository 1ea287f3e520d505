import Files

/// Who owns files, by the CODEOWNERS files of the repositories that they stand in.
struct FileOwners {
  /// The owners of files, by their published paths; files without owners are missing.
  let owners: [String: [String]]

  /// Where a CODEOWNERS file may be. Where there are several, the first counts, as on the server that reads it.
  private static let places: [(path: String, dialect: CodeOwners.Dialect)] = [
    (".github/CODEOWNERS", .github), ("CODEOWNERS", .github), ("docs/CODEOWNERS", .github),
    (".gitlab/CODEOWNERS", .gitlab),
  ]

  /// Looks for the repositories of files.
  ///
  /// - Parameters:
  ///   - files: the files that were found.
  ///   - git: what knows the address of a repository; nil if nobody is asked.
  init(of files: [FoundFile], git: Git?) {
    var roots: [String: String?] = [:]
    var repositories: [String: CodeOwners?] = [:]
    var owners: [String: [String]] = [:]
    for file in files {
      guard let folder = Git.parent(of: file.absolutePath), let root = Git.root(of: folder, known: &roots) else {
        continue
      }
      let known = repositories[root] ?? Self.codeOwners(of: root, git: git)
      repositories[root] = .some(known)
      guard let known, let path = file.absolutePath.path(below: root).flatMap(RelativePath.init) else { continue }
      let own = known.owners(of: path)
      if !own.isEmpty { owners[file.source.publishedPath] = own }
    }
    self.owners = owners
  }

  private static func codeOwners(of root: String, git: Git?) -> CodeOwners? {
    for (path, dialect) in places {
      // A link may lead out of the repository.
      guard Disk.kind("\(root)/\(path)", followsLinks: false) == .file,
        case .success(let bytes) = Disk.read("\(root)/\(path)")
      else { continue }
      let isOnGitLab = dialect == .github && !path.hasPrefix(".") && isOnGitLab(root, git)
      return CodeOwners(String(decoding: bytes, as: UTF8.self), dialect: isOnGitLab ? .gitlab : dialect)
    }
    return nil
  }

  /// Whether the remote of a repository is a GitLab, by the name of its host.
  private static func isOnGitLab(_ root: String, _ git: Git?) -> Bool {
    guard let url = git?.lines(["config", "--get", "remote.origin.url"], in: root)?.first else { return false }
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    return rest.prefix { !"/:".contains($0) }.contains("gitlab")
  }
}
