import Files

/// The former path of a file that was renamed or removed. The file is in the catalog, or a scan would have found it.
public struct FormerFile: Sendable, Hashable {
  /// The path relative to the top folder of the repository.
  public let path: String
  /// The current published path of the file; nil if it was removed.
  public let today: String?
  /// The current published paths of files in the same folder; for a `SKILL.md`, of the skills beside it. They show
  /// which collection the file belonged to.
  public let neighbors: [String]
  /// The commit that renamed or removed it.
  public let commit: FileHistory.Commit
  /// The first line of the commit's message.
  public let title: String

  /// Creates a former file from its parts.
  public init(path: String, today: String?, neighbors: [String], commit: FileHistory.Commit, title: String) {
    self.path = path
    self.today = today
    self.neighbors = neighbors
    self.commit = commit
    self.title = title
  }

  /// Returns the folder that determines where a file belongs: its own folder, or for a `SKILL.md` the parent of the
  /// skill's folder.
  public static func home(of path: String) -> Substring {
    let folder = path.lastSlash.map { path[..<$0] } ?? ""
    guard path.lastName.uppercased() == "SKILL.MD" else { return folder }
    return folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
  }
}

extension FormerFile: Storable {
  /// Writes all values in order.
  public func store(in bytes: inout ByteWriter) {
    path.store(in: &bytes)
    today.store(in: &bytes)
    neighbors.store(in: &bytes)
    commit.store(in: &bytes)
    title.store(in: &bytes)
  }

  /// Reads what ``store(in:)`` wrote.
  public init(from bytes: inout ByteReader) throws(ByteReader.Failure) {
    self.init(
      path: try String(from: &bytes), today: try String?(from: &bytes), neighbors: try [String](from: &bytes),
      commit: try FileHistory.Commit(from: &bytes), title: try String(from: &bytes))
  }
}
