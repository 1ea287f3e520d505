import Files

/// The runtime that a file was written for, identified by the key of its block in the runtimes file.
///
/// Use the key to look up the runtime's facts in ``Runtimes``. The title is included because most messages about an
/// agent name its runtime.
public struct Dialect: Sendable, Hashable, Storable, CustomStringConvertible {
  /// The key of the block, for example `gemini-cli`.
  public let key: String
  /// The display name, for example `Gemini CLI`.
  public let title: String

  /// Creates a dialect. An empty title is replaced by the key.
  init(key: String, title: String = "") {
    self.key = key
    self.title = title.isEmpty ? key : title
  }

  /// The key.
  public var description: String { key }

  /// Returns whether two dialects have the same key. Titles are ignored.
  public static func == (left: Dialect, right: Dialect) -> Bool { left.key == right.key }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Writes all properties in order.
  public func store(in bytes: inout ByteWriter) {
    key.store(in: &bytes)
    title.store(in: &bytes)
  }

  /// Reads the format that ``store(in:)`` writes.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(key: try String(from: &bytes), title: try String(from: &bytes))
  }
}
