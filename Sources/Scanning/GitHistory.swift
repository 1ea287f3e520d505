import Files
import Foundation
import Histories
import Text

/// What git knows of files that were found: one look at each repository says which commit it stands at, and one `git
/// log` tells of all its files.
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
    /// What is known of its missing objects; nil where it has all.
    let partial: PartialClone?
  }

  /// How much a repository could tell.
  private enum Extent: Int, Storable {
    /// Everything.
    case complete
    /// Everything but renames of files that were edited in the same commit: contents of old files are missing.
    case exactRenames
    /// Nothing.
    case none
  }

  /// What a repository told.
  private struct Told {
    var extent = Extent.complete
    /// By absolute paths.
    var histories: [String: FileHistory] = [:]
    /// The paths of files that are there are absolute.
    var commits: [LoggedCommit] = []
    /// Without neighbors. The paths of files that exist are absolute.
    var former: [FormerFile] = []
  }

  private let git: Git?
  private let selection: FileSelection
  private let repositories: [Repository]
  /// How many versions of each file are listed.
  private let versionLimit: Int
  /// Repositories that git does not read, each with the reason.
  private let refused: [(root: String, reason: String)]

  /// Whether there is a repository of which only the newest commits are here, so that it cannot be said when files
  /// came.
  public var isShallow: Bool { repositories.contains(where: \.isShallow) }

  /// How many of the last commits of a repository are kept with what they did.
  private static let commitLimit = 1000
  /// How many files of a commit are.
  private static let touchLimit = 200

  /// Looks for the repositories that files stand in. Without git, or outside of any, there are none.
  ///
  /// - Parameters:
  ///   - files: the files that were found.
  ///   - trees: the top folders of work trees that are not asked.
  ///   - selection: what of those that are gone would have been found.
  ///   - versions: how many versions of each file are listed.
  ///   - git: the program, or nil where nothing is to be asked.
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
    var repositories: [Repository] = []
    var refused: [(root: String, reason: String)] = []
    for (root, parts) in folders.sorted(by: { $0.key < $1.key }) where !trees.contains(root) {
      let question = ["rev-parse", "--is-shallow-repository", "--git-path", "objects/pack", "--verify", "HEAD"]
      guard let lines = git.lines(question, in: root), lines.count == 3 else {
        // Without a refusal, it has no commit yet.
        if let refusal = git.refusal(in: root) { refused.append((root, refusal.reason(at: root))) }
        continue
      }
      repositories.append(
        Repository(
          root: root, folder: parts.joined(separator: "/"), head: lines[2], isShallow: lines[0] == "true",
          partial: PartialClone(root: root, packsIn: lines[1])))
    }
    (self.repositories, self.refused) = (repositories, refused)
  }

  /// The files have the same history where this digest is the same.
  public func add(to digester: inout Digester) {
    digester.add(repositories.count)
    for repository in repositories { digester.add(state(repository)) }
  }

  /// Why history is missing or incomplete, a sentence for each repository, without looking at single files.
  ///
  /// - Parameter cache: where the answers of git are kept.
  public func notes(cache: CacheFolder?) -> [String] {
    guard let git else { return [] }
    let extents = repositories.map { repository -> Extent in
      // Of a repository with all objects, only a complete answer is kept.
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
        case (.none, nil): "\(repository.root): history is left out: git log fails; git fsck says why"
        }
      }
  }

  private static func file(of repository: Repository) -> String {
    "history.\(FNV.digits(Array(repository.root.utf8)))"
  }

  /// What a repository tells, from the cache if the repository has not changed since.
  private func told(by repository: Repository, _ git: Git, cache: CacheFolder?) -> Told {
    if let cache, let known = load(from: cache, repository) { return known }
    let told = log(repository, git)
    if let cache {
      if told.extent == .none { cache.remove(Self.file(of: repository)) } else { keep(told, in: cache, repository) }
    }
    return told
  }

  /// What the repositories know of files, and why that is incomplete, a sentence for each repository of which it is.
  ///
  /// - Parameters:
  ///   - files: the files that were found.
  ///   - cache: where the answers of git are kept until the repository stands at another commit.
  public func chronicle(
    of files: [FoundFile], cache: CacheFolder?
  ) -> (chronicle: Chronicle, notes: [String]) {
    guard let git else { return (Chronicle(), []) }
    var all = Told()
    var extents: [Extent] = []
    for repository in repositories {
      let told = told(by: repository, git, cache: cache)
      extents.append(told.extent)
      all.histories.merge(told.histories) { $1 }
      all.commits += told.commits
      all.former += Self.placed(told.former, files, below: repository.root)
    }
    var histories: [String: FileHistory] = [:]
    var published: [String: String] = [:]
    for file in files {
      histories[file.source.publishedPath] = all.histories[file.absolutePath]
      published[file.absolutePath] = file.source.publishedPath
    }
    // A stable order: of commits of one second, that of git.
    let commits = all.commits.enumerated().sorted {
      ($1.element.commit.localTime, $0.offset) < ($0.element.commit.localTime, $1.offset)
    }
    let chronicle = Chronicle(
      histories: histories, commits: commits.compactMap { Self.placed($0.element, published) }, former: all.former)
    return (chronicle, notes(extents))
  }

  /// A commit with published paths, or nil where nothing that it touched is shown.
  private static func placed(_ commit: LoggedCommit, _ published: [String: String]) -> LoggedCommit? {
    let files = commit.files.compactMap { file -> LoggedCommit.Touch? in
      if file.isGone { return file }
      return published[file.path].map { .init(kind: file.kind, path: $0, isGone: false) }
    }
    return files.isEmpty ? nil : LoggedCommit(commit: commit.commit, title: commit.title, files: files)
  }

  /// The contents of the versions that ``chronicle(of:cache:)`` lists. Nothing is read before it is needed.
  public func contents(of chronicle: Chronicle) -> VersionContents {
    let blobs = Set(chronicle.histories.values.lazy.flatMap { $0.versions.lazy.map(\.blob) })
    return VersionContents(of: blobs, in: repositories.map(\.root), git: git)
  }

  // MARK: Asking

  /// Follows every file of a repository back to where it came from.
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
    // Likeness needs the contents of old files, which a partial clone may lack. The same content has the same name.
    if repository.partial != nil, let output = answer(renames: "-M100%") {
      return told(output, .exactRenames, by: repository)
    }
    return Told(extent: .none)
  }

  private func told(_ output: [UInt8], _ extent: Extent, by repository: Repository) -> Told {
    var follower = FileFollower(isShallow: repository.isShallow, versionLimit: versionLimit)
    var fields = output.split(separator: 0, omittingEmptySubsequences: false).makeIterator()
    func text(_ field: ArraySlice<UInt8>?) -> String { String(decoding: field ?? [], as: UTF8.self) }
    var told = Told(extent: extent)
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
          commit: Self.commit(id: id, date: time, author: author), title: text(fields.next()),
          isRoot: parents.isEmpty)
        continue
      }
      // :MODE MODE CONTENT CONTENT STATUS, before and after (https://git-scm.com/docs/git-diff#_raw_output_format)
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
    told.former = follower.former.compactMap { name, today, entry in
      guard finds(name, in: repository) else { return nil }
      return FormerFile(
        path: name, today: today.map { "\(repository.root)/\($0)" }, neighbors: [], commit: entry.commit,
        title: entry.title)
    }
    return told
  }

  /// Makes a commit from a date in git's raw form: `1767268800 +0100`.
  static func commit(id: String, date: String, author: String) -> FileHistory.Commit {
    let parts = date.split(separator: " ")
    let zone = parts.dropFirst().first.flatMap { Int($0) } ?? 0
    // +0530 is five and a half hours. Nonsense counts as UTC.
    let seconds = zone / 100 * 3600 + zone % 100 * 60
    return .init(
      id: id, time: parts.first.flatMap { Int($0) } ?? 0, zone: abs(seconds) < 86_400 ? seconds : 0, author: author)
  }

  /// Adds the neighbors of former files, and gives today's files their published paths.
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

  /// What a commit did to a file that is, or was, one of the catalog's.
  private func touch(of touch: FileFollower.Touch, in repository: Repository) -> LoggedCommit.Touch? {
    let isGone = touch.today == nil
    let name = touch.today ?? touch.name
    guard finds(name, in: repository) else { return nil }
    return .init(kind: touch.kind, path: isGone ? name : "\(repository.root)/\(name)", isGone: isGone)
  }

  /// Whether a scan would find a file of this name.
  private func finds(_ name: String, in repository: Repository) -> Bool {
    let folder = repository.folder.isEmpty ? repository.root : repository.folder
    guard let path = name.path(below: repository.folder).flatMap(RelativePath.init) else { return false }
    return selection.finds(path, in: folder.lastName, below: repository.folder)
  }

  // MARK: Keeping

  private func state(_ repository: Repository) -> String {
    let patterns =
      (selection.include + [Glob("")] + selection.exclude).map(\.pattern) + selection.hiddenFolders.sorted()
      + selection.placedPatterns
    return
      ([
        "roster history 8 \(versionLimit)", repository.root, repository.folder, repository.head,
        "\(repository.isShallow)",
      ]
      + (repository.partial?.packs ?? []) + patterns)
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
    cache.write(writer.bytes, to: Self.file(of: repository))
  }
}
