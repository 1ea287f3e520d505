import Files

/// What a repository knows of a file: when it came, when it was last changed, and by whom.
public struct FileHistory: Sendable, Hashable {
  /// A commit that touched the file.
  public struct Commit: Sendable, Hashable {
    /// Its name, in hexadecimal digits.
    public let id: String
    /// When its author made it, in seconds since 1970.
    public let time: Int
    /// The offset of the author's clock from UTC, in seconds.
    public let zone: Int
    /// Who wrote the change.
    public let author: String

    /// Makes a commit from its parts.
    public init(id: String, time: Int, zone: Int = 0, author: String) {
      self.id = id
      self.time = time
      self.zone = zone
      self.author = author
    }

    /// The time on the author's clock, as seconds since 1970 in UTC: the day is the one that the author saw.
    public var localTime: Int { time + zone }
  }

  /// The file as a commit left it.
  public struct Version: Sendable, Hashable {
    /// The commit.
    public let commit: Commit
    /// The first line of its message.
    public let title: String
    /// The name of the content in git.
    public let blob: String
    /// What changed in its access since the version before, in a few words each.
    public var changes: [String] = []
    /// Whether the clone lacks the content.
    public var isMissing = false

    /// Makes a version from its parts.
    public init(commit: Commit, title: String, blob: String) {
      self.commit = commit
      self.title = title
      self.blob = blob
    }
  }

  /// The commit that brought it, under whatever name; nil where the clone does not reach so far back.
  public let created: Commit?
  /// The last one that changed it.
  public let changed: Commit
  /// How many have, as far as the clone reaches.
  public let changes: Int
  /// Whether it came with the first commit of all that touched such files: it is not new then, but what everything
  /// began with.
  public let isOriginal: Bool
  /// Its last versions, the newest first, as many as were asked for.
  public var versions: [Version]
  /// The path, in the repository, of the file whose content it was added with; nil if it is no exact copy.
  public let copiedFrom: String?

  /// Makes a history from its parts.
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

  /// Adds everything to a digest.
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
    }
  }
}

extension FileHistory: Storable {
  /// Writes every part of it, in order.
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
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    commit.store(in: &bytes)
    title.store(in: &bytes)
    blob.store(in: &bytes)
    changes.store(in: &bytes)
    isMissing.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      commit: try FileHistory.Commit(from: &bytes), title: try String(from: &bytes), blob: try String(from: &bytes))
    changes = try [String](from: &bytes)
    isMissing = try Bool(from: &bytes)
  }
}

extension FileHistory.Commit: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(id)
    bytes.write(time)
    // Offsets west of Greenwich are negative, and stored numbers are not.
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
