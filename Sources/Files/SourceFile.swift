/// One file as it was found: where it stands.
public struct SourceFile: Hashable, Sendable {
  /// Where the file stands below its collection's folder.
  public let path: RelativePath
  /// The collection that the file belongs to: its place among all ``Collection``s.
  public let collection: Int
  /// The path to print, so that a person (or an editor) finds the file: as given on the command line, then the path below it.
  public let displayPath: String
  /// The place of the file among all that were found.
  public let number: Int

  /// Makes a file from its parts.
  public init(path: RelativePath, collection: Int, displayPath: String? = nil, number: Int = 0) {
    self.path = path
    self.collection = collection
    self.displayPath = displayPath ?? path.description
    self.number = number
  }
}

extension SourceFile: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(path.description)
    bytes.write(collection)
    bytes.write(displayPath)
    bytes.write(number)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    guard let path = RelativePath(try bytes.readText()) else { throw ByteReader.Failure() }
    self.init(
      path: path, collection: try bytes.readNumber(), displayPath: try bytes.readText(), number: try bytes.readNumber())
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

extension Collection: Storable {
  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    bytes.write(name)
    bytes.write(folder)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(name: try bytes.readText(), folder: try bytes.readText())
  }
}
