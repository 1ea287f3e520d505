import Files
import Foundation

/// A folder or a file to read agents from.
public struct SourceRequest: Sendable, Hashable {
  /// The path as given.
  public let path: String
  /// The name of its collection, or nil for that of the folder.
  public internal(set) var name: String?
  /// What its collection is called in addresses, with slashes between the folders; nil where the scan decides, see
  /// ``CollectionKeys``.
  public let key: String?
  /// Where it is really read, where that is not its path: a state of it that was laid out elsewhere.
  public let location: String?
  /// The path that it is published under, empty for the top of a repository; nil where the scan decides. States
  /// that are compared must agree on it, also where a source is in one of them only.
  public internal(set) var publishedPath: String?
  /// The folder that links may not leave, where the source is read elsewhere; nil for its git work tree.
  public private(set) var workTree: String?

  /// The same sources with the paths that they are published under.
  ///
  /// - Parameters:
  ///   - home: the home folder of the person who runs the program.
  ///   - deciding: folders that decide how files in them are read: those of runtimes.
  public static func published(
    _ requests: [SourceRequest], home: String?, deciding: Set<String> = []
  ) -> [SourceRequest] {
    PublishedPaths(of: requests, home: home, deciding: deciding).requests
  }

  /// The same request, read elsewhere.
  ///
  /// - Parameters:
  ///   - location: where it is read.
  ///   - workTree: the folder that links may not leave.
  public func read(at location: String, in workTree: String) -> SourceRequest {
    var request = SourceRequest(path: path, name: name, key: key, location: location)
    request.publishedPath = publishedPath
    request.workTree = workTree
    return request
  }

  /// Makes a request.
  public init(path: String, name: String? = nil, key: String? = nil, location: String? = nil) {
    self.path = path
    self.name = name
    self.key = key
    self.location = location
  }
}

/// What was found below the sources.
public struct ScanResult: Sendable {
  /// When the scan began, in nanoseconds since 1970: what changes behind its back is no older.
  public var time = Disk.time
  /// The collections that files count in.
  public var collections: [SourceCollection] = []
  /// The files, by collection and path.
  public var files: [FoundFile] = []
  /// The folders that were looked through, by their absolute paths.
  public var folders: [String] = []
  /// Files, folders and links that are not read, each with the reason.
  public var skipped: [SkippedPath] = []
  /// Files that could not be read, each with the reason.
  public var unreadable: [UnreadFile] = []
  /// The places in ``collections`` by the names that were asked for, which numbers may tell apart, and where they
  /// stand.
  fileprivate var places: [Place: Int] = [:]

  fileprivate struct Place: Hashable {
    let name: String
    let location: String
  }
}

/// A file that was found.
public struct FoundFile: Sendable {
  /// Where it stands among the sources.
  public let source: SourceFile
  /// Where it stands on the disk.
  public let absolutePath: String
  /// What it was when it was found.
  public let identity: Disk.Identity
}

/// Why a source cannot be read at all.
public enum ScanError: Error, Equatable, CustomStringConvertible {
  /// There is nothing at this path.
  case missing(String)
  /// It is neither a folder nor a file, or may not be opened.
  case unreadable(String, reason: String)

  /// The error as one sentence, with what to do.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such folder or file"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    }
  }
}

/// Looks through source folders, and opens no file but the manifests of plugins.
///
/// Folders that git ignores, and those in ``DefaultExclusions``, are left out unless they are sources themselves. So is
/// a folder with a site of this run or an earlier one: what stands there are copies. A file that links lead to is read
/// once; ``PlaceChoice`` says at which path.
public struct SourceScanner: Sendable {
  private let selection: FileSelection
  private let output: String?
  private let git: Git?
  private let keeps: @Sendable (String) -> Bool

  /// Makes a scanner.
  ///
  /// - Parameters:
  ///   - selection: which files are read.
  ///   - output: the folder that the site goes to, which is never read.
  ///   - git: what tells which files are ignored; nil where none is.
  ///   - keeps: whether a file counts that would be read, by its absolute path.
  public init(
    selection: FileSelection = FileSelection(), output: String? = nil, git: Git? = nil,
    keeping keeps: @escaping @Sendable (String) -> Bool = { _ in true }
  ) {
    self.selection = selection
    self.git = git
    self.keeps = keeps
    self.output = output.flatMap { Disk.realPath($0) }
  }

