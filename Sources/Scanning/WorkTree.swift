import Files

/// A folder with a `.git` entry: the root of a repository, of a submodule, or of a linked work tree.
///
/// https://git-scm.com/docs/gitrepository-layout documents the contents of a `.git` file and of `commondir`.
struct WorkTree {
  /// The folder with the objects of the repository, which all its work trees share.
  let commonFolder: String
  /// Whether it was created by `git worktree add`.
  let isLinked: Bool

  /// Reads the work tree at a root folder, or returns nil if the folder has no `.git`.
  init?(top: String) {
    let place = "\(top)/.git"
    switch Disk.kind(place, followsLinks: false) {
    case .folder: (commonFolder, isLinked) = (place, false)
    case .file:
      guard let folder = Self.line(of: place).flatMap({ Self.path($0, after: "gitdir: ", in: top) }) else { return nil }
      if let common = Self.line(of: "\(folder)/commondir").flatMap({ Self.path($0, after: "", in: folder) }) {
        (commonFolder, isLinked) = (common, true)
      } else {
        (commonFolder, isLinked) = (folder, false)
      }
    case .other, nil: return nil
    }
  }

  /// Returns the first line of a small file.
  private static func line(of file: String) -> String? {
    guard let identity = Disk.identity(file), identity.size <= 1 << 14, case .success(let bytes) = Disk.read(file)
    else { return nil }
    return bytes.split(separator: UInt8(ascii: "\n")).first.flatMap { String(validating: $0, as: UTF8.self) }
  }

  private static func path(_ line: String, after prefix: String, in folder: String) -> String? {
    guard line.hasPrefix(prefix) else { return nil }
    let path = String(line.dropFirst(prefix.count))
    return Disk.realPath(path.hasPrefix("/") ? path : "\(folder)/\(path)")
  }
}
