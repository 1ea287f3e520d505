import Files
import Synchronization

/// Tells which files belong to the working trees that they stand in: those that git knows or would add, and not those
/// that it ignores.
public final class WorkingFiles: Sendable {
  private let git: Git?
  private let state = Mutex(State())

  private struct State {
    var roots: [String: String?] = [:]
    /// By the tops of repositories; nothing for one that git does not tell of.
    var files: [String: Set<String>?] = [:]
  }

  /// Makes one that asks each repository once.
  public init(git: Git?) { self.git = git }

  /// Whether a file belongs to its working tree, by its absolute path. Outside of any, every file does.
  public func belongs(_ path: String) -> Bool {
    guard let git, let folder = Git.parent(of: path) else { return true }
    return state.withLock { state in
      guard let root = Git.root(of: folder, known: &state.roots) else { return true }
      if state.files[root] == nil { state.files[root] = .some(GitRepository(root: root, git: git).workingFiles()) }
      return state.files[root]??.contains(path) ?? true
    }
  }
}
