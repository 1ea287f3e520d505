import Files
import Foundation

/// What git knows of files that were found: one look at each repository says which commit it stands at, and one `git log` tells of all its files.
public struct GitHistory: Sendable {
  /// A repository with files that were found.
  private struct Repository: Sendable {
    /// Its top folder.
    let root: String
    /// The folder below it that holds all the files; empty for the top.
    let folder: String
    /// The commit that it stands at.
    let head: String
    /// Whether older commits were left out when it was cloned.
    let isShallow: Bool
  }

  /// What a repository told.
  private struct Told {
    /// By absolute paths.
    var histories: [String: FileHistory] = [:]
    /// The paths of files that are there are absolute.
    var commits: [LoggedCommit] = []
  }

  private let git: Git?
  private let selection: FileSelection
  private let repositories: [Repository]

  /// Whether there is a repository of which only the newest commits are here, so that it cannot be said when files came.
  public var isShallow: Bool { repositories.contains(where: \.isShallow) }

  /// How many of the last commits of a repository are kept with what they did.
  private static let commitLimit = 1000
  /// How many files of a commit are.
  private static let touchLimit = 200

  /// Looks for the repositories that files stand in. Without git, or outside of any, there are none.
  ///
  /// - Parameters:
  ///   - files: the files that were found.
  ///   - selection: what of those that are gone would have been found.
  ///   - git: the program, or nil where nothing is to be asked.
  public init(of files: [FoundFile], selection: FileSelection = FileSelection(), git: Git?) {
    self.git = git
    self.selection = selection
    guard let git else {
      repositories = []
      return
    }
    var roots: [String: String?] = [:]
    var folders: [String: [Substring]] = [:]
    for file in files {
      guard let folder = Git.parent(of: file.absolutePath), let root = Git.root(of: folder, known: &roots) else {
        continue
      }
      let parts = (folder.path(below: root) ?? "").utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
      folders[root] =
        folders[root].map { common in
          Array(zip(common, parts).prefix { $0 == $1 }.map(\.0))
        } ?? parts
    }
    repositories = folders.sorted { $0.key < $1.key }.compactMap { root, parts in
      let question = ["rev-parse", "--is-shallow-repository", "--verify", "HEAD"]
      guard let lines = git.lines(question, in: root), lines.count == 2 else { return nil }
      return Repository(
        root: root, folder: parts.joined(separator: "/"), head: lines[1], isShallow: lines[0] == "true")
    }
  }

  /// The files have the same history where this digest is the same.
  public func add(to digester: inout Digester) {
    digester.add(repositories.count)
    for repository in repositories { digester.add(state(repository)) }
  }

  /// What the repositories know of files.
  ///
  /// - Parameters:
  ///   - files: the files that were found.
  ///   - folder: where what git said is kept until the repository stands at another commit; nil where nothing is kept.
  public func chronicle(of files: [FoundFile], keptIn folder: String?) -> Chronicle {
    guard let git else { return Chronicle() }
    var all = Told()
    for repository in repositories {
      let name = folder.map { "\($0)/history.\(FNV.digits(Array(repository.root.utf8)).prefix(16))" }
      let told: Told
      if let known = name.flatMap({ load($0, repository) }) {
        told = known
      } else {
        told = log(repository, git)
        if let name { keep(told, name, repository) }
      }
      all.histories.merge(told.histories) { $1 }
      all.commits += told.commits
    }
    var histories: [String: FileHistory] = [:]
    var published: [String: String] = [:]
    for file in files {
      histories[file.source.publishedPath] = all.histories[file.absolutePath]
      published[file.absolutePath] = file.source.publishedPath
    }
    // A stable order: of commits of one second, that of git.
    let commits = all.commits.enumerated().sorted {
      ($1.element.commit.time, $0.offset) < ($0.element.commit.time, $1.offset)
    }
    return Chronicle(histories: histories, commits: commits.compactMap { Self.placed($0.element, published) })
  }

  /// A commit with published paths, or nil where nothing that it touched is shown.
  private static func placed(_ commit: LoggedCommit, _ published: [String: String]) -> LoggedCommit? {
    let files = commit.files.compactMap { file -> LoggedCommit.Touch? in
      if file.isGone { return file }
      return published[file.path].map { .init(kind: file.kind, path: $0, isGone: false) }
    }
    return files.isEmpty ? nil : LoggedCommit(commit: commit.commit, title: commit.title, files: files)
  }

