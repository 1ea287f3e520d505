import Files

/// A git repository that sources stand in: its commits, and what stood in them. Nothing of it is changed, neither its files nor its index.
public struct GitRepository: Sendable {
  /// Its top folder.
  public let root: String
  let git: Git

  /// A commit.
  public struct Commit: Sendable, Hashable {
    /// Its name, when it was made, and by whom.
    public let commit: FileHistory.Commit
    /// The first line of its message.
    public let title: String
  }

  /// The repository around a folder or a file, or nil where there is none.
  public init?(around path: String, git: Git) {
    var known: [String: String?] = [:]
    let folder = Disk.kind(path) == .folder ? path : Git.parent(of: path)
    guard let root = folder.flatMap({ Git.root(of: $0, known: &known) }) else { return nil }
    self.init(root: root, git: git)
  }

  init(root: String, git: Git) {
    self.root = root
    self.git = git
  }

  /// Whether older commits were left out when it was cloned.
  public var isShallow: Bool { git.lines(["rev-parse", "--is-shallow-repository"], in: root) == ["true"] }

  /// The commit that somebody names, or nil where there is none of that name.
  public func commit(named name: String) -> Commit? {
    guard !name.isEmpty, !name.utf8.contains(0),
      let id = git.lines(["rev-parse", "--verify", "--end-of-options", "\(name)^{commit}"], in: root)?.first,
      let answer = git.answer(
        ["log", "-1", "-z", "--format=%H%x00%ct%x00%an%x00%s", "--encoding=UTF-8", id], in: root)
    else { return nil }
    let fields = answer.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count >= 4, let time = Int(fields[1]) else { return nil }
    return Commit(commit: .init(id: fields[0], time: time, author: fields[2]), title: fields[3])
  }

  /// The commit from which two went their ways, or nil where they have none in common, or the clone does not reach so far back.
  public func fork(of one: Commit, and other: Commit) -> Commit? {
    git.lines(["merge-base", one.commit.id, other.commit.id], in: root)?.first.flatMap { commit(named: $0) }
  }

  /// What stood in a file, or nil where there was none.
  ///
  /// - Parameters:
  ///   - path: the file, below ``root``.
  ///   - commit: when.
  public func content(of path: String, at commit: Commit) -> [UInt8]? {
    git.answer(["cat-file", "blob", "\(commit.commit.id):\(path)"], in: root)
  }

  /// The files that belong to the working tree: those that git knows, and those that it would add. By absolute paths.
  public func workingFiles() -> Set<String>? {
    let answer = git.answer(["ls-files", "-z", "--cached", "--others", "--exclude-standard"], in: root)
    return answer.map { answer in
      Set(answer.split(separator: 0).map { "\(root)/\(String(decoding: $0, as: UTF8.self))" })
    }
  }
}
