import Files
import Synchronization

/// The files that belong to their git working trees: tracked files, and untracked files that aren't ignored.
public final class WorkingFiles: Sendable {
  private let git: Git?
  private let state = Mutex(State())

  private struct State {
    var roots: [String: String?] = [:]
    /// The files by repository root; nil if git can't list them.
    var files: [String: Set<String>?] = [:]
  }

  /// Creates an instance that queries each repository once.
  public init(git: Git?) { self.git = git }

  /// Returns whether a file belongs to its working tree, given its absolute path. Files outside of a repository always
  /// do.
  public func belongs(_ path: String) -> Bool {
    guard let git, let folder = Git.parent(of: path) else { return true }
    return state.withLock { state in
      guard let root = Git.root(of: folder, known: &state.roots) else { return true }
      if state.files[root] == nil { state.files[root] = .some(GitRepository(root: root, git: git).workingFiles()) }
      return state.files[root]??.contains(path) ?? true
    }
  }
}
