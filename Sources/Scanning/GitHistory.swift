import Files
import Foundation
import Histories
import Text

/// The git history of the scanned files. Each repository needs one `git rev-parse` for its commit and one `git log` for
/// all its files.
public struct GitHistory: Sendable {
  /// A repository that contains scanned files.
  fileprivate struct Repository: Sendable {
    /// The top folder.
    let root: String
    /// The deepest folder that contains all the files, relative to the top; empty for the top itself.
    let folder: String
    /// The scanned files that the selection does not find, because a source names them, relative to the top.
    var named: Set<String> = []
    /// One of the scanned files.
    let first: SourceFile?
    /// The checked-out commit.
    let head: String
    /// Whether the clone is shallow.
    let isShallow: Bool
    /// The facts about missing objects; nil if the clone is complete.
    let partial: PartialClone?
  }

  /// How much history a repository provided.
  private enum Extent: Int, Storable {
    /// All history.
    case complete
    /// Everything except renames of files that were edited in the same commit, because contents of old files are
    /// missing.
    case exactRenames
    /// No history.
    case none
  }

  /// The history that a repository provided.
  private struct Told {
    var extent = Extent.complete
    /// The histories, by absolute path.
    var histories: [String: FileHistory] = [:]
    /// The commits. The paths of files that exist are absolute.
    var commits: [LoggedCommit] = []
    /// The former files, without neighbors. The paths of files that exist are absolute.
    var former: [FormerFile] = []
    /// The earlier states of files, by absolute path.
    var states: [String: [FileState]] = [:]
  }

  private let git: Git?
  private let selection: FileSelection
  private let repositories: [Repository]
  /// The maximum number of versions listed for each file.
  private let versionLimit: Int
  /// The repositories that git refuses to read, with reasons.
  private let refused: [(root: String, reason: String)]

  /// Whether any repository is a shallow clone, so that it is unknown when files were added.
  public var isShallow: Bool { repositories.contains(where: \.isShallow) }

  /// The maximum number of commits kept for each repository.
  private static let commitLimit = 1000
  /// The maximum number of files kept for each commit.
  private static let touchLimit = 200

  /// Finds the repositories that contain the files. Without git, or outside of repositories, there are none.
  ///
  /// - Parameters:
  ///   - files: The scanned files.
  ///   - trees: The top folders of work trees to ignore.
  ///   - selection: The selection of files, used to decide which removed files a scan would have found.
  ///   - versions: The maximum number of versions listed for each file.
  ///   - git: Git, or nil to read no history.
  public init(
    of files: [FoundFile], except trees: Set<String> = [], selection: FileSelection = FileSelection(),
    versions: Int = 0, git: Git?
  ) {
    versionLimit = versions
    self.git = git
    self.selection = selection
    guard let git else {
      (repositories, refused) = ([], [])
      return
    }
    var roots: [String: String?] = [:]
    var folders: [String: [Substring]] = [:]
    var paths: [String: [String]] = [:]
    var firsts: [String: SourceFile] = [:]
    for file in files {
      guard let folder = Git.parent(of: file.absolutePath), let root = Git.root(of: folder, known: &roots) else {
        continue
      }
      if firsts[root] == nil { firsts[root] = file.source }
      if let path = file.absolutePath.path(below: root) { paths[root, default: []].append(String(path)) }
      let parts = (folder.path(below: root) ?? "").utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
      folders[root] =
        folders[root].map { common in
          Array(zip(common, parts).prefix { $0 == $1 }.map(\.0))
        } ?? parts
    }
    var repositories: [Repository] = []
    var refused: [(root: String, reason: String)] = []
    for (root, parts) in folders.sorted(by: { $0.key < $1.key }) where !trees.contains(root) {
      let question = ["rev-parse", "--is-shallow-repository", "--git-path", "objects/pack", "--verify", "HEAD"]
      guard let lines = git.lines(question, in: root), lines.count == 3 else {
        // If git does not refuse, the repository has no commit yet.
        if let refusal = git.refusal(in: root) { refused.append((root, refusal.reason(at: root))) }
        continue
      }
      var repository = Repository(
        root: root, folder: parts.joined(separator: "/"), first: firsts[root], head: lines[2],
        isShallow: lines[0] == "true",
        partial: PartialClone(root: root, packsIn: lines[1]))
      repository.named = Set(paths[root, default: []].filter { !selection.finds($0, in: repository) })
      repositories.append(repository)
    }
    (self.repositories, self.refused) = (repositories, refused)
  }

