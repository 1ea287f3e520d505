import Files

/// A temporary folder for one test, removed on deinitialization.
public final class TemporaryFolder: Sendable {
  /// The absolute path, with links resolved.
  public let path: String

  /// Creates an empty folder.
  public init() throws { path = try Disk.makeTemporaryFolder() }

  deinit { Disk.removeTree(path) }

  /// Writes a file below the folder, and creates missing folders.
  public func write(_ text: String, to name: String) throws {
    let file = "\(path)/\(name)"
    if let slash = file.lastSlash { try Disk.makeFolder(String(file[..<slash])) }
    try Disk.write(Array(text.utf8), to: file)
  }

  /// Writes empty files below the folder.
  public func touch(_ names: String...) throws {
    for name in names { try write("", to: name) }
  }
}
