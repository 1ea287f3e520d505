/// A mark in a configuration for which a runtime fills in the text of a file, such as `{file:prompts/plan.txt}`.
public struct Inclusion: Hashable, Sendable {
  /// What is known about the file.
  public enum State: String, Hashable, Sendable, CaseIterable, Storable {
    /// Its text was read.
    case read
    /// There is no such file.
    case missing
    /// It is not read, because it is outside of the source, ignored by git, or reached through a link.
    case outside
    /// It is not read, because it is too large or unreadable.
    case unreadable
  }

  /// The path as written.
  public let path: String
  /// The byte offset of the mark in the configuration, as UTF-8.
  public let offset: Int
  /// What is known about the file.
  public let state: State

  /// Creates a value from its parts.
  public init(path: String, offset: Int, state: State) {
    self.path = path
    self.offset = offset
    self.state = state
  }
}

extension Inclusion: Storable {
  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    path.store(in: &bytes)
    offset.store(in: &bytes)
    state.store(in: &bytes)
  }

  /// Reads the values written by ``store(in:)``.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(path: try String(from: &bytes), offset: try Int(from: &bytes), state: try State(from: &bytes))
  }
}
