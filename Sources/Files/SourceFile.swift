/// One file as it was found: where it stands, and its bytes, untouched.
public struct SourceFile: Sendable {
  /// Where the file stands below its collection's folder.
  public let path: RelativePath
  /// The collection that the file belongs to: the identity of a ``Collection``.
  public let collection: Int
  /// The bytes of the file, exactly as on disk.
  public let bytes: [UInt8]
  /// The path to print, so that a person (or an editor) finds the file: as given on the command line, then the path below it.
  public let displayPath: String

  /// Makes a file from its parts.
  public init(path: RelativePath, collection: Int, bytes: [UInt8], displayPath: String? = nil) {
    self.path = path
    self.collection = collection
    self.bytes = bytes
    self.displayPath = displayPath ?? path.description
  }
}

/// A folder (or a file) that was given as a source, with the name that people see for it.
public struct Collection: Sendable, Hashable {
  /// The name shown, for example `platform-team`.
  public let name: String
  /// The folder as it was given, for messages.
  public let folder: String

  /// Makes a collection.
  public init(name: String, folder: String) {
    self.name = name
    self.folder = folder
  }
}
