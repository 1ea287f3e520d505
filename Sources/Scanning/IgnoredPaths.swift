import Files

/// The files and folders that git ignores: untracked, and matched by a `.gitignore` file or by `.git/info/exclude`.
///
/// Tracked files are never ignored. The user's own list of ignored files (`core.excludesFile`) has no effect, so that
/// everybody gets the same catalog. Without git, or outside of a repository, nothing is ignored.
struct IgnoredPaths {
  private let git: Git?
  /// Absolute paths without a trailing slash. The contents of an ignored folder aren't listed.
  private var paths: Set<String> = []
  /// The folders that have been queried.
  private var asked: Set<String> = []
  private var roots: [String: String?] = [:]

  private static let setting = ["-c", "core.excludesFile=/dev/null"]

  init(git: Git?) { self.git = git }

  /// Returns whether git ignores this exact path. It covers only folders that have been queried.
  func contains(_ path: String) -> Bool { !paths.isEmpty && paths.contains(path) }

  /// Queries git about everything below a source. If the whole source is ignored, nothing in it is, because the source
  /// was named on purpose.
  mutating func ask(aboutSource folder: String) {
    guard let git, let root = root(of: folder) else { return }
    ask(about: folder, of: root, git)
    let above = Self.pathAndFoldersAbove(folder, upTo: root)
    guard above.contains(where: paths.contains) else { return }
    // Git also lists a folder that isn't ignored itself if everything in it is.
    if git.answer(Self.setting + ["check-ignore", "-q", "--", folder], in: root) != nil {
      paths = []
    } else {
      paths.subtract(above)
    }
  }

  /// Queries git about a repository inside a source.
  mutating func ask(aboutRepository root: String) {
    if let git { ask(about: root, of: root, git) }
  }

  /// Returns whether git ignores a path or one of its parent folders, in any place.
  mutating func covers(_ path: String) -> Bool {
    guard let git, let folder = Git.parent(of: path), let root = root(of: folder) else { return false }
    if !Self.pathAndFoldersAbove(folder, upTo: root).contains(where: asked.contains) {
      ask(about: folder, of: root, git)
    }
    return Self.pathAndFoldersAbove(path, upTo: root).contains(where: paths.contains)
  }

  private mutating func root(of folder: String) -> String? { Git.root(of: folder, known: &roots) }

  private mutating func ask(about folder: String, of root: String, _ git: Git) {
    guard asked.insert(folder).inserted else { return }
    let below = folder.path(below: root) ?? ""
    let question = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"]
    let answer = git.answer(Self.setting + question + (below.isEmpty ? [] : ["--", below]), in: root)
    for path in answer?.split(separator: 0) ?? [] {
      let plain = path.last == UInt8(ascii: "/") ? path.dropLast() : path
      paths.insert("\(root)/\(String(decoding: plain, as: UTF8.self))")
    }
  }

  private static func pathAndFoldersAbove(_ path: String, upTo root: String) -> [String] {
    var result = [path]
    var place = path
    while place != root, let parent = Git.parent(of: place), parent != root {
      result.append(parent)
      place = parent
    }
    return result
  }
}
