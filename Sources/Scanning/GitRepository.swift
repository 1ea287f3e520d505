import Files
import Histories

/// A git repository that contains sources, with read-only access to its commits and their files. Neither the files nor
/// the index are changed.
public struct GitRepository: Sendable {
  /// The root folder.
  public let root: String
  let git: Git

  /// A commit.
  public struct Commit: Sendable, Hashable {
    /// The identifier, time and author.
    public let commit: FileHistory.Commit
    /// The first line of the message.
    public let title: String
  }

  /// Creates a repository from a folder or file inside it, or returns nil if there is none.
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

  /// Whether it is a shallow clone.
  public var isShallow: Bool { git.lines(["rev-parse", "--is-shallow-repository"], in: root) == ["true"] }

  /// Why git refuses to read the repository, and what to do; nil if git reads it.
  public var refusal: String? { git.refusal(in: root)?.reason(at: root) }

  /// Returns the commit for a revision name, or nil if there is none.
  public func commit(named name: String) -> Commit? {
    guard !name.isEmpty, !name.hasPrefix("-"), !name.utf8.contains(0),
      let id = git.lines(["rev-parse", "--verify", "--end-of-options", "\(name)^{commit}"], in: root)?.first,
      let answer = git.answer(
        ["log", "-1", "-z", "--date=raw", "--format=%H%x00%ad%x00%an%x00%s", "--encoding=UTF-8", id], in: root)
    else { return nil }
    let fields = answer.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard fields.count >= 4 else { return nil }
    return Commit(commit: GitHistory.commit(id: fields[0], date: fields[1], author: fields[2]), title: fields[3])
  }

  /// Returns the merge base of two commits, or nil if they have none or the clone doesn't reach back far enough.
  public func fork(of one: Commit, and other: Commit) -> Commit? {
    git.lines(["merge-base", one.commit.id, other.commit.id], in: root)?.first.flatMap { commit(named: $0) }
  }

  /// Returns the content of a file in a commit, or nil if there is no such file.
  ///
  /// - Parameters:
  ///   - path: The file, relative to ``root``.
  ///   - commit: The commit.
  /// - Throws: ``Disk/Failure`` if objects are missing in the repository.
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

  /// An entry of a commit that isn't a folder.
  struct File {
    let mode: String
    let id: String
    /// The path, relative to the root of the repository.
    let path: String
  }

  /// Returns the files and submodules of a commit below a path.
  ///
  /// - Parameters:
  ///   - path: The path; empty for all.
  ///   - wants: Whether an entry is wanted, given its mode and path.
  /// - Throws: ``Disk/Failure`` if folders of the commit are missing in the repository.
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

  /// Returns the failure for a state that can't be read completely: which files are missing, and what to do.
  ///
  /// - Parameter wanted: The requested files; empty if even their names are unknown.
  func missing(_ wanted: [File], of commit: String) -> Disk.Failure {
    // Only this command lists the missing objects without contacting a server.
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
          + "use --fetch for this review, or \(PartialClone.remedy) for good")
    }
    return Disk.Failure(
      path: root,
      reason: "git cannot read \(what) of commit \(short), so nothing was compared; run git fsck for details")
  }

  /// Whether it was cloned with a filter, so that objects may be missing.
  private var isPartial: Bool {
    git.lines(["rev-parse", "--git-path", "objects/pack"], in: root)?.first
      .flatMap { PartialClone(root: root, packsIn: $0) } != nil
  }

  /// Returns the absolute paths of the files in the working tree that git tracks or would add.
  public func workingFiles() -> Set<String>? {
    let answer = git.answer(["ls-files", "-z", "--cached", "--others", "--exclude-standard"], in: root)
    return answer.map { answer in
      Set(answer.split(separator: 0).map { "\(root)/\(String(decoding: $0, as: UTF8.self))" })
    }
  }
}
