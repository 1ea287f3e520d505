import Files
import Histories

/// A git repository that sources stand in: its commits, and what stood in them. Nothing of it is changed, neither its
/// files nor its index.
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

  /// Why git does not read the repository, and what to do; nil if it does.
  public var refusal: String? { git.refusal(in: root)?.reason(at: root) }

  /// The commit that somebody names, or nil where there is none of that name.
  public func commit(named name: String) -> Commit? {
    guard !name.isEmpty, !name.hasPrefix("-"), !name.utf8.contains(0),
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

  /// The commit from which two went their ways, or nil where they have none in common, or the clone does not reach so
  /// far back.
  public func fork(of one: Commit, and other: Commit) -> Commit? {
    git.lines(["merge-base", one.commit.id, other.commit.id], in: root)?.first.flatMap { commit(named: $0) }
  }

  /// What stood in a file, or nil where there was none.
  ///
  /// - Parameters:
  ///   - path: the file, below ``root``.
  ///   - commit: when.
  /// - Throws: ``Disk/Failure`` if the repository lacks it.
  public func content(of path: String, at commit: Commit) throws(Disk.Failure) -> [UInt8]? {
    let files = try files(of: commit.commit.id, below: path) { mode, file in mode.hasPrefix("100") && file == path }
    guard let file = files.first else { return nil }
    if let bytes = git.answer(["cat-file", "blob", file.id], in: root) { return bytes }
    throw missing([file], of: commit.commit.id)
  }

  /// Whether a commit has a file at a path below ``root``.
  ///
  /// - Throws: ``Disk/Failure`` if the repository lacks folders of the commit.
  public func holds(_ path: String, at commit: Commit) throws(Disk.Failure) -> Bool {
    try !files(of: commit.commit.id, below: path) { mode, file in mode.hasPrefix("100") && file == path }.isEmpty
  }

  /// An entry of a commit that is no folder.
  struct File {
    let mode: String
    let id: String
    /// Below the top of the repository.
    let path: String
  }

  /// The files and submodules of a commit below a path.
  ///
  /// - Parameters:
  ///   - path: the path; empty for all.
  ///   - wants: whether something is wanted, by its mode and path.
  /// - Throws: ``Disk/Failure`` if the repository lacks folders of the commit.
  func files(
    of commit: String, below path: String, where wants: (String, String) -> Bool
  ) throws(Disk.Failure) -> [File] {
    let arguments = ["ls-tree", "-r", "-z", "--full-tree", commit] + (path.isEmpty ? [] : ["--", path])
    guard let answer = git.answer(arguments, in: root) else { throw missing([], of: commit) }
    return answer.split(separator: 0).compactMap { record in
      guard let tab = record.firstIndex(of: 0x09) else { return nil }
      let facts = String(decoding: record[..<tab], as: UTF8.self).split(separator: " ")
      guard facts.count == 3, let path = String(validating: record[record.index(after: tab)...], as: UTF8.self) else {
        return nil
      }
      let mode = String(facts[0])
      return wants(mode, path) ? File(mode: mode, id: String(facts[2]), path: path) : nil
    }
  }

  /// The failure of a state that cannot be read whole: which files are missing, and what to do.
  ///
  /// - Parameter wanted: the files that were to be read; none if their names are not known either.
  func missing(_ wanted: [File], of commit: String) -> Disk.Failure {
    // This question alone names what is missing, and asks no server.
    let objects = git.lines(["rev-list", "--objects", "--no-walk", "--missing=print", commit], in: root) ?? []
    let ids = Set(objects.filter { $0.hasPrefix("?") }.map { String($0.dropFirst()) })
    let paths = wanted.filter { ids.contains($0.id) }.map(\.path)
    let names = paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? " and \(paths.count - 3) more" : "")
    let what = paths.isEmpty ? "files" : paths.count == 1 ? "the file \(names)" : "\(paths.count) files (\(names))"
    let short = commit.prefix(8)
    if isPartial {
      return Disk.Failure(
        path: root,
        reason: "this is a partial clone without \(what) of commit \(short), so nothing was compared; "
          + "--fetch gets what is missing for this review, \(PartialClone.remedy) for good")
    }
    return Disk.Failure(
      path: root, reason: "git cannot read \(what) of commit \(short), so nothing was compared; git fsck says why")
  }

  /// Whether objects may be missing, because it was cloned with a filter.
  private var isPartial: Bool {
    git.lines(["rev-parse", "--git-path", "objects/pack"], in: root)?.first
      .flatMap { PartialClone(root: root, packsIn: $0) } != nil
  }

  /// The files that belong to the working tree: those that git knows, and those that it would add. By absolute paths.
  public func workingFiles() -> Set<String>? {
    let answer = git.answer(["ls-files", "-z", "--cached", "--others", "--exclude-standard"], in: root)
    return answer.map { answer in
      Set(answer.split(separator: 0).map { "\(root)/\(String(decoding: $0, as: UTF8.self))" })
    }
  }
}
