import Files

/// Copies of repositories that are sources. They stay in the user's cache folder, so that a catalog can be built
/// without the network.
///
/// Each copy has a folder of its own: `repository` is git's, and beside it is one folder, called as the commit, with
/// the files. Files of a new commit are laid out in a new folder before the old one goes, so a run that is killed
/// leaves a complete copy.
public struct GitCopies: Sendable {
  /// What is there of a source.
  public enum Copy: Sendable, Hashable {
    /// Its files can be read; with a reason if they may be old.
    case usable(SourceRequest, note: String?)
    /// Nothing can be read, for a reason.
    case missing(UnreadFile)
  }

  private let folder: String
  private let git: Git

  /// - Parameter folder: where the copies are kept. Only this user may have access to it.
  public init(in folder: String, git: Git) {
    self.folder = folder
    self.git = git
  }

  /// Brings the copies of sources up to date, over the network. Sources that share a copy are fetched once.
  ///
  /// - Parameter jobs: how many are fetched at the same time.
  /// - Returns: why sources could not be fetched, in words of git; sources that could be are missing.
  public func fetch(_ sources: [GitSource], jobs: Int) async -> [GitSource: String] {
    let groups = Array(Dictionary(grouping: sources, by: \.identity).values)
    let problems = await concurrentMap(groups, jobs: jobs) { group -> String? in
      do throws(Disk.Failure) {
        try Disk.makeFolder(folder, rights: 0o700)
        try Disk.requirePrivate(folder)
        try fetch(group[0], into: place(of: group[0]))
        return nil
      } catch {
        return error.reason
      }
    }
    var result: [GitSource: String] = [:]
    for (group, problem) in zip(groups, problems) { for source in group { result[source] = problem } }
    return result
  }

  private func place(of source: GitSource) -> String { "\(folder)/\(FNV.digits(source.identity.utf8))" }

  /// The copy of a source.
  ///
  /// - Parameter problem: why it could not be brought up to date; nil if nobody tried, or if it was.
  public func copy(of source: GitSource, problem: String?) -> Copy {
    let place = place(of: source)
    let label = source.label.joined(separator: "/")
    guard (try? Disk.requirePrivate(folder)) != nil, let commit = current(place, source) else {
      return .missing(
        UnreadFile(
          displayPath: label, publishedPath: label,
          reason: problem.map { "the repository cannot be fetched: \($0)" }
            ?? "the repository has not been fetched yet; --fetch does it",
          use: .source))
    }
    let request = source.request(at: "\(place)/\(commit)/\(source.repositoryName)")
    guard Disk.kind(request.location ?? "") != nil else {
      return .missing(
        UnreadFile(
          displayPath: label, publishedPath: label,
          reason: "the repository has no \(source.path) at \(commit.prefix(10))",
          use: .source))
    }
    let note = problem.map { "\(label): the repository cannot be fetched, and its last copy is used: \($0)" }
    return .usable(request, note: note)
  }

  /// The commit whose files are there.
  private func current(_ place: String, _ source: GitSource) -> String? {
    Disk.names(in: place).sorted { $0.precedesByBytes($1) }.first { name in
      Self.isCommit(name) && Disk.kind("\(place)/\(name)/\(source.repositoryName)", followsLinks: false) == .folder
    }
  }

  private static func isCommit(_ name: String) -> Bool {
    [40, 64].contains(name.utf8.count)
      && name.utf8.allSatisfy {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
      }
  }

  // MARK: Fetching

  private func fetch(_ source: GitSource, into place: String) throws(Disk.Failure) {
    let repository = "\(place)/\(Self.repository)"
    try Disk.makeFolder(place, rights: 0o700)
    let lock = try Disk.lock("\(place)/\(Self.lock)")
    defer { Disk.unlock(lock, at: "\(place)/\(Self.lock)") }
    if git.ownAnswer(["--git-dir=.", "rev-parse", "--git-dir"], in: repository) == nil {
      Disk.removeTree(repository)
      try Disk.makeFolder(repository)
      for arguments in [
        ["init", "-q", "--bare", "--template=", "."], ["config", "core.bare", "false"],
        ["config", "core.logAllRefUpdates", "false"], ["config", "remote.origin.url", source.url],
      ] {
        try require(git.ownAnswer(arguments, in: repository), "git cannot make a repository in \(repository)")
      }
    }
    let isShallow = Disk.kind("\(repository)/shallow") != nil
    let depth = source.hasHistory ? (isShallow ? ["--unshallow"] : []) : ["--depth=1"]
    let arguments =
      [
        "--git-dir=.", "fetch", "-q", "--no-tags", "--no-recurse-submodules", "--force",
        "--upload-pack=git-upload-pack",
      ] + depth + [
        "--end-of-options", source.url, source.ref ?? "HEAD",
      ]
    if let words = git.fetchFailure(arguments, in: repository) { throw Disk.Failure(path: place, reason: words) }
    let answer = git.ownAnswer(["--git-dir=.", "rev-parse", "--verify", "-q", "FETCH_HEAD^{commit}"], in: repository)
    let commit = try require(answer, "the fetched object is not a commit").filter { $0 != "\n" }
    guard Self.isCommit(commit) else { throw Disk.Failure(path: place, reason: "git gives no commit") }
    if current(place, source) == commit { return }
    try layOut(commit, of: source, in: place)
  }

  /// Lays out the files of a commit, and removes those of others.
  private func layOut(_ commit: String, of source: GitSource, in place: String) throws(Disk.Failure) {
    let draft = "\(place)/\(Self.draft)"
    Disk.removeTree(draft)
    let tree = "\(draft)/\(source.repositoryName)"
    try Disk.makeFolder(tree)
    try Disk.save(Array("gitdir: \(place)/\(Self.repository)\n".utf8), to: "\(tree)/.git")
    try? Disk.removeFile("\(place)/\(Self.repository)/index")
    try require(
      git.ownAnswer(["checkout", "-q", "--force", "--detach", commit], in: tree), "its files cannot be checked out")
    let old = Disk.names(in: place).filter { Self.isCommit($0) }
    for name in old where name == commit { Disk.removeTree("\(place)/\(name)") }
    try Disk.replace("\(place)/\(commit)", by: draft)
    for name in old where name != commit { Disk.removeTree("\(place)/\(name)") }
    _ = git.ownAnswer(["--git-dir=.", "gc", "-q", "--prune=now"], in: "\(place)/\(Self.repository)")
  }

  @discardableResult
  private func require(_ answer: [UInt8]?, _ reason: String) throws(Disk.Failure) -> String {
    guard let answer else { throw Disk.Failure(path: folder, reason: reason) }
    return String(decoding: answer, as: UTF8.self)
  }

  private static let (repository, draft, lock) = ("repository", "draft", "lock")
}

extension GitSource {
  /// What makes two sources share a copy.
  fileprivate var identity: String { "\(url)\n\(ref ?? "")\n\(hasHistory)" }
}
