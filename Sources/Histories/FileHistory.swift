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

  /// The commit that brought it, under whatever name; nil where the clone does not reach so far back.
  public let created: Commit?
  /// The last one that changed it.
  public let changed: Commit
  /// How many have, as far as the clone reaches.
  public let changes: Int
  /// Whether it came with the first commit of all that touched such files: it is not new then, but what everything
  /// began with.
  public let isOriginal: Bool

  /// Makes a history from its parts.
  public init(created: Commit?, changed: Commit, changes: Int, isOriginal: Bool) {
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
  }
}

extension FileHistory: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    created.store(in: &bytes)
    changed.store(in: &bytes)
    bytes.write(changes)
    bytes.write(isOriginal ? 1 : 0)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      created: try Commit?(from: &bytes), changed: try Commit(from: &bytes), changes: try bytes.readNumber(),
      isOriginal: try bytes.readNumber() == 1)
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
