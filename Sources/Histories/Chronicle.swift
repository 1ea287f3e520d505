import Files

/// A commit and the catalog files it touched.
public struct LoggedCommit: Sendable, Hashable {
  /// The commit.
  public let commit: FileHistory.Commit
  /// The first line of its message.
  public let title: String
  /// The touched files, in the order of git.
  public let files: [Touch]

  /// A file that a commit touched.
  public struct Touch: Sendable, Hashable {
    /// The kind of a change.
    public enum Kind: Int, Sendable, Hashable {
      /// The file was added.
      case added
      /// The content was changed.
      case changed
      /// The file was renamed; its content may have changed as well.
      case renamed
      /// The file was removed.
      case removed
    }

    /// The kind of the change.
    public let kind: Kind
    /// The current published path of the file; for a file that no longer exists, its last path in the repository.
    public let path: String
    /// Whether the file no longer exists.
    public let isGone: Bool

    /// Creates a touch.
    public init(kind: Kind, path: String, isGone: Bool) {
      self.kind = kind
      self.path = path
      self.isGone = isGone
    }
  }

  /// Creates a commit from its parts.
  public init(commit: FileHistory.Commit, title: String, files: [Touch]) {
    self.commit = commit
    self.title = title
    self.files = files
  }
}

/// The git history of a catalog's files.
public struct Chronicle: Sendable {
  /// The histories of files, by published path. Files that were never committed have none.
  public let histories: [String: FileHistory]
  /// The last commits that touched any of the files, newest first.
  public let commits: [LoggedCommit]
  /// The former paths of files, newest first.
  public let former: [FormerFile]
  /// A file of the repository of each commit, by the hash of the commit.
  public let neighbors: [String: SourceFile]
  /// The earlier states of files, newest first, by published path.
  public let states: [String: [FileState]]
  /// The former names of items, as far as the old contents were read.
  public var formerNames: [FormerName] = []

  /// Creates a chronicle. Without arguments, it is empty.
  public init(
    histories: [String: FileHistory] = [:], commits: [LoggedCommit] = [], former: [FormerFile] = [],
    neighbors: [String: SourceFile] = [:], states: [String: [FileState]] = [:]
  ) {
    self.states = states
    self.neighbors = neighbors
    self.histories = histories
    self.commits = commits
    self.former = former
  }
}

extension LoggedCommit: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    commit.store(in: &bytes)
    title.store(in: &bytes)
    files.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      commit: try FileHistory.Commit(from: &bytes), title: try String(from: &bytes), files: try [Touch](from: &bytes))
  }
}

extension LoggedCommit.Touch: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    kind.store(in: &bytes)
    path.store(in: &bytes)
    isGone.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(kind: try Kind(from: &bytes), path: try String(from: &bytes), isGone: try Bool(from: &bytes))
  }
}

extension LoggedCommit.Touch.Kind: Storable {}
