import Files

/// Finds the keys of collections: what they are called in addresses.
///
/// A key depends on its source alone, so that addresses stay when other sources come or go: it is what the request
/// says, else the path of the git remote (`acme/tools`), else the name of the repository's folder, else that of the
/// source. Behind it comes the folder of the source in its repository, without the folders that only say where items
/// are kept.
struct CollectionKeys {
  private let git: Git?
  private var roots: [String: String?] = [:]
  private var repositories: [String: [String]] = [:]

  init(git: Git?) { self.git = git }

  /// The key of a source.
  ///
  /// - Parameters:
  ///   - request: the source.
  ///   - folder: the folder that its files stand in.
  mutating func key(of request: SourceRequest, at folder: String) -> [String] {
    if let key = request.key { return Self.components(key) }
    if let name = request.name { return [name] }
    if request.publishedPath == PublishedPaths.home { return ["home"] }
    // A state that was laid out elsewhere is called as the folder that it is a state of.
    let folder = request.location == nil ? folder : Disk.realPath(request.path) ?? folder
    guard let root = Git.root(of: folder, known: &roots) else { return [Self.name(of: folder)] }
    return repository(root) + Self.telling(folder.path(below: root) ?? "")
  }

  /// The key of a folder right below a source, which is a collection by itself: that which it has as a source.
  ///
  /// - Parameters:
  ///   - top: the name of the folder.
  ///   - folder: the source.
  ///   - key: the key of the source.
  ///   - request: the source as it was asked for.
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
    let remote = git?.lines(["config", "--get", "remote.origin.url"], in: root)?.first.flatMap(Self.remote)
    let key = remote ?? [Self.name(of: root)]
    repositories[root] = key
    return key
  }

  private static func name(of folder: String) -> String { folder.lastName.isEmpty ? "agents" : folder.lastName }

  private static func components(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init)
  }

  /// The folders of a path but those that only say where items are kept.
  static func telling(_ path: String) -> [String] {
    components(path).filter { !FolderNames.areStructure($0) }
  }

  /// The owner and the name in the address of a remote, `https://host/owner/name.git` or `git@host:owner/name.git`; the
  /// name alone of one that is a folder of some machine.
  ///
  /// The forms: https://git-scm.com/docs/git-clone#_git_urls
  static func remote(_ address: String) -> [String]? {
    var path = address[...]
    var isLocal = false
    if let scheme = path.firstRange(of: "://") {
      isLocal = path[..<scheme.lowerBound] == "file"
      path = path[scheme.upperBound...].drop { $0 != "/" }
    } else if let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/") {
      path = path[path.index(after: colon)...]
    } else {
      isLocal = true
    }
    // Azure DevOps and Bitbucket Server put a word of their own into the path.
    var parts = components(String(path)).filter { ![".", "..", "_git"].contains($0) }
    if parts.count > 2, parts.first == "scm" { parts.removeFirst() }
    guard var name = parts.popLast() else { return nil }
    if name.hasSuffix(".git") { name.removeLast(4) }
    if name.isEmpty { return nil }
    return isLocal ? [name] : parts + [name]
  }
}
