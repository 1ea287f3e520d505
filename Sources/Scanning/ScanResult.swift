import Files

/// What was found below the sources.
public struct ScanResult: Sendable {
  /// When the scan began, in nanoseconds since 1970: what changes behind its back is no older.
  public var time = Disk.time
  /// The collections that files count in.
  public var collections: [SourceCollection] = []
  /// The files, by collection and path.
  public var files: [FoundFile] = []
  /// The files in folders of skills, by skill and path. A file in a skill that holds other items may be one of
  /// ``files``, too: it belongs to the skill if it is not an item itself.
  public var parts: [FoundPart] = []
  /// The folders that were looked through, by their absolute paths.
  public var folders: [String] = []
  /// Files, folders and links that are not read, each with the reason.
  public var skipped: [SkippedPath] = []
  /// Files that could not be read, each with the reason.
  public var unreadable: [UnreadFile] = []
  /// The owners of files by the CODEOWNERS files of their repositories, by published paths.
  public var owners: [String: [String]] = [:]
  /// The top folders of copies of repositories; see ``GitCopies``.
  var copies: Set<String> = []
  /// Copies with a single commit, so that git is not asked about the history of their files.
  public var copiesWithoutHistory: Set<String> = []
  /// The places in ``collections`` by the names that were asked for, which numbers may tell apart, and where they
  /// stand.
  var places: [Place: Int] = [:]

  /// Where each file is on the disk, parts of skills included, by their published paths.
  public var absolutePaths: [String: String] {
    Dictionary(
      (files + parts.map(\.file)).map { ($0.source.publishedPath, $0.absolutePath) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether a file is in a copy of a repository, where no change would last.
  public func isCopied(_ file: FoundFile) -> Bool {
    copies.contains { file.absolutePath.path(below: $0) != nil }
  }

  struct Place: Hashable {
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

/// A file that was found in the folder of a skill.
public struct FoundPart: Sendable {
  /// The file.
  public let file: FoundFile
  /// The file, below the folder of the skill.
  public let path: RelativePath
  /// The number of the file that describes the skill.
  public let skill: Int
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