  /// Finds the files of all sources.
  ///
  /// - Throws: ``ScanError`` where a source is not there; what is wrong with single files is in the result.
  public func scan(_ requests: [SourceRequest]) throws(ScanError) -> ScanResult {
    var result = ScanResult()
    let isDecided = requests.allSatisfy { $0.publishedPath != nil }
    let decided =
      isDecided ? requests : SourceRequest.published(requests, home: nil, deciding: selection.hiddenFolders)
    let sources = try decided.map { (request) throws(ScanError) in try look(at: request) }
    let choice = PlaceChoice(of: sources.map(\.candidates))
    var keys = CollectionKeys(git: git)
    var found: [Found] = []
    for (number, source) in sources.enumerated() {
      switch source {
      case .file(let request, let path, let file):
        if keeps(file.realPath), choice.isRead(0, of: number) {
          found.append(place(file, request, path, &keys, &result))
        }
      case .folder(let request, let root, let walk):
        result.folders += walk.folders
        result.skipped += (walk.skipped + choice.skipped(of: number)).map { root.skipped($0, $1, $2) }
        result.unreadable += walk.problems.map { Self.unread($0.path, $0.reason, in: root) }
        found += place(walk.files, read: { choice.isRead($0, of: number) }, request, in: root, &keys, &result)
      }
    }
    result.collections = SourceCollection.distinct(result.collections)
    for file in found {
      result.files.append(
        FoundFile(
          source: SourceFile(
            path: file.path, collection: file.collection, displayPath: file.displayPath,
            publishedPath: file.publishedPath, plugin: file.plugin, skill: file.skill, isNamed: file.isNamed,
            number: result.files.count),
          absolutePath: file.absolutePath, identity: file.identity))
    }
    return result
  }

  private struct Found: Sendable {
    let path: RelativePath
    let collection: Int
    let absolutePath: String
    let displayPath: String
    let publishedPath: String
    let plugin: PluginPlace?
    let skill: SkillFolder?
    let isNamed: Bool
    let identity: Disk.Identity
  }

  /// A folder that is read, with the names that it has.
  private struct Root {
    let location: String
    let given: String
    let published: String

    /// Where something below the folder is shown at a terminal; the folder itself for an empty path.
    func displayPath(_ below: String) -> String { given == "." && !below.isEmpty ? below : Self.joined(given, below) }

    /// Where something below the folder is published; the folder itself for an empty path.
    func publishedPath(_ below: String) -> String {
      let path = Self.joined(published, below)
      return path.isEmpty ? "." : path
    }

    func skipped(_ below: String, _ kind: SkippedPath.Kind, _ reason: SkipReason) -> SkippedPath {
      SkippedPath(path: displayPath(below), publishedPath: publishedPath(below), kind: kind, reason: reason)
    }

    private static func joined(_ folder: String, _ below: String) -> String {
      folder.isEmpty || below.isEmpty ? folder + below : folder.hasSuffix("/") ? folder + below : "\(folder)/\(below)"
    }
  }

  /// A source that was looked through.
  private enum Source {
    /// A single file, with the path as given.
    case file(SourceRequest, String, FolderWalk.File)
    case folder(SourceRequest, Root, FolderWalk)

    var candidates: [PlaceChoice.Candidate] {
      switch self {
      // Who names a file means it, so a link is as good as the file.
      case .file(_, _, let file): [.init(path: file.path.description, realPath: file.realPath)]
      case .folder(_, _, let walk):
        walk.files.map { file in
          .init(
            path: file.path.description, realPath: file.realPath, link: file.link,
            isInRuntimeFolder: walk.isInRuntimeFolder(file.path.description))
        }
      }
    }
  }

  private func look(at request: SourceRequest) throws(ScanError) -> Source {
    let given = request.path.hasSuffix("/") && request.path.count > 1 ? String(request.path.dropLast()) : request.path
    guard let root = Disk.realPath(request.location ?? given) else { throw ScanError.missing(request.path) }
    switch Disk.kind(root) {
    case .file:
      guard let path = RelativePath(given.lastName), let identity = Disk.identity(root) else { throw .missing(given) }
      return .file(request, given, .init(path: path, realPath: root, identity: identity, link: nil))
    case .folder:
      var walk = FolderWalk(
        root: root, selection: selection, published: request.publishedPath ?? "", output: output,
        workTree: request.workTree.flatMap(Disk.realPath), git: git)
      guard walk.run() else { throw .unreadable(given, reason: "the folder cannot be opened") }
      return .folder(request, Root(location: root, given: given, published: request.publishedPath ?? ""), walk)
    case .other, nil: throw .unreadable(given, reason: "neither a folder nor a file")
    }
  }

  /// Places a single file.
  private func place(
    _ file: FolderWalk.File, _ request: SourceRequest, _ given: String, _ keys: inout CollectionKeys,
    _ result: inout ScanResult
  ) -> Found {
    let folder = given.lastSlash.map { String(given[..<$0]) } ?? "."
    let collection = request.name ?? Self.name(of: Disk.realPath(folder) ?? folder)
    let published = request.publishedPath ?? file.path.description
    let parent = published.lastSlash.map { String(published[..<$0]) } ?? "."
    var plugins = PluginRoots(in: selection, named: [:])
    let location = Git.parent(of: file.realPath) ?? "/"
    return Found(
      path: file.path,
      collection: Self.add(
        collection, keys.key(of: request, at: location), folder: parent, at: location, .init(), &result),
      absolutePath: file.realPath, displayPath: given, publishedPath: published,
      plugin: plugins.place(of: file.realPath), skill: nil, isNamed: true, identity: file.identity)
  }

