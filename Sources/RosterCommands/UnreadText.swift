import Files

/// Unreadable files, as shown in a terminal.
enum UnreadText {
  /// Returns the path, the line if known, the reason, and the consequence for a file that may contain an item.
  static func of(_ file: UnreadFile, _ consequence: String) -> String {
    switch file.use {
    case .content: "\(file.displayPath): \(file.reason); \(consequence)"
    case .source: "\(file.displayPath): \(file.reason)"
    case .manifest(let line): "\(file.displayPath)\(line.map { ":\($0)" } ?? ""): \(file.reason)"
    }
  }
}
