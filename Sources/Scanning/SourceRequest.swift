import Files

/// A folder or a file to read agents from.
public struct SourceRequest: Sendable, Hashable {
  /// The path as given.
  public let path: String
  /// The name of its collection, or nil for the name of the folder.
  public internal(set) var name: String?
  /// The key of its collection in addresses, with slashes between folders; nil to let the scan choose it, see
  /// ``CollectionKeys``.
  public let key: String?
  /// The location to read instead of the path, for a checked-out state of it; nil to read the path.
  public let location: String?
  /// The published path, empty for the root of a repository; nil to let the scan choose it. Compared states must agree
  /// on it, even if a source exists in only one of them.
  public internal(set) var publishedPath: String?
  /// The folder that links must not leave if the source is read at another location; nil for its git work tree.
  public private(set) var workTree: String?
  /// Whether it is a copy of a repository, see ``GitCopies``. Its paths are fixed.
  let isCopy: Bool
  /// The default name of its collection; nil for the name of the folder.
  private(set) var usualName: String?
  /// Whether the git history of its files is read.
  private(set) var hasHistory = true
  /// The web pages of its files, from the configuration; nil to derive them from the remote.
  public private(set) var sourceURL: SourceURL?
  /// The state of the copy.
  var revision: Forge.Revision?

  /// Returns the requests with their published paths.
  ///
  /// - Parameters:
  ///   - home: The home folder of the current user.
  ///   - deciding: Folders that determine how their files are read: those of runtimes.
  public static func published(
    _ requests: [SourceRequest], home: String?, deciding: Set<String> = []
  ) -> [SourceRequest] {
    PublishedPaths(of: requests, home: home, deciding: deciding).requests
  }

  /// Returns a copy of the request that is read at another location.
  ///
  /// - Parameters:
  ///   - location: The location to read.
  ///   - workTree: The folder that links must not leave.
  public func read(at location: String, in workTree: String) -> SourceRequest {
    var request = SourceRequest(path: path, name: name, key: key, location: location, sourceURL: sourceURL)
    request.publishedPath = publishedPath
    request.workTree = workTree
    return request
  }

  /// Creates a request.
  public init(
    path: String, name: String? = nil, key: String? = nil, location: String? = nil, sourceURL: SourceURL? = nil
  ) {
    self.path = path
    self.name = name
    self.key = key
    self.location = location
    self.sourceURL = sourceURL
    isCopy = false
  }

  /// Creates a request for a copy of a repository.
  ///
  /// - Parameters:
  ///   - source: The repository.
  ///   - path: The path for the terminal and for publishing.
  ///   - key: The key of its collection in addresses.
  ///   - workTree: The root folder of the files.
  ///   - location: The folder or file to read.
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
    sourceURL = source.sourceURL
  }
}
