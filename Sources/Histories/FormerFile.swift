import Files

/// A path that a file of the catalog, or a file like them, had in its repository before it was renamed or removed.
public struct FormerFile: Sendable, Hashable {
  /// The path below the top folder of the repository.
  public let path: String
  /// The published path of the file today; nil if it was removed.
  public let today: String?
  /// The published paths of files in the same folder today; of a `SKILL.md`, those of the skills beside it. They show
  /// which collection the file belonged to.
  public let neighbors: [String]
  /// The commit that renamed or removed it.
  public let commit: FileHistory.Commit
  /// The first line of the commit's message.
  public let title: String

  /// Makes a former file from its parts.
  public init(path: String, today: String?, neighbors: [String], commit: FileHistory.Commit, title: String) {
    self.path = path
    self.today = today
    self.neighbors = neighbors
    self.commit = commit
    self.title = title
  }

  /// The folder that says where a file belongs: its own, or that of the skill's folder for a `SKILL.md`.
  public static func home(of path: String) -> Substring {
    let folder = path.lastSlash.map { path[..<$0] } ?? ""
    guard path.lastName.uppercased() == "SKILL.MD" else { return folder }
    return folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
  }
}

extension FormerFile: Storable {
  /// Writes every part of it, in order.
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
