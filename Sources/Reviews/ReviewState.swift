import Agents
import Catalogs
import Files

/// One of the two states that a review holds against each other.
public struct ReviewState: Sendable {
  /// The agents of that state.
  public let catalog: Catalog
  /// A file, byte for byte.
  public let bytes: @Sendable (SourceFile) throws(Disk.Failure) -> [UInt8]
  /// Whether a file may be run as a program.
  public let isExecutable: @Sendable (SourceFile) -> Bool

  /// Makes a state.
  public init(
    catalog: Catalog, bytes: @escaping @Sendable (SourceFile) throws(Disk.Failure) -> [UInt8],
    isExecutable: @escaping @Sendable (SourceFile) -> Bool = { _ in false }
  ) {
    self.catalog = catalog
    self.bytes = bytes
    self.isExecutable = isExecutable
  }

  /// An agent of the state.
  public subscript(index: Int) -> Agent { catalog.entries[index].agent }

  /// The file of an agent, byte for byte.
  func bytes(of index: Int) throws(Disk.Failure) -> [UInt8] { try bytes(self[index].source) }

  /// The prompt of an agent.
  func prompt(of index: Int) throws(Disk.Failure) -> NumberedPrompt { self[index].prompt(in: try bytes(of: index)) }
}
