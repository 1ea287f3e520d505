import Files

/// A commit with what it did to the files of a catalog.
public struct LoggedCommit: Sendable, Hashable {
  /// The commit.
  public let commit: FileHistory.Commit
  /// The first line of its message.
  public let title: String
  /// The files that it touched, in the order of git.
  public let files: [Touch]

  /// A file that a commit touched.
  public struct Touch: Sendable, Hashable {
    /// What was done to it.
    public enum Kind: Int, Sendable, Hashable {
      /// It came.
      case added
      /// What is in it changed.
      case changed
      /// It got another name; what is in it may have changed with it.
      case renamed
      /// It went.
      case removed
    }

    /// What was done to it.
    public let kind: Kind
    /// The file's published path today; for a file that is gone, its last path in the repository.
    public let path: String
    /// Whether it is gone by now.
    public let isGone: Bool

    /// Makes a touch.
    public init(kind: Kind, path: String, isGone: Bool) {
      self.kind = kind
      self.path = path
      self.isGone = isGone
    }
  }

  /// Makes a commit from its parts.
  public init(commit: FileHistory.Commit, title: String, files: [Touch]) {
    self.commit = commit
    self.title = title
    self.files = files
  }
}

/// What repositories know of the files of a catalog.
public struct Chronicle: Sendable {
  /// When files came and who changed them, by their published paths. Files that were never committed have no history.
  public let histories: [String: FileHistory]
  /// The last commits that touched any of them, the newest first.
  public let commits: [LoggedCommit]
  /// Former paths of files, the newest first.
  public let former: [FormerFile]

  /// Makes a chronicle; without arguments, of nothing.
  public init(
    histories: [String: FileHistory] = [:], commits: [LoggedCommit] = [], former: [FormerFile] = []
  ) {
    self.histories = histories
    self.commits = commits
    self.former = former
  }
}

extension LoggedCommit: Storable {
  /// Writes every part of it, in order.
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
  /// Writes every part of it, in order.
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
