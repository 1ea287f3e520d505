import Files

/// An earlier state of a file, which is replaced by a newer one.
public struct FileState: Sendable, Hashable {
  /// The path in the repository at that time; nil if it is the current path.
  public let path: String?
  /// The hash of the content's blob.
  public let blob: String
  /// The author date of the commit that replaced it, in seconds since 1970.
  public let end: Int

  /// Creates a state from its parts.
  public init(path: String?, blob: String, end: Int) {
    self.path = path
    self.blob = blob
    self.end = end
  }
}

/// A name that an item had at some time, at a path that it had at that time. One of the two has changed since.
public struct FormerName: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The path in the repository at that time; nil if it is the current path.
  public let path: String?
  /// The current published path of the file.
  public let today: String
  /// The author date of the commit that changed the name or the path, in seconds since 1970.
  public let end: Int

  /// Creates a former name from its parts.
  public init(name: String, path: String?, today: String, end: Int) {
    self.name = name
    self.path = path
    self.today = today
    self.end = end
  }
}

extension FileState: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    path.store(in: &bytes)
    blob.store(in: &bytes)
    end.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      path: try String?(from: &bytes), blob: try String(from: &bytes), end: try Int(from: &bytes))
  }
}

extension FormerName: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    name.store(in: &bytes)
    path.store(in: &bytes)
    today.store(in: &bytes)
    end.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      name: try String(from: &bytes), path: try String?(from: &bytes), today: try String(from: &bytes),
      end: try Int(from: &bytes))
  }
}
