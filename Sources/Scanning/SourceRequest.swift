import Files

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
  /// Whether it is a copy of a repository, see ``GitCopies``. Its paths are decided.
  let isCopy: Bool
  /// What its collection is called if nothing else names it; nil for the name of the folder.
  private(set) var usualName: String?
  /// Whether git is asked when its files came and who changed them.
  private(set) var hasHistory = true

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
    isCopy = false
  }

  /// A repository that was laid out elsewhere.
  ///
  /// - Parameters:
  ///   - source: the repository.
  ///   - path: what it is called at a terminal and in published paths.
  ///   - key: what its collection is called in addresses.
  ///   - workTree: the top folder of the files.
  ///   - location: what is read of them.
  init(_ source: GitSource, path: String, key: String, workTree: String, location: String) {
    self.path = path
    self.name = source.name
    self.key = key
    self.location = location
    self.workTree = workTree
    publishedPath = path
    isCopy = true
    usualName = key.split(separator: "/").last.map(String.init)
    hasHistory = source.hasHistory
  }
}
