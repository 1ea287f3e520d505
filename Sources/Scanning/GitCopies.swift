import Files

/// Copies of the repositories that are used as sources. They are kept in the user's cache folder, so a catalog can be
/// built offline.
///
/// Each copy has its own folder. It contains git's `repository` and a folder with the files, named after the commit.
/// The files of a new commit are written to a new folder before the old one is removed, so an interrupted run leaves a
/// complete copy.
public struct GitCopies: Sendable {
  /// The state of the copy of a source.
  public enum Copy: Sendable, Hashable {
    /// The files can be read. The note says why they may be outdated.
    case usable(SourceRequest, note: String?)
    /// The files can't be read.
    case missing(UnreadFile)
  }

  private let folder: String
  private let git: Git

  /// - Parameter folder: The folder for the copies. Only the current user may have access to it.
  public init(in folder: String, git: Git) {
    self.folder = folder
    self.git = git
  }

  /// Updates the copies of sources over the network. Sources that share a copy are fetched once.
  ///
  /// - Parameter jobs: The number of concurrent fetches.
  /// - Returns: The git error messages of failed sources.
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

  /// Returns the copy of a source.
  ///
  /// - Parameter problem: Why the update failed; nil if it succeeded, or if no update was tried.
  public func copy(of source: GitSource, problem: String?) -> Copy {
    let place = place(of: source)
    let label = source.label.joined(separator: "/")
    guard (try? Disk.requirePrivate(folder)) != nil, let commit = current(place, source) else {
      return .missing(
        UnreadFile(
          displayPath: label, publishedPath: label,
          reason: problem.map { "the repository cannot be fetched: \($0)" }
            ?? "the repository has not been fetched yet; use --fetch",
          use: .source))
    }
    var request = source.request(at: "\(place)/\(commit)/\(source.repositoryName)")
    request.revision = Forge.Revision(name(in: place), commit: commit)
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

  /// Returns the commit whose files are present.
  private func current(_ place: String, _ source: GitSource) -> String? {
    Disk.names(in: place).sorted { $0.precedesByBytes($1) }.first { name in
      Self.isCommit(name) && Disk.kind("\(place)/\(name)/\(source.repositoryName)", followsLinks: false) == .folder
    }
  }

  /// Returns the kind and the name of the ref that was fetched; nil for a commit or the default branch.
  private func name(in place: String) -> Forge.Revision.Name? {
    guard case .success(let bytes) = Disk.read("\(place)/\(Self.fetched)") else { return nil }
    // The hash, an empty field, and: branch 'main' of https://…
    let note = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first?.split(separator: "\t").last ?? ""
    let parts = note.split(separator: "'", maxSplits: 1)
    guard parts.count == 2, let name = parts[1].firstRange(of: "' of ").map({ String(parts[1][..<$0.lowerBound]) })
    else { return nil }
    return switch parts[0] {
    case "branch ": .branch(name)
    case "tag ": .tag(name)
    default: nil
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
        try require(git.ownAnswer(arguments, in: repository), "git cannot create a repository in \(repository)")
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
    guard Self.isCommit(commit) else { throw Disk.Failure(path: place, reason: "git reports no commit") }
    if current(place, source) != commit { try layOut(commit, of: source, in: place) }
    try keepName(of: source, in: place)
  }

  /// Keeps git's note about the ref of a source. A failed fetch empties git's own file.
  private func keepName(of source: GitSource, in place: String) throws(Disk.Failure) {
    var note: [UInt8] = []
    if source.ref != nil { note = try Disk.read("\(place)/\(Self.repository)/FETCH_HEAD").get() }
    try Disk.save(note, to: "\(place)/\(Self.fetched)")
  }

  /// Checks out the files of a commit, and removes those of other commits.
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

  private static let (repository, draft, lock, fetched) = ("repository", "draft", "lock", "fetched")
}

extension GitSource {
  /// Sources with the same identity share a copy.
  fileprivate var identity: String { "\(url)\n\(ref ?? "")\n\(hasHistory)" }
}
