/// An error in a template, or in another file of a theme.
public struct TemplateError: Error, Equatable, CustomStringConvertible {
  /// The file, as shown to the user.
  public let file: String
  /// The line, from 1, or nil if the problem is about the whole file.
  public let line: Int?
  /// The problem, as a clause.
  public let message: String

  /// Creates an error.
  public init(file: String, line: Int?, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// The error as one line.
  public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(message)" }
}
