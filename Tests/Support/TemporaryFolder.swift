import Files

/// A folder on the disk for one test, removed when nothing refers to it anymore.
public final class TemporaryFolder: Sendable {
  /// The absolute path, with links resolved.
  public let path: String

  /// Makes an empty folder.
  public init() throws { path = try Disk.makeTemporaryFolder() }

  deinit { Disk.removeTree(path) }

  /// Writes a file below the folder, and makes the folders that it needs.
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
