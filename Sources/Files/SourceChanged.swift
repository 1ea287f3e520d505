/// A file is not any more what it was when the build began.
public struct SourceChanged: Error, Equatable, CustomStringConvertible {
  /// The file, as a person finds it.
  public let path: String

  /// Makes an error.
  public init(path: String) { self.path = path }

  /// The error as a sentence, with what to do.
  public var description: String { "\(path) changed while it was being read; run the command again" }
}
