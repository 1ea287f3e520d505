import Agents
import Catalogs
import Files

/// One of the two states that a review compares.
public struct ReviewState: Sendable {
  /// The catalog of the state.
  public let catalog: Catalog
  /// Reads the content of a file.
  public let bytes: @Sendable (SourceFile) throws(Disk.Failure) -> [UInt8]
  /// Returns whether a file is executable.
  public let isExecutable: @Sendable (SourceFile) -> Bool
  /// Returns the contents that files of the other state have in this one, by their published paths. A catalog lists
  /// documents only beside items, so a file may exist although it is not listed.
  public var unlisted: @Sendable ([SourceFile]) throws(Disk.Failure) -> [String: [UInt8]] = {
    (_) throws(Disk.Failure) in [:]
  }

  /// Creates a state.
  public init(
    catalog: Catalog, bytes: @escaping @Sendable (SourceFile) throws(Disk.Failure) -> [UInt8],
    isExecutable: @escaping @Sendable (SourceFile) -> Bool = { _ in false }
  ) {
    self.catalog = catalog
    self.bytes = bytes
    self.isExecutable = isExecutable
  }

  /// Returns an agent of the state.
  public subscript(index: Int) -> Agent { catalog.entries[index].agent }

  /// Returns the content of an agent's file.
  func bytes(of index: Int) throws(Disk.Failure) -> [UInt8] { try bytes(self[index].source) }

  /// Returns the prompt of an agent.
  func prompt(of index: Int) throws(Disk.Failure) -> NumberedPrompt { self[index].prompt(in: try bytes(of: index)) }
}