  /// Adds everything that the history depends on: if this digest is the same, the files have the same history.
  public func add(to digester: inout Digester) {
    digester.add(repositories.count)
    for repository in repositories { digester.add(state(repository)) }
  }

  /// Returns the reasons why history is missing or incomplete, one sentence for each repository. Does not look at
  /// individual files.
  ///
  /// - Parameter cache: The cache of git's output.
  public func notes(cache: CacheFolder?) -> [String] {
    guard let git else { return [] }
    let extents = repositories.map { repository -> Extent in
      // For a repository with all objects, only complete histories are cached.
      if repository.partial == nil, let cache, Disk.kind(cache.path(of: Self.file(of: repository))) == .file {
        return .complete
      }
      return told(by: repository, git, cache: cache).extent
    }
    return notes(extents)
  }

  private func notes(_ extents: [Extent]) -> [String] {
    refused.map { "\($0.root): history is left out: \($0.reason)" }
      + zip(repositories, extents).compactMap { repository, extent in
        switch (extent, repository.partial) {
        case (.complete, _): nil
        case (.exactRenames, _):
          "\(repository.root): history is incomplete: this is a partial clone without the contents of old files, "
            + "so a file that was renamed and edited in one commit looks new; \(PartialClone.remedy)"
        case (.none, .some):
          "\(repository.root): history is left out: this is a partial clone without the folders of old commits; "
            + PartialClone.remedy
        case (.none, nil): "\(repository.root): history is left out: git log failed; run git fsck for details"
        }
      }
  }

  private static func file(of repository: Repository) -> String {
    "history.\(FNV.digits(Array(repository.root.utf8)))"
  }

  /// Returns the history of a repository, from the cache if the repository has not changed.
  private func told(by repository: Repository, _ git: Git, cache: CacheFolder?) -> Told {
    if let cache, let known = load(from: cache, repository) { return known }
    let told = log(repository, git)
    if let cache {
      if told.extent == .none { cache.remove(Self.file(of: repository)) } else { keep(told, in: cache, repository) }
    }
    return told
  }

  /// Returns the history of the files, and the reasons why it is missing or incomplete, one sentence for each
  /// repository.
  ///
  /// - Parameters:
  ///   - files: The scanned files.
  ///   - cache: The cache of git's output, valid while the repository is at the same commit.
  public func chronicle(
    of files: [FoundFile], cache: CacheFolder?
  ) -> (chronicle: Chronicle, notes: [String]) {
    guard let git else { return (Chronicle(), []) }
    var all = Told()
    var extents: [Extent] = []
    var neighbors: [String: SourceFile] = [:]
    for repository in repositories {
      let told = told(by: repository, git, cache: cache)
      extents.append(told.extent)
      all.histories.merge(told.histories) { $1 }
      all.states.merge(told.states) { $1 }
      all.commits += told.commits
      for commit in told.commits where neighbors[commit.commit.id] == nil {
        neighbors[commit.commit.id] = repository.first
      }
      all.former += Self.placed(told.former, files, below: repository.root)
    }
    var histories: [String: FileHistory] = [:]
    var published: [String: String] = [:]
    var states: [String: [FileState]] = [:]
    for file in files {
      states[file.source.publishedPath] = all.states[file.absolutePath]
      histories[file.source.publishedPath] = all.histories[file.absolutePath]
      published[file.absolutePath] = file.source.publishedPath
    }
    // Commits of the same second keep the order of git, so the order is stable.
    let commits = all.commits.enumerated().sorted {
      ($1.element.commit.localTime, $0.offset) < ($0.element.commit.localTime, $1.offset)
    }
    let chronicle = Chronicle(
      histories: histories, commits: commits.compactMap { Self.placed($0.element, published) }, former: all.former,
      neighbors: neighbors, states: states)
    return (chronicle, notes(extents))
  }

  /// Returns a commit with published paths, or nil if none of its files are shown.
  private static func placed(_ commit: LoggedCommit, _ published: [String: String]) -> LoggedCommit? {
    let files = commit.files.compactMap { file -> LoggedCommit.Touch? in
      if file.isGone { return file }
      return published[file.path].map { .init(kind: file.kind, path: $0, isGone: false) }
    }
    return files.isEmpty ? nil : LoggedCommit(commit: commit.commit, title: commit.title, files: files)
  }

