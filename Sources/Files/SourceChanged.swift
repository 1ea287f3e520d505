/// The error that a file changed after the build began.
public struct SourceChanged: Error, Equatable, CustomStringConvertible {
  /// The path, as shown to the user.
  public let path: String

  /// Creates an error.
  public init(path: String) { self.path = path }

  /// The error as a sentence, with advice.
  public var description: String { "\(path) changed while it was being read; run the command again" }
}