  private static func unread(
    _ path: String, _ reason: String, in root: Root, use: UnreadFile.Use = .content
  ) -> UnreadFile {
    UnreadFile(displayPath: root.displayPath(path), publishedPath: root.publishedPath(path), reason: reason, use: use)
  }

  /// Gives each file its collection: the plugin that it belongs to; else the source, or, where a source only holds
  /// folders that are collections themselves, that folder.
  ///
  /// - Parameter isRead: whether a file is read here, by its place among the files, and not at another path.
  private func place(
    _ files: [FolderWalk.File], read isRead: (Int) -> Bool, _ request: SourceRequest, in root: Root,
    _ keys: inout CollectionKeys, _ result: inout ScanResult
  ) -> [Found] {
    let files = files.enumerated().filter { keeps($0.element.realPath) }.map { (number: $0.offset, file: $0.element) }
      .sorted { $0.file.path < $1.file.path }.map { (file: $0.file, isRead: isRead($0.number)) }
    let named = request.name != nil
    let name = name(of: request, at: root.location)
    let key = keys.key(of: request, at: root.location)
    let tops = Set(files.map { $0.file.path.firstFolder ?? "" })
    let isShelf = !named && tops.count > 1 && tops.allSatisfy { !$0.isEmpty && !FolderNames.areStructure(String($0)) }
    let manifests = PluginManifests(of: root.location, tops: named ? [] : tops.map(String.init).sorted())
    result.unreadable += manifests.unreadable.map { problem in
      Self.unread(problem.path, problem.reason, in: root, use: .manifest(line: problem.line))
    }
    var plugins = PluginRoots(
      in: selection,
      named: Dictionary(
        uniqueKeysWithValues: Set(manifests.pluginFolders).map { folder in
          (folder.isEmpty ? root.location : "\(root.location)/\(folder)", manifests.listed[folder] ?? [])
        }))
    let skills = SkillFolders(of: files.map(\.file.path)) { plugins.isRoot("\(root.location)/\($0)") }
    func collection(_ name: String, _ key: [String], _ folder: String, _ about: SourceCollection.About) -> Int {
      Self.add(
        name, key, folder: root.publishedPath(folder),
        at: folder.isEmpty ? root.location : "\(root.location)/\(folder)",
        about, &result)
    }
    return files.compactMap { file, isRead in
      guard isRead else { return nil }
      let path = file.path
      var (number, below): (Int, RelativePath?)
      if !named, let place = manifests.place(of: path) {
        let top = place.top.isEmpty ? key : keys.key(ofFolder: place.top, in: root.location, key)
        let own = place.isPlugin ? top + [place.name] : top
        (number, below) = (collection(place.name, own, place.folder, place.about), RelativePath(place.path))
      } else if isShelf, let top = path.firstFolder {
        let own = keys.key(ofFolder: String(top), in: root.location, key)
        number = collection(String(top), own, String(top), .init())
        below = path.description.path(below: top).flatMap(RelativePath.init)
      } else {
        (number, below) = (collection(name, key, "", manifests.whole ?? .init()), path)
      }
      guard let below else { return nil }
      return Found(
        path: below, collection: number, absolutePath: file.realPath,
        displayPath: root.displayPath(path.description), publishedPath: root.publishedPath(path.description),
        plugin: plugins.place(of: "\(root.location)/\(path)"), skill: skills.skill(of: path), isNamed: false,
        identity: file.identity)
    }
  }

  private func name(of request: SourceRequest, at path: String) -> String {
    request.name ?? (request.publishedPath == PublishedPaths.home ? "home" : Self.name(of: path))
  }

  private static func name(of path: String) -> String { path.lastName.isEmpty ? "agents" : path.lastName }

  private static func add(
    _ name: String, _ key: [String], folder: String, at location: String, _ about: SourceCollection.About,
    _ result: inout ScanResult
  ) -> Int {
    // One folder is one collection, whatever number its name got; plugins may share one.
    let place = ScanResult.Place(name: name, location: location)
    if let known = result.places[place] { return known }
    var former = name
    var number = 2
    while result.collections.contains(where: { $0.formerName == former }) {
      former = "\(name) \(number)"
      number += 1
    }
    result.collections.append(
      SourceCollection(name: name, key: key, formerName: former, folder: folder, about: about))
    result.places[place] = result.collections.count - 1
    return result.collections.count - 1
  }
}
