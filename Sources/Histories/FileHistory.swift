import Files

/// The git history of a file: when it was added, when it was last changed, and by whom.
public struct FileHistory: Sendable, Hashable {
  /// A commit that touched the file.
  public struct Commit: Sendable, Hashable {
    /// The hash, in hexadecimal digits.
    public let id: String
    /// The author date, in seconds since 1970.
    public let time: Int
    /// The offset of the author's clock from UTC, in seconds.
    public let zone: Int
    /// The author's name.
    public let author: String

    /// Creates a commit from its parts.
    public init(id: String, time: Int, zone: Int = 0, author: String) {
      self.id = id
      self.time = time
      self.zone = zone
      self.author = author
    }

    /// The time on the author's clock, as if it were seconds since 1970 in UTC. Its date is the author's local date.
    public var localTime: Int { time + zone }
  }

  /// The state of the file after a commit.
  public struct Version: Sendable, Hashable {
    /// The commit.
    public let commit: Commit
    /// The first line of its message.
    public let title: String
    /// The hash of the content's blob.
    public let blob: String
    /// The changes in access since the previous version, as short phrases.
    public var changes: [String] = []
    /// Whether the content is missing from the clone.
    public var isMissing = false
    /// Whether the content has a suspected secret, so that it must not be published.
    public var isWithheld = false

    /// Whether the content is published.
    public var isPublished: Bool { !isMissing && !isWithheld }

    /// Creates a version from its parts.
    public init(commit: Commit, title: String, blob: String) {
      self.commit = commit
      self.title = title
      self.blob = blob
    }
  }

  /// The commit that added the file, under any name; nil if the clone does not go back that far.
  public let created: Commit?
  /// The last commit that changed the file.
  public let changed: Commit
  /// The number of commits that changed the file, as far as the clone goes back.
  public let changes: Int
  /// Whether the file was added by the oldest commit that added any such file. It then belongs to the initial content,
  /// and is not new.
  public let isOriginal: Bool
  /// The latest versions, newest first, up to the requested number.
  public var versions: [Version]
  /// The blobs of the published versions, newest first.
  public var publishedBlobs: [String] { versions.filter(\.isPublished).map(\.blob) }
  /// The path, in the repository, of the file that this one was an exact copy of when it was added; nil if there is
  /// none.
  public let copiedFrom: String?

  /// Creates a history from its parts.
  public init(
    created: Commit?, changed: Commit, changes: Int, isOriginal: Bool, versions: [Version] = [],
    copiedFrom: String? = nil
  ) {
    self.copiedFrom = copiedFrom
    self.versions = versions
    self.created = created
    self.changed = changed
    self.changes = changes
    self.isOriginal = isOriginal
  }

  /// Adds all values to a digest.
  public func add(to digester: inout Digester) {
    for commit in [created, changed] { digester.add(commit.map { "\($0.id) \($0.time) \($0.zone) \($0.author)" }) }
    digester.add(changes)
    digester.add(isOriginal)
    digester.add(copiedFrom)
    digester.add(versions.count)
    for version in versions {
      digester.add([version.commit.id, "\(version.commit.time)", version.commit.author, version.title, version.blob])
      digester.add(version.changes)
      digester.add(version.isMissing)
      digester.add(version.isWithheld)
    }
  }
}

extension FileHistory: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    created.store(in: &bytes)
    changed.store(in: &bytes)
    bytes.write(changes)
    bytes.write(isOriginal ? 1 : 0)
    versions.store(in: &bytes)
    copiedFrom.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      created: try Commit?(from: &bytes), changed: try Commit(from: &bytes), changes: try bytes.readNumber(),
      isOriginal: try bytes.readNumber() == 1, versions: try [Version](from: &bytes),
      copiedFrom: try String?(from: &bytes))
  }
}

extension FileHistory.Version: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    commit.store(in: &bytes)
    title.store(in: &bytes)
    blob.store(in: &bytes)
    changes.store(in: &bytes)
    isMissing.store(in: &bytes)
    isWithheld.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      commit: try FileHistory.Commit(from: &bytes), title: try String(from: &bytes), blob: try String(from: &bytes))
    changes = try [String](from: &bytes)
    isMissing = try Bool(from: &bytes)
    isWithheld = try Bool(from: &bytes)
  }
}

extension FileHistory.Commit: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(id)
    bytes.write(time)
    // Stored numbers cannot be negative, but offsets west of Greenwich are.
    bytes.write(zone + 86_400)
    bytes.write(author)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      id: try bytes.readText(), time: try bytes.readNumber(), zone: try bytes.readNumber() - 86_400,
      author: try bytes.readText())
  }
}
