import Files
import Foundation

/// A folder or a file to read agents from.
public struct SourceRequest: Sendable, Hashable {
  /// The path as given.
  public let path: String
  /// The name of its collection, or nil for that of the folder.
  public internal(set) var name: String?
  /// Where it is really read, where that is not its path: a state of it that was laid out elsewhere.
  public let location: String?
  /// The path that it is published under, empty for the top of a repository; nil where the scan decides. States
  /// that are compared must agree on it, also where a source is in one of them only.
  public internal(set) var publishedPath: String?

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
  public func read(at location: String) -> SourceRequest {
    var request = SourceRequest(path: path, name: name, location: location)
    request.publishedPath = publishedPath
    return request
  }

  /// Makes a request.
  public init(path: String, name: String? = nil, location: String? = nil) {
    self.path = path
    self.name = name
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
  /// Files that were passed over, as a person finds them.
  public var passedOver: [String] = []
  /// Files that could not be read, each with the reason.
  public var unreadable: [UnreadFile] = []
  /// The places in ``collections`` by the names that were asked for, which numbers may tell apart, and where they
  /// stand.
  fileprivate var places: [CollectionKey: Int] = [:]

  fileprivate struct CollectionKey: Hashable {
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

/// Looks through source folders, and opens no file but the manifests of plugins. A folder below them that is a site, of
/// this run or an earlier one, is left out: what stands there are copies.
public struct SourceScanner: Sendable {
  private let selection: FileSelection
  private let skippedFolder: String?
  private let keeps: @Sendable (String) -> Bool

  /// Makes a scanner.
  ///
  /// - Parameters:
  ///   - selection: which files are read.
  ///   - output: the folder that the site goes to, which is never read.
  ///   - keeps: whether a file counts that would be read, by its absolute path.
  public init(
    selection: FileSelection = FileSelection(), output: String? = nil,
    keeping keeps: @escaping @Sendable (String) -> Bool = { _ in true }
  ) {
    self.selection = selection
    self.keeps = keeps
    skippedFolder = output.flatMap { Disk.realPath($0) }
  }

  /// Finds the files of all sources.
  ///
  /// - Throws: ``ScanError`` where a source is not there; what is wrong with single files is in the result.
  public func scan(_ requests: [SourceRequest]) throws(ScanError) -> ScanResult {
    var result = ScanResult()
    var found: [Found] = []
    var seen: Set<String> = []
    let isDecided = requests.allSatisfy { $0.publishedPath != nil }
    for request in isDecided
      ? requests : SourceRequest.published(requests, home: nil, deciding: selection.hiddenFolders)
    {
      // A file that two sources hold belongs to the first.
      found += try list(request, &result).filter { seen.insert($0.absolutePath).inserted }
    }
    for file in found {
      result.files.append(
        FoundFile(
          source: SourceFile(
            path: file.path, collection: file.collection, displayPath: file.displayPath,
            publishedPath: file.publishedPath, isOfManifestedPlugin: file.isOfPlugin, number: result.files.count),
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
    let isOfPlugin: Bool
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

    private static func joined(_ folder: String, _ below: String) -> String {
      folder.isEmpty || below.isEmpty ? folder + below : folder.hasSuffix("/") ? folder + below : "\(folder)/\(below)"
    }
  }

  private func list(_ request: SourceRequest, _ result: inout ScanResult) throws(ScanError) -> [Found] {
    let given = request.path.hasSuffix("/") && request.path.count > 1 ? String(request.path.dropLast()) : request.path
    guard let root = Disk.realPath(request.location ?? given) else { throw ScanError.missing(request.path) }
    let name = request.name ?? (request.publishedPath == PublishedPaths.home ? "home" : Self.name(of: root))
    switch Disk.kind(root) {
    case .file:
      guard let path = RelativePath(given.lastName), let identity = Disk.identity(root) else { throw .missing(given) }
      let folder = given.lastSlash.map { String(given[..<$0]) } ?? "."
      guard keeps(root) else { return [] }
      let collection = request.name ?? Self.name(of: Disk.realPath(folder) ?? folder)
      let published = request.publishedPath ?? path.description
      let parent = published.lastSlash.map { String(published[..<$0]) } ?? "."
      return [
        Found(
          path: path,
          collection: Self.add(collection, folder: parent, at: Git.parent(of: root) ?? "/", .init(), &result),
          absolutePath: root, displayPath: given, publishedPath: published,
          isOfPlugin: Self.isOfPlugin(root, in: []), identity: identity)
      ]
    case .folder:
      var walk = Walk(root: root, selection: selection, skippedFolder: skippedFolder)
      guard walk.run() else { throw .unreadable(given, reason: "the folder cannot be opened") }
      let folder = Root(location: root, given: given, published: request.publishedPath ?? "")
      result.folders += walk.folders
      result.passedOver += walk.passedOver.map { folder.displayPath($0) }
      result.unreadable += walk.unreadable.map { Self.unread($0.path, $0.reason, in: folder) }
      return place(
        walk.files.filter { keeps("\(root)/\($0.path)") }.sorted { $0.path < $1.path }, name: name, in: folder,
        named: request.name != nil, &result)
    case .other, nil: throw .unreadable(given, reason: "neither a folder nor a file")
    }
  }

  private static func unread(_ path: String, _ reason: String, in root: Root) -> UnreadFile {
    UnreadFile(displayPath: root.displayPath(path), publishedPath: root.publishedPath(path), reason: reason)
  }

  /// Gives each file its collection: the plugin that it belongs to; else the source, or, where a source only holds
  /// folders that are collections themselves, that folder.
  private func place(
    _ files: [(path: RelativePath, identity: Disk.Identity)], name: String, in root: Root, named: Bool,
    _ result: inout ScanResult
  ) -> [Found] {
    let tops = Set(files.map { $0.path.firstFolder ?? "" })
    let isShelf = !named && tops.count > 1 && tops.allSatisfy { !$0.isEmpty && !FolderNames.areStructure(String($0)) }
    let manifests = PluginManifests(of: root.location, tops: named ? [] : tops.map(String.init).sorted())
    result.unreadable += manifests.unreadable.map { Self.unread($0.path, $0.reason, in: root) }
    let plugins = Set(
      manifests.pluginFolders.map { $0.isEmpty ? root.location : "\(root.location)/\($0)" })
    func collection(_ name: String, _ folder: String, _ about: SourceCollection.About) -> Int {
      Self.add(
        name, folder: root.publishedPath(folder), at: folder.isEmpty ? root.location : "\(root.location)/\(folder)",
        about, &result)
    }
    return files.compactMap { path, identity in
      var (number, below): (Int, RelativePath?)
      if !named, let place = manifests.place(of: path) {
        (number, below) = (collection(place.name, place.folder, place.about), RelativePath(place.path))
      } else if isShelf, let top = path.firstFolder {
        number = collection(String(top), String(top), .init())
        below = path.description.path(below: top).flatMap(RelativePath.init)
      } else {
        (number, below) = (collection(name, "", manifests.whole ?? .init()), path)
      }
      guard let below else { return nil }
      return Found(
        path: below, collection: number, absolutePath: "\(root.location)/\(path)",
        displayPath: root.displayPath(path.description), publishedPath: root.publishedPath(path.description),
        isOfPlugin: Self.isOfPlugin("\(root.location)/\(path)", in: plugins), identity: identity)
    }
  }

  /// Whether a file stands in the agents folder of a plugin: of one of these folders, or of one with a manifest.
  private static func isOfPlugin(_ path: String, in plugins: Set<String>) -> Bool {
    var folder = Git.parent(of: path)
    // The folder `agents` stands right below that of the plugin.
    while let current = folder {
      if current.lastName == "agents", let plugin = Git.parent(of: current),
        plugins.contains(plugin) || Disk.kind("\(plugin)/.claude-plugin/plugin.json") == .file
      {
        return true
      }
      folder = Git.parent(of: current)
    }
    return false
  }

  private static func name(of path: String) -> String { path.lastName.isEmpty ? "agents" : path.lastName }

  private static func add(
    _ name: String, folder: String, at location: String, _ about: SourceCollection.About, _ result: inout ScanResult
  ) -> Int {
    // One folder is one collection, whatever number its name got; plugins may share one.
    let key = ScanResult.CollectionKey(name: name, location: location)
    if let known = result.places[key] { return known }
    var unique = name
    var number = 2
    while result.collections.contains(where: { $0.name == unique }) {
      unique = "\(name) \(number)"
      number += 1
    }
    result.collections.append(SourceCollection(name: unique, folder: folder, about: about))
    result.places[key] = result.collections.count - 1
    return result.collections.count - 1
  }
}

/// A walk through a folder, without recursion, names in the order of their bytes.
private struct Walk {
  let root: String
  let selection: FileSelection
  let skippedFolder: String?
  var files: [(path: RelativePath, identity: Disk.Identity)] = []
  var folders: [String] = []
  var passedOver: [String] = []
  var unreadable: [(path: String, reason: String)] = []

  /// Walks. Returns false where the folder itself cannot be opened.
  mutating func run() -> Bool {
    guard var pending = children(of: "") else { return false }
    while let path = pending.popLast() {
      let absolute = "\(root)/\(path)"
      // Most names are those of files, so that is asked first.
      if let identity = Disk.identity(absolute) {
        take(path, identity)
        continue
      }
      switch Disk.kind(absolute, followsLinks: false) {
      case .file: unreadable.append((path, "it changed while the folder was read"))
      case .folder:
        guard absolute != skippedFolder, selection.enters(path.lastName), !PublishedSite.stands(in: absolute)
        else { continue }
        enter(path, &pending)
      case .other: follow(path, absolute)
      case nil: unreadable.append((path, "it vanished while the folder was read"))
      }
    }
    return true
  }

  /// Looks at a symbolic link, a device or a socket. No link is followed: one that stays inside the source leads to
  /// what is read anyway.
  private mutating func follow(_ path: String, _ absolute: String) {
    guard let target = Disk.realPath(absolute) else { return passedOver.append(path) }
    guard target.path(below: root) != nil else {
      return unreadable.append((path, "a link that leads out of the source"))
    }
    switch Disk.kind(target) {
    case .file, .folder: passedOver.append(path)
    case .other, nil: unreadable.append((path, "neither a folder nor a file"))
    }
  }

  private mutating func take(_ path: String, _ identity: Disk.Identity) {
    guard let relative = RelativePath(path) else { return passedOver.append(path) }
    if selection.takes(relative) { files.append((relative, identity)) } else { passedOver.append(path) }
  }

  private mutating func enter(_ path: String, _ pending: inout [String]) {
    if let inner = children(of: path) {
      pending += inner
    } else {
      unreadable.append((path, "the folder cannot be opened"))
    }
  }

  private mutating func children(of path: String) -> [String]? {
    let folder = path.isEmpty ? root : "\(root)/\(path)"
    folders.append(folder)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    // The last is looked at first.
    return names.sorted { $1.precedesByBytes($0) }.map { path.isEmpty ? $0 : "\(path)/\($0)" }
  }
}