  /// Returns the contents of old versions. Nothing is read before it is needed.
  ///
  /// - Parameter blobs: The blobs of each item, in the order in which they are expected to be needed.
  public func contents(of blobs: [[String]]) -> VersionContents {
    VersionContents(of: blobs, in: repositories.map(\.root), git: git)
  }

  // MARK: Asking

  /// Follows every file of a repository back to its origin.
  private func log(_ repository: Repository, _ git: Git) -> Told {
    func answer(renames: String) -> [UInt8]? {
      let arguments = [
        "log", "--topo-order", "-z", "--date=raw", "--format=%x01%H%x00%ad%x00%an%x00%P%x00%s", "--raw", "--no-abbrev",
        renames,
        "--no-ext-diff", "--no-textconv", "--encoding=UTF-8", repository.head,
      ]
      return git.answer(
        arguments + (repository.folder.isEmpty ? [] : ["--", repository.folder]), in: repository.root)
    }
    if let output = answer(renames: "-M") { return told(output, .complete, by: repository) }
    // Rename detection by similarity needs the contents of old files, which a partial clone may lack. Exact renames are
    // found by hash alone.
    if repository.partial != nil, let output = answer(renames: "-M100%") {
      return told(output, .exactRenames, by: repository)
    }
    return Told(extent: .none)
  }

