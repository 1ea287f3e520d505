import Files

/// The runtime that a file was written for: the key of its block in the runtimes file.
///
/// What the runtime does with the file is asked of ``Runtimes``, by this key. The title comes along, since whatever
/// is said of an agent names its runtime.
public struct Dialect: Sendable, Hashable, Storable, CustomStringConvertible {
  /// The key of the block, for example `gemini-cli`.
  public let key: String
  /// The name that people use, for example `Gemini CLI`.
  public let title: String

  /// Makes one; without a title, the key is shown.
  init(key: String, title: String = "") {
    self.key = key
    self.title = title.isEmpty ? key : title
  }

  /// The key.
  public var description: String { key }

  /// Whether two are the same runtime, whatever it is called.
  public static func == (left: Dialect, right: Dialect) -> Bool { left.key == right.key }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Writes every part of it, in order.
  public func store(in bytes: inout ByteWriter) {
    key.store(in: &bytes)
    title.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(key: try String(from: &bytes), title: try String(from: &bytes))
  }
}
