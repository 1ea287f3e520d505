import Agents
import Files
import Histories

/// A commit with what it did to the files of a catalog.
public struct CatalogChange: Sendable {
  /// The commit.
  public let commit: FileHistory.Commit
  /// The first line of its message.
  public let title: String
  /// The files that it touched.
  public let touches: [Touch]

  /// A file that a commit touched.
  public struct Touch: Sendable {
    /// What was done to it.
    public let kind: LoggedCommit.Touch.Kind
    /// What it is today.
    public let file: File
  }

  /// What a file is today.
  public enum File: Sendable {
    /// An agent, as an index into the catalog.
    case agent(Int)
    /// A document, as an index into the catalog.
    case document(Int)
    /// Not there any more; it stood here in its repository.
    case gone(String)
  }

  /// The commits with the catalog's own agents and documents.
  ///
  /// A file that is gone counts where it was in a place that a runtime reads, or in the folder of an item.
  static func all(
    _ commits: [LoggedCommit], _ agents: [AgentRecord], _ documents: [PlainDocument], by runtimes: Runtimes
  ) -> [CatalogChange] {
    if commits.isEmpty { return [] }
    let folders = Set(agents.map { folder(of: $0.agent.source.publishedPath) })
    func wasItem(_ path: String) -> Bool {
      if FolderNames.isForPeople(file: path.lastName) { return false }
      return runtimes.place(of: path)?.kind != nil || folders.contains(folder(of: path))
    }
    var files: [String: File] = [:]
    for (index, record) in agents.enumerated() {
      // Several items of a file were not all touched; the file is a document, too.
      if record.agent.source.item == nil { files[record.agent.source.publishedPath] = .agent(index) }
    }
    for (index, document) in documents.enumerated() { files[document.source.publishedPath] = .document(index) }
    return commits.compactMap { commit in
      let touches = commit.files.compactMap { touch -> Touch? in
        let file = touch.isGone ? (wasItem(touch.path) ? .gone(touch.path) : nil) : files[touch.path]
        return file.map { Touch(kind: touch.kind, file: $0) }
      }
      return touches.isEmpty ? nil : CatalogChange(commit: commit.commit, title: commit.title, touches: touches)
    }
  }

  private static func folder(of path: String) -> Substring { path.lastSlash.map { path[..<$0] } ?? "" }
}

/// Whether an agent came or was changed lately: within thirty days before the last change of any. What everything began
/// with is not new, and there is no clock in this, so that the same files give the same site on any day.
public enum Lately: String, Sendable, Encodable {
  /// It came.
  case new
  /// It was there before, and was changed.
  case changed

  /// How long ago is lately, in days.
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
