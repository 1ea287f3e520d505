import Files

/// Finds the keys of collections, which are part of addresses.
///
/// A key depends only on its source, so that addresses stay the same when other sources are added or removed. A key in
/// the request takes precedence. The default is the path of the git remote (`acme/tools`), the name of the repository's
/// folder, or the name of the source. It is followed by the folder of the source in its repository, without folders
/// that only say where items are kept.
struct CollectionKeys {
  private let git: Git?
  private var roots: [String: String?] = [:]
  private var repositories: [String: [String]] = [:]

  init(git: Git?) { self.git = git }

  /// Returns the key of a source.
  ///
  /// - Parameters:
  ///   - request: The source.
  ///   - folder: The folder that contains its files.
  mutating func key(of request: SourceRequest, at folder: String) -> [String] {
    if let key = request.key { return Self.components(key) }
    if let name = request.name { return [name] }
    if request.publishedPath == PublishedPaths.home { return ["home"] }
    // A checked-out state elsewhere has the name of the original folder.
    let folder = request.location == nil ? folder : Disk.realPath(request.path) ?? folder
    guard let root = Git.root(of: folder, known: &roots) else { return [Self.name(of: folder)] }
    return repository(root) + Self.telling(folder.path(below: root) ?? "")
  }

  /// Returns the key of a top-level folder of a source that is a collection of its own. It is the same as if the folder
  /// were a source.
  ///
  /// - Parameters:
  ///   - top: The name of the folder.
  ///   - folder: The source.
  ///   - key: The key of the source.
  ///   - request: The request for the source.
  mutating func key(
    ofFolder top: String, in folder: String, _ key: [String], of request: SourceRequest
  ) -> [String] {
    let path = "\(folder)/\(top)"
    switch Git.root(of: path, known: &roots) {
    case path?: return repository(path)
    case nil where request.key == nil && request.name == nil: return [top]
    default: return key + [top]
    }
  }

  private mutating func repository(_ root: String) -> [String] {
    if let known = repositories[root] { return known }
    let remote = git?.remote(of: root).flatMap(Self.remote)
    let key = remote ?? [Self.name(of: root)]
    repositories[root] = key
    return key
  }

  private static func name(of folder: String) -> String { folder.lastName.isEmpty ? "agents" : folder.lastName }

  private static func components(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init)
  }

  /// Returns the folders of a path, without those that only say where items are kept.
  static func telling(_ path: String) -> [String] {
    components(path).filter { !FolderNames.areStructure($0) }
  }

  /// Returns the owner and the name from the URL of a remote, `https://host/owner/name.git` or
  /// `git@host:owner/name.git`. For a local folder, it returns only the name.
  ///
  /// The forms: https://git-scm.com/docs/git-clone#_git_urls
  static func remote(_ address: String) -> [String]? {
    var path = address[...]
    var isLocal = false
    if let scheme = path.firstRange(of: "://") {
      isLocal = path[..<scheme.lowerBound] == "file"
      path = path[scheme.upperBound...].drop { $0 != "/" }
      // A query may contain a token.
      if !isLocal { path = path.prefix { !"?#".contains($0) } }
    } else if let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/") {
      path = path[path.index(after: colon)...]
    } else {
      isLocal = true
    }
    // Azure DevOps adds `_git` to the path, and Bitbucket Server adds `scm`.
    var parts = components(String(path)).filter { ![".", "..", "_git"].contains($0) }
    if parts.count > 2, parts.first == "scm" { parts.removeFirst() }
    guard var name = parts.popLast() else { return nil }
    if name.hasSuffix(".git") { name.removeLast(4) }
    if name.isEmpty { return nil }
    return isLocal ? [name] : parts + [name]
  }
}
