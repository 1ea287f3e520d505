import Files

/// The result of scanning the sources.
public struct ScanResult: Sendable {
  /// The start of the scan, in nanoseconds since 1970. Later changes have a later time.
  public var time = Disk.time
  /// The collections that files refer to by index.
  public var collections: [SourceCollection] = []
  /// The files, by collection and path.
  public var files: [FoundFile] = []
  /// The files in skills' folders, by skill and path.
  ///
  /// A file in a skill that contains other items may also be in ``files``. It belongs to the skill if it isn't an item
  /// itself.
  public var parts: [FoundPart] = []
  /// The absolute paths of the scanned folders.
  public var folders: [String] = []
  /// The skipped files, folders and links, with reasons.
  public var skipped: [SkippedPath] = []
  /// The files that couldn't be read, with reasons.
  public var unreadable: [UnreadFile] = []
  /// The owners of files from CODEOWNERS files, by published paths.
  public var owners: [String: [String]] = [:]
  /// The root folders of copies of repositories; see ``GitCopies``.
  var copies: Set<String> = []
  /// Copies with a single commit. The history of their files isn't read.
  public var copiesWithoutHistory: Set<String> = []
  /// The requests that the collections belong to, in their order.
  var requests: [SourceRequest] = []
  /// The indices in ``collections``, by requested name and location. The final names may have a number added.
  var places: [Place: Int] = [:]

  /// The absolute path of each file, including the parts of skills, by published path.
  public var absolutePaths: [String: String] {
    Dictionary(
      (files + parts.map(\.file)).map { ($0.source.publishedPath, $0.absolutePath) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Returns whether a file is in a copy of a repository, where changes would be lost.
  public func isCopied(_ file: FoundFile) -> Bool {
    copies.contains { file.absolutePath.path(below: $0) != nil }
  }

  /// Returns the folder of a collection's source: the source itself, or the folder of a source that is a file.
  public func sourceFolder(of collection: Int) -> String? {
    guard requests.indices.contains(collection) else { return nil }
    let request = requests[collection]
    guard let source = Disk.realPath(request.location ?? request.path) else { return nil }
    return Disk.kind(source) == .folder ? source : Git.parent(of: source)
  }

  /// Returns the folder that everything about a collection's files must be in: its git work tree, or else the source.
  ///
  /// - Parameter known: The known roots of work trees, by folder.
  public func boundary(of collection: Int, known: inout [String: String?]) -> String? {
    guard let folder = sourceFolder(of: collection) else { return nil }
    if let tree = requests[collection].workTree { return Disk.realPath(tree) }
    return Git.root(of: folder, known: &known) ?? folder
  }

  struct Place: Hashable {
    let name: String
    let location: String
  }
}

/// A file that was found.
public struct FoundFile: Sendable {
  /// Its place among the sources.
  public let source: SourceFile
  /// Its path on disk.
  public let absolutePath: String
  /// Its identity when it was found.
  public let identity: Disk.Identity

  /// Returns a copy with facts that other files state.
  public func with(_ outside: OutsideFacts) -> FoundFile {
    FoundFile(source: source.with(outside), absolutePath: absolutePath, identity: identity)
  }
}

/// A file that was found in a skill's folder.
public struct FoundPart: Sendable {
  /// The file.
  public let file: FoundFile
  /// The path, relative to the skill's folder.
  public let path: RelativePath
  /// The number of the file that describes the skill.
  public let skill: Int
}

/// An error that prevents reading a source.
public enum ScanError: Error, Equatable, CustomStringConvertible {
  /// Nothing exists at this path.
  case missing(String)
  /// It is neither a folder nor a file, or can't be opened.
  case unreadable(String, reason: String)

  /// The error as one sentence.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): no such folder or file"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    }
  }
}
