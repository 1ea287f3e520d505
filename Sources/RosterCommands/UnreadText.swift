import Files

/// Files that could not be read, as a terminal shows them.
enum UnreadText {
  /// The path, the line where it is known, the reason, and what follows for a file that may hold an item.
  static func of(_ file: UnreadFile, _ consequence: String) -> String {
    switch file.use {
    case .content: "\(file.displayPath): \(file.reason); \(consequence)"
    case .source: "\(file.displayPath): \(file.reason)"
    case .manifest(let line): "\(file.displayPath)\(line.map { ":\($0)" } ?? ""): \(file.reason)"
    }
  }
}