  // MARK: Asking

  /// Follows every file of a repository back to where it came from.
  private func log(_ repository: Repository, _ git: Git) -> Told {
    let arguments = [
      "log", "--topo-order", "-z", "--format=%x01%H%x00%ct%x00%an%x00%P%x00%s", "--name-status", "-M", "--no-ext-diff",
      "--no-textconv", "--encoding=UTF-8", repository.head,
    ]
    let path = repository.folder.isEmpty ? [] : ["--", repository.folder]
    guard let output = git.answer(arguments + path, in: repository.root) else { return Told() }
    var follower = FileFollower(isShallow: repository.isShallow)
    var fields = output.split(separator: 0, omittingEmptySubsequences: false).makeIterator()
    func text(_ field: ArraySlice<UInt8>?) -> String { String(decoding: field ?? [], as: UTF8.self) }
    var told = Told()
    var entry: FileFollower.Entry?
    var touches: [FileFollower.Touch] = []
    func finish() {
      guard let entry, told.commits.count < Self.commitLimit else { return }
      let files = touches.lazy.compactMap { touch(of: $0, in: repository) }.prefix(Self.touchLimit)
      if files.isEmpty { return }
      told.commits.append(LoggedCommit(commit: entry.commit, title: entry.title, files: Array(files)))
    }
    while let field = fields.next() {
      if field.first == 1 {
        finish()
        touches = []
        let id = text(field.dropFirst())
        let (time, author, parents) = (text(fields.next()), text(fields.next()), text(fields.next()))
        entry = .init(
          commit: .init(id: id, time: Int(time) ?? 0, author: author), title: text(fields.next()),
          isRoot: parents.isEmpty)
        continue
      }
      let status = field.first == 0x0A ? field.dropFirst() : field
      guard let kind = status.first, let entry else { continue }
      let first = text(fields.next())
      switch kind {
      case UInt8(ascii: "R"), UInt8(ascii: "C"):
        touches.append(follower.moved(from: first, to: text(fields.next()), by: entry))
      case UInt8(ascii: "A"): touches.append(follower.added(first, by: entry))
      case UInt8(ascii: "D"): touches.append(follower.removed(first))
      default: touches.append(follower.changed(first, by: entry))
      }
    }
    finish()
    told.histories = Dictionary(
      follower.histories.map { ("\(repository.root)/\($0)", $1) }, uniquingKeysWith: { first, _ in first })
    return told
  }

  /// What a commit did to a file that is, or was, one of the catalog's.
  private func touch(of touch: FileFollower.Touch, in repository: Repository) -> LoggedCommit.Touch? {
    let isGone = touch.today == nil
    let name = touch.today ?? touch.name
    guard let path = name.path(below: repository.folder).flatMap(RelativePath.init), selection.takes(path),
      path.folders.allSatisfy(FileSelection.enters)
    else { return nil }
    return .init(kind: touch.kind, path: isGone ? name : "\(repository.root)/\(name)", isGone: isGone)
  }

  // MARK: Keeping

  private func state(_ repository: Repository) -> String {
    let patterns = (selection.include + [Glob("")] + selection.exclude).map(\.pattern)
    return
      (["roster history 2", repository.root, repository.folder, repository.head, "\(repository.isShallow)"] + patterns)
      .joined(separator: "\n")
  }

  private func load(_ file: String, _ repository: Repository) -> Told? {
    guard case .success(let bytes) = Disk.read(file) else { return nil }
    var reader = ByteReader(bytes)
    return try? read(&reader, repository)
  }

  private func read(_ bytes: inout ByteReader, _ repository: Repository) throws(ByteReader.Failure) -> Told {
    guard try bytes.readText() == state(repository) else { throw ByteReader.Failure() }
    var told = Told()
    for _ in 0..<(try bytes.readCount()) {
      let path = try bytes.readText()
      told.histories[path] = try FileHistory(from: &bytes)
    }
    told.commits = try [LoggedCommit](from: &bytes)
    return told
  }

  private func keep(_ told: Told, _ file: String, _ repository: Repository) {
    var writer = ByteWriter()
    writer.write(state(repository))
    writer.write(told.histories.count)
    for (path, history) in told.histories.sorted(by: { $0.key < $1.key }) {
      writer.write(path)
      history.store(in: &writer)
    }
    told.commits.store(in: &writer)
    // What cannot be kept is asked for again.
    try? Disk.write(writer.bytes, to: file)
  }
}
