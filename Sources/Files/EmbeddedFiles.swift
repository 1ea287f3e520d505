import CEmbedded

/// The files of the sources that are part of the program, so that an installed program is one file: the built-in theme,
/// the facts, the scripts of the preview. `Sources/CEmbedded/embedded.c` lists them, and a test compares it with the
/// folders.
public enum EmbeddedFiles {
  /// All files, by their paths from the top of the repository.
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

  /// The bytes of a file that the program cannot do without.
  public static func bytes(of path: String) -> [UInt8] {
    guard let bytes = all[path] else { preconditionFailure("\(path) is not in Sources/CEmbedded/embedded.c") }
    return bytes
  }

  /// The files of a folder, by their names.
  public static func files(in folder: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for (path, bytes) in all where path.hasPrefix(folder + "/") {
      files[String(path.dropFirst(folder.count + 1))] = bytes
    }
    return files
  }
}
