import CEmbedded

/// The source files embedded in the program, so that an installation is one file: the built-in theme, the runtime
/// facts, the preview's scripts. `Sources/CEmbedded/embedded.c` lists them, and a test compares it with the folders.
public enum EmbeddedFiles {
  /// All files, by path from the root of the repository.
  public static let all: [String: [UInt8]] = {
    var files: [String: [UInt8]] = [:]
    var index = 0
    while let file = embedded_file(index) {
      let bytes = UnsafeBufferPointer(start: file.pointee.bytes, count: file.pointee.count)
      files[String(cString: file.pointee.path)] = Array(bytes)
      index += 1
    }
    return files
  }()

  /// Returns the bytes of an embedded file. Traps if it is not embedded.
  public static func bytes(of path: String) -> [UInt8] {
    guard let bytes = all[path] else { preconditionFailure("\(path) is not in Sources/CEmbedded/embedded.c") }
    return bytes
  }

  /// Returns the files of a folder, by name.
  public static func files(in folder: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for (path, bytes) in all where path.hasPrefix(folder + "/") {
      files[String(path.dropFirst(folder.count + 1))] = bytes
    }
    return files
  }
}
