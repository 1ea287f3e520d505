import Files
import Foundation

/// What git knows of files that were found: one look at each repository says which commit it stands at, and one `git log` tells of all its files.
///
/// A repository is a stranger's as much as its files are: nothing that its own configuration names is run, and nothing is fetched.
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

  private let git: Program?
  private let repositories: [Repository]

  /// Whether there is a repository of which only the newest commits are here, so that it cannot be said when files came.
  public var isShallow: Bool { repositories.contains(where: \.isShallow) }

  /// Looks for the repositories that files stand in. Without git, or outside of any, there are none.
  public init(of files: [FoundFile], git: Program?) {
    self.git = git
    guard let git else {
      repositories = []
      return
    }
    var roots: [String: String?] = [:]
    var folders: [String: [Substring]] = [:]
    for file in files {
      guard let folder = Self.parent(of: file.absolutePath), let root = Self.root(of: folder, known: &roots) else {
        continue
      }
      let parts = folder.dropFirst(root.count).split(separator: "/")
      folders[root] =
        folders[root].map { common in
          Array(zip(common, parts).prefix { $0 == $1 }.map(\.0))
        } ?? parts
    }
    repositories = folders.sorted { $0.key < $1.key }.compactMap { root, parts in
      guard let answer = Self.run(git, ["-C", root, "rev-parse", "--is-shallow-repository", "--verify", "HEAD"]) else {
        return nil
      }
      let lines = String(decoding: answer, as: UTF8.self).split(separator: "\n")
      guard lines.count == 2 else { return nil }
      return Repository(
        root: root, folder: parts.joined(separator: "/"), head: String(lines[1]), isShallow: lines[0] == "true")
    }
  }

  /// The files have the same history where this digest is the same.
  public func add(to digester: inout Digester) {
    digester.add(repositories.count)
    for repository in repositories { digester.add(Self.state(repository)) }
  }

  /// The histories of files, by the paths that are printed; those that were never committed have none.
  ///
  /// - Parameters:
  ///   - files: the files that were found.
  ///   - folder: where what git said is kept until the repository stands at another commit; nil where nothing is kept.
  public func histories(of files: [FoundFile], keptIn folder: String?) -> [String: FileHistory] {
    guard let git else { return [:] }
    var told: [String: FileHistory] = [:]
    for repository in repositories {
      let name = folder.map { "\($0)/history.\(FNV.digits(Array(repository.root.utf8)).prefix(16))" }
      if let known = name.flatMap({ Self.load($0, repository) }) {
        told.merge(known) { $1 }
        continue
      }
      let found = Self.log(repository, git)
      if let name { Self.keep(found, name, repository) }
      told.merge(found) { $1 }
    }
    var result: [String: FileHistory] = [:]
    for file in files { result[file.source.displayPath] = told[file.absolutePath] }
    return result
  }

  // MARK: Finding

  /// The folder that something stands in, or nil for what stands at the top of the disk.
  private static func parent(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The nearest folder above, or this one, that is the top of a repository.
  private static func root(of folder: String, known: inout [String: String?]) -> String? {
    if let root = known[folder] { return root }
    let root =
      Disk.kind("\(folder)/.git") != nil ? folder : parent(of: folder).flatMap { self.root(of: $0, known: &known) }
    known[folder] = .some(root)
    return root
  }

  // MARK: Asking

  /// What git answers, or nil where it refuses.
  private static func run(_ git: Program, _ arguments: [String]) -> [UInt8]? {
    let careful = [
      "core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "protocol.allow=never",
    ]
    let environment: [String: String?] = [
      "GIT_DIR": nil, "GIT_WORK_TREE": nil, "GIT_INDEX_FILE": nil, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1",
      "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat",
    ]
    let result = try? git.run(
      ["--literal-pathspecs"] + careful.flatMap { ["-c", $0] } + arguments, reading: .output, environment: environment)
    guard let result, result.status == 0 else { return nil }
    return result.bytes
  }

  /// A commit as the log tells of it.
  private struct Entry {
    let commit: FileHistory.Commit
    /// Whether what came before it is not known: the first of all, or the last that a shallow clone has.
    let isRoot: Bool
  }

  /// Follows every file of a repository back to where it came from, by absolute paths.
  private static func log(_ repository: Repository, _ git: Program) -> [String: FileHistory] {
    let arguments = [
      "-C", repository.root, "log", "--topo-order", "-z", "--format=%x01%H%x00%ct%x00%an%x00%P", "--name-status", "-M",
      "--no-ext-diff", "--no-textconv", "--encoding=UTF-8", repository.head,
    ]
    let path = repository.folder.isEmpty ? [] : ["--", repository.folder]
    guard let output = run(git, arguments + path) else { return [:] }
    var follower = Follower(isShallow: repository.isShallow)
    var fields = output.split(separator: 0, omittingEmptySubsequences: false).makeIterator()
    func text(_ field: ArraySlice<UInt8>?) -> String { String(decoding: field ?? [], as: UTF8.self) }
    var entry: Entry?
    while let field = fields.next() {
      if field.first == 1 {
        let id = text(field.dropFirst())
        let (time, author, parents) = (text(fields.next()), text(fields.next()), text(fields.next()))
        entry = Entry(commit: .init(id: id, time: Int(time) ?? 0, author: author), isRoot: parents.isEmpty)
        continue
      }
      let status = field.first == 0x0A ? field.dropFirst() : field
      guard let kind = status.first, let entry else { continue }
      let first = text(fields.next())
      switch kind {
      case UInt8(ascii: "R"), UInt8(ascii: "C"): follower.moved(from: first, to: text(fields.next()), by: entry)
      case UInt8(ascii: "A"): follower.added(first, by: entry)
      case UInt8(ascii: "D"): follower.removed(first)
      default: follower.changed(first, by: entry)
      }
    }
    return Dictionary(
      follower.histories.map { ("\(repository.root)/\($0)", $1) }, uniquingKeysWith: { first, _ in first })
  }

  /// Goes from the newest commit to the oldest, and knows under which name each of today's files stood then.
  private struct Follower {
    let isShallow: Bool
    /// Today's name of each name of that time; nothing for those of files that are gone, or had not come yet.
    private var names: [String: String] = [:]
    private var gone: Set<String> = []
    private var files: [String: (changed: FileHistory.Commit, created: FileHistory.Commit?, changes: Int)] = [:]
    private var first: FileHistory.Commit?

    init(isShallow: Bool) { self.isShallow = isShallow }

    /// Today's name of a file, or nil where there is no such file today.
    private func today(_ name: String) -> String? { names[name] ?? (gone.contains(name) ? nil : name) }

    mutating func changed(_ name: String, by entry: Entry) {
      guard let today = today(name) else { return }
      names[name] = today
      note(today, entry.commit)
    }

    mutating func added(_ name: String, by entry: Entry) {
      first = entry.commit
      guard let today = today(name) else { return }
      note(today, entry.commit)
      if !(isShallow && entry.isRoot) { files[today]?.created = entry.commit }
      // What has the name further back is another file.
      names[name] = nil
      gone.insert(name)
    }

    mutating func moved(from old: String, to new: String, by entry: Entry) {
      guard let today = today(new) else { return }
      note(today, entry.commit)
      names[new] = nil
      gone.insert(new)
      names[old] = today
      gone.remove(old)
    }

    mutating func removed(_ name: String) { if names[name] == nil { gone.insert(name) } }

    private mutating func note(_ today: String, _ commit: FileHistory.Commit) {
      if files[today] == nil { files[today] = (commit, nil, 0) }
      files[today]?.changes += 1
    }

    var histories: [String: FileHistory] {
      files.mapValues {
        FileHistory(created: $0.created, changed: $0.changed, changes: $0.changes, isOriginal: $0.created == first)
      }
    }
  }

  // MARK: Keeping

  private static func state(_ repository: Repository) -> String {
    "roster history 1\n\(repository.root)\n\(repository.folder)\n\(repository.head)\n\(repository.isShallow)"
  }

  private static func load(_ file: String, _ repository: Repository) -> [String: FileHistory]? {
    guard case .success(let bytes) = Disk.read(file) else { return nil }
    var reader = ByteReader(bytes)
    return try? read(&reader, repository)
  }

  private static func read(
    _ bytes: inout ByteReader, _ repository: Repository
  ) throws(ByteReader.Failure) -> [String: FileHistory] {
    guard try bytes.readText() == state(repository) else { throw ByteReader.Failure() }
    var result: [String: FileHistory] = [:]
    for _ in 0..<(try bytes.readCount()) {
      let path = try bytes.readText()
      result[path] = try FileHistory(from: &bytes)
    }
    return result
  }

  private static func keep(_ histories: [String: FileHistory], _ file: String, _ repository: Repository) {
    var writer = ByteWriter()
    writer.write(state(repository))
    writer.write(histories.count)
    for (path, history) in histories.sorted(by: { $0.key < $1.key }) {
      writer.write(path)
      history.store(in: &writer)
    }
    // What cannot be kept is asked for again.
    try? Disk.write(writer.bytes, to: file)
  }
}