  private func told(_ output: [UInt8], _ extent: Extent, by repository: Repository) -> Told {
    var known: [String: Bool] = [:]
    func isWanted(_ name: String) -> Bool {
      if let isWanted = known[name] { return isWanted }
      let isWanted = repository.named.contains(name) || selection.finds(name, in: repository)
      known[name] = isWanted
      return isWanted
    }
    var follower = FileFollower(
      isShallow: repository.isShallow, versionLimit: versionLimit, isWanted: isWanted)
    var fields = output.split(separator: 0, omittingEmptySubsequences: false).makeIterator()
    func text(_ field: ArraySlice<UInt8>?) -> String { String(decoding: field ?? [], as: UTF8.self) }
    var told = Told(extent: extent)
    var entry: FileFollower.Entry?
    var touches: [FileFollower.Touch] = []
    func finish() {
      guard let entry, told.commits.count < Self.commitLimit else { return }
      let files = touches.lazy.compactMap { touch -> LoggedCommit.Touch? in
        guard isWanted(touch.today ?? touch.name) else { return nil }
        return .init(
          kind: touch.kind, path: touch.today.map { "\(repository.root)/\($0)" } ?? touch.name,
          isGone: touch.today == nil)
      }.prefix(Self.touchLimit)
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
          commit: Self.commit(id: id, date: time, author: author), title: text(fields.next()),
          isRoot: parents.isEmpty)
        continue
      }
      // :MODE MODE HASH HASH STATUS, each before and after (https://git-scm.com/docs/git-diff#_raw_output_format)
      let parts = (field.first == 0x0A ? field.dropFirst() : field).split(separator: 0x20)
      guard parts.count == 5, let kind = parts[4].first, let entry else { continue }
      let blob = parts[1].starts(with: "100".utf8) ? String(decoding: parts[3], as: UTF8.self) : nil
      let first = text(fields.next())
      switch kind {
      case UInt8(ascii: "R"), UInt8(ascii: "C"):
        touches.append(follower.moved(from: first, to: text(fields.next()), as: blob, by: entry))
      case UInt8(ascii: "A"): touches.append(follower.added(first, as: blob, by: entry))
      case UInt8(ascii: "D"): touches.append(follower.removed(first, by: entry))
      default: touches.append(follower.changed(first, to: blob, by: entry))
      }
    }
    finish()
    told.histories = Dictionary(
      follower.histories.map { ("\(repository.root)/\($0)", $1) }, uniquingKeysWith: { first, _ in first })
    // Without old contents, there is nothing to read of them.
    if extent == .complete {
      told.states = Dictionary(
        follower.states.map { ("\(repository.root)/\($0)", $1) }, uniquingKeysWith: { first, _ in first })
    }
    told.former = follower.former.map { name, today, entry in
      FormerFile(
        path: name, today: today.map { "\(repository.root)/\($0)" }, neighbors: [], commit: entry.commit,
        title: entry.title)
    }
    return told
  }

  /// Creates a commit from a date in git's raw format: `1767268800 +0100`.
  static func commit(id: String, date: String, author: String) -> FileHistory.Commit {
    let parts = date.split(separator: " ")
    let zone = parts.dropFirst().first.flatMap { Int($0) } ?? 0
    // +0530 is five and a half hours. Invalid offsets count as UTC.
    let seconds = zone / 100 * 3600 + zone % 100 * 60
    return .init(
      id: id, time: parts.first.flatMap { Int($0) } ?? 0, zone: abs(seconds) < 86_400 ? seconds : 0, author: author)
  }

  /// Adds the neighbors of former files, and converts current paths to published paths.
  private static func placed(_ former: [FormerFile], _ files: [FoundFile], below root: String) -> [FormerFile] {
    func home(_ file: FormerFile) -> String {
      let folder = FormerFile.home(of: file.path)
      return folder.isEmpty ? root : "\(root)/\(folder)"
    }
    let homes = Set(former.map(home))
    var neighbors: [String: [String]] = [:]
    var published: [String: String] = [:]
    for file in files {
      published[file.absolutePath] = file.source.publishedPath
      let home = String(FormerFile.home(of: file.absolutePath))
      if homes.contains(home) { neighbors[home, default: []].append(file.source.publishedPath) }
    }
    return former.map { file in
      FormerFile(
        path: file.path, today: file.today.flatMap { published[$0] },
        neighbors: neighbors[home(file)] ?? [], commit: file.commit, title: file.title)
    }
  }

  // MARK: Keeping

  private func state(_ repository: Repository) -> String {
    let patterns =
      (selection.include + [Glob("")] + selection.exclude).map(\.pattern) + selection.hiddenFolders.sorted()
      + selection.placedPatterns
    return
      ([
        "roster history 10 \(versionLimit)", repository.root, repository.folder, repository.head,
        "\(repository.isShallow)",
      ]
      + (repository.partial?.packs ?? []) + patterns + repository.named.sorted())
      .joined(separator: "\n")
  }

  private func load(from cache: CacheFolder, _ repository: Repository) -> Told? {
    guard let bytes = cache.read(Self.file(of: repository)) else { return nil }
    var reader = ByteReader(bytes)
    return try? read(&reader, repository)
  }

  private func read(_ bytes: inout ByteReader, _ repository: Repository) throws(ByteReader.Failure) -> Told {
    guard try bytes.readText() == state(repository) else { throw ByteReader.Failure() }
    var told = Told(extent: try Extent(from: &bytes))
    for _ in 0..<(try bytes.readCount()) {
      let path = try bytes.readText()
      told.histories[path] = try FileHistory(from: &bytes)
    }
    told.commits = try [LoggedCommit](from: &bytes)
    told.former = try [FormerFile](from: &bytes)
    for _ in 0..<(try bytes.readCount()) {
      let path = try bytes.readText()
      told.states[path] = try [FileState](from: &bytes)
    }
    return told
  }

  private func keep(_ told: Told, in cache: CacheFolder, _ repository: Repository) {
    var writer = ByteWriter()
    writer.write(state(repository))
    told.extent.store(in: &writer)
    writer.write(told.histories.count)
    for (path, history) in told.histories.sorted(by: { $0.key < $1.key }) {
      writer.write(path)
      history.store(in: &writer)
    }
    told.commits.store(in: &writer)
    told.former.store(in: &writer)
    writer.write(told.states.count)
    for (path, states) in told.states.sorted(by: { $0.key < $1.key }) {
      writer.write(path)
      states.store(in: &writer)
    }
    cache.write(writer.bytes, to: Self.file(of: repository))
  }
}

extension FileSelection {
  /// Returns whether a scan would find a file with this path in a repository.
  fileprivate func finds(_ name: String, in repository: GitHistory.Repository) -> Bool {
    let folder = repository.folder.isEmpty ? repository.root : repository.folder
    guard let path = name.path(below: repository.folder).flatMap(RelativePath.init) else { return false }
    return finds(path, in: folder.lastName, below: repository.folder)
  }
}
