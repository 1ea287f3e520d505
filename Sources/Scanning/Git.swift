import Files

/// The program git, asked with care: a repository is a stranger's as much as its files are, so nothing that its own
/// configuration names is run, and nothing is fetched.
public struct Git: Sendable {
  private let program: Program
  /// A folder of objects that are read besides those of the repository.
  private var objects: String?

  private init(program: Program) { self.program = program }

  /// The git of a search path, or nil where none is installed.
  public static func find(in searchPath: String?) -> Git? {
    Program.find(["git"], in: searchPath).map { Git(program: $0) }
  }

  /// The same git, which reads objects from a folder besides.
  func reading(objects: String) -> Git {
    var git = self
    git.objects = objects
    return git
  }

  /// What git answers, or nil where it refuses.
  ///
  /// - Parameters:
  ///   - arguments: what is asked.
  ///   - root: the top folder of the repository.
  ///   - input: a file that git is given to read, or nil.
  func answer(_ arguments: [String], in root: String, input: String? = nil) -> [UInt8]? {
    guard let result = run(arguments, in: root, reading: .output, input: input), result.status == 0 else { return nil }
    return result.bytes
  }

  /// The name of the user, as git puts it into commits made in a folder; nil if nobody has set one.
  public func userName(in folder: String) -> String? {
    let name = lines(["config", "--get", "user.name"], in: folder)?.first ?? ""
    return name.allSatisfy(\.isWhitespace) ? nil : name
  }

  /// What git answers without any configuration of the user or the machine, or nil if it refuses.
  ///
  /// - Parameter root: a repository whose configuration nobody else has written. The files of its commits may be a
  ///   stranger's: what a user has set up for files, such as filters, does not run.
  func ownAnswer(_ arguments: [String], in root: String) -> [UInt8]? {
    let nobody: [String: String?] = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"]
    let result = run(arguments, in: root, reading: .output, settings: nobody)
    return result?.status == 0 ? result?.bytes : nil
  }

  /// Why a fetch fails, in words of git, or nil if it does not.
  ///
  /// - Parameter root: a repository whose configuration nobody else has written.
  func fetchFailure(_ arguments: [String], in root: String) -> String? {
    guard let result = run(arguments, in: root, reading: .errors, protocols: GitFetch.protocols) else {
      return "git cannot be run"
    }
    return result.status == 0 ? nil : Self.firstWords(of: result.bytes)
  }

  /// - Parameter protocols: the transports that may be used. This list outweighs any configuration, so with a name that
  ///   is none of a transport, no version of git fetches anything, nor runs what a configuration names for that.
  private func run(
    _ arguments: [String], in root: String, reading stream: Program.Stream, input: String? = nil,
    protocols: String = "none", settings: [String: String?] = [:]
  ) -> (status: Int32, bytes: [UInt8])? {
    let careful = [
      "core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "fetch.bundleURI=",
      "maintenance.auto=false", "gc.auto=0",
    ]
    var environment: [String: String?] = [
      "GIT_DIR": nil, "GIT_WORK_TREE": nil, "GIT_INDEX_FILE": nil, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1",
      "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
      "GIT_ALLOW_PROTOCOL": protocols,
    ]
    environment.merge(settings) { $1 }
    if let objects { environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = objects }
    return try? program.run(
      ["-C", root, "--literal-pathspecs"] + careful.flatMap { ["-c", $0] } + arguments, reading: stream, input: input,
      environment: environment)
  }

  /// Why git does not read a repository.
  public enum Refusal: Sendable, Equatable {
    /// The repository belongs to another user, and nobody has said that it is safe.
    case ownership
    /// Something else, in git's words.
    case other(String)

    /// The reason and what to do, without a full stop.
    ///
    /// - Parameter root: the top folder of the repository.
    public func reason(at root: String) -> String {
      switch self {
      case .ownership:
        let isPlain = root.allSatisfy { $0.isLetter || $0.isNumber || "/._-".contains($0) }
        let path = isPlain ? root : "'\(root.replacing("'", with: "'\\''"))'"
        return "git does not read this repository because it belongs to another user; "
          + "if you trust it, run git config --global --add safe.directory \(path)"
      case .other(let words): return "git cannot read this repository: \(words)"
      }
    }
  }

  /// Why git does not read a repository, or nil if it does.
  func refusal(in root: String) -> Refusal? {
    guard let result = run(["rev-parse", "--git-dir"], in: root, reading: .errors) else {
      return .other("git cannot be run")
    }
    if result.status == 0 { return nil }
    let words = String(decoding: result.bytes, as: UTF8.self)
    if words.contains("dubious ownership") || words.contains("unsafe repository") { return .ownership }
    return .other(Self.firstWords(of: result.bytes))
  }

  /// The first line of what git says on an error.
  private static func firstWords(of bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let first = (lines.first { $0.hasPrefix("fatal: ") } ?? lines.first).map(String.init) ?? "it gives no reason"
    return first.hasPrefix("fatal: ") ? String(first.dropFirst(7)) : first
  }

  /// The lines that git answers, or nil where it refuses.
  func lines(_ arguments: [String], in root: String) -> [String]? {
    answer(arguments, in: root).map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
  }

  /// The folder that something stands in, or nil for what stands at the top of the disk.
  static func parent(of path: String) -> String? {
    path.lastSlash.map { String(path[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The nearest folder above, or this one, that is the top of a repository.
  ///
  /// - Parameter known: what was found for folders before.
  static func root(of folder: String, known: inout [String: String?]) -> String? {
    if let root = known[folder] { return root }
    let root =
      Disk.kind("\(folder)/.git") != nil ? folder : parent(of: folder).flatMap { self.root(of: $0, known: &known) }
    known[folder] = .some(root)
    return root
  }
}
