import Files

/// The files and folders that git ignores: untracked, and matched by a `.gitignore` file or by `.git/info/exclude`.
/// Tracked files always count. A person's own list of ignored files (`core.excludesFile`) does not, so that everybody
/// gets the same catalog. Without git, or outside of a repository, nothing is ignored.
struct IgnoredPaths {
  private let git: Git?
  /// Absolute, without a slash at the end. What is in an ignored folder is not listed.
  private var paths: Set<String> = []
  /// The folders that git was asked about.
  private var asked: Set<String> = []
  private var roots: [String: String?] = [:]

  private static let setting = ["-c", "core.excludesFile=/dev/null"]

  init(git: Git?) { self.git = git }

  /// Whether git ignores a path itself. Only folders that git was asked about are known.
  func contains(_ path: String) -> Bool { !paths.isEmpty && paths.contains(path) }

  /// Asks git about everything below a source. A source that is ignored as a whole was named on purpose, so nothing in
  /// it is ignored.
  mutating func ask(aboutSource folder: String) {
    guard let git, let root = root(of: folder) else { return }
    ask(about: folder, of: root, git)
    let above = Self.pathAndFoldersAbove(folder, upTo: root)
    guard above.contains(where: paths.contains) else { return }
    // A folder is listed too if it is not ignored itself, but everything in it is.
    if git.answer(Self.setting + ["check-ignore", "-q", "--", folder], in: root) != nil {
      paths = []
    } else {
      paths.subtract(above)
    }
  }

  /// Asks git about a repository inside a source.
  mutating func ask(aboutRepository root: String) {
    if let git { ask(about: root, of: root, git) }
  }

  /// Whether git ignores a path or a folder above it, wherever it is.
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
