import Agents
import Files
import Histories

/// A commit with its changes to the files of a catalog.
public struct CatalogChange: Sendable {
  /// The commit.
  public let commit: FileHistory.Commit
  /// The first line of the message.
  public let title: String
  /// The files that the commit touched.
  public let touches: [Touch]
  /// A file of the same repository; nil if there is none.
  public let neighbor: SourceFile?

  /// A file that a commit touched.
  public struct Touch: Sendable {
    /// The kind of change.
    public let kind: LoggedCommit.Touch.Kind
    /// The file as it is today.
    public let file: File
  }

  /// A touched file as it is today.
  public enum File: Sendable {
    /// An agent, as an index into the catalog.
    case agent(Int)
    /// A document, as an index into the catalog.
    case document(Int)
    /// A deleted file, with its former path in the repository.
    case gone(String)
  }

  /// Returns the commits that touched agents or documents of the catalog.
  ///
  /// A deleted file counts if a runtime would have read it, or if it was in the folder of an item.
  static func all(
    _ chronicle: Chronicle, _ agents: [AgentRecord], _ documents: [PlainDocument], by runtimes: Runtimes
  ) -> [CatalogChange] {
    if chronicle.commits.isEmpty { return [] }
    let folders = Set(agents.map { folder(of: $0.agent.source.publishedPath) })
    func wasItem(_ path: String) -> Bool {
      if FolderNames.isForPeople(file: path.lastName) { return false }
      return runtimes.place(of: path)?.kind != nil || folders.contains(folder(of: path))
    }
    var files: [String: File] = [:]
    for (index, record) in agents.enumerated() {
      // A commit doesn't touch every item of a file with several items. Such a file is also a document.
      if record.agent.source.item == nil { files[record.agent.source.publishedPath] = .agent(index) }
    }
    for (index, document) in documents.enumerated() { files[document.source.publishedPath] = .document(index) }
    return chronicle.commits.compactMap { commit in
      let touches = commit.files.compactMap { touch -> Touch? in
        let file = touch.isGone ? (wasItem(touch.path) ? .gone(touch.path) : nil) : files[touch.path]
        return file.map { Touch(kind: touch.kind, file: $0) }
      }
      return touches.isEmpty
        ? nil
        : CatalogChange(
          commit: commit.commit, title: commit.title, touches: touches,
          neighbor: chronicle.neighbors[commit.commit.id])
    }
  }

  private static func folder(of path: String) -> Substring { path.lastSlash.map { path[..<$0] } ?? "" }
}

/// Whether an agent was added or changed recently: within 30 days before the latest change of any agent.
///
/// Files that existed from the first commit don't count as new. The current date isn't used, so the same files give the
/// same site on any day.
public enum Lately: String, Sendable, Encodable {
  /// Added recently.
  case new
  /// Changed recently, but added before.
  case changed

  /// The number of days that count as recent.
  public static let days = 30

  init?(_ history: FileHistory, now: Int) {
    let start = now - Self.days * 86_400
    if history.changed.time < start { return nil }
    if let created = history.created, !history.isOriginal, created.time >= start {
      self = .new
    } else if history.created != history.changed {
      self = .changed
    } else {
      return nil
    }
  }
}
