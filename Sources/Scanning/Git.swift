import Files

/// Runs git safely on untrusted repositories. It runs no program that a repository configures, and fetches nothing.
public struct Git: Sendable {
  private let program: Program
  /// An additional folder of objects.
  private var objects: String?

  private init(program: Program) { self.program = program }

  /// Returns the git in a search path, or nil if none is installed.
  public static func find(in searchPath: String?) -> Git? {
    Program.find(["git"], in: searchPath).map { Git(program: $0) }
  }

  /// Returns a copy that also reads objects from a folder.
  func reading(objects: String) -> Git {
    var git = self
    git.objects = objects
    return git
  }

  /// Returns the output of a git command, or nil if it fails.
  ///
  /// - Parameters:
  ///   - arguments: The arguments.
  ///   - root: The root folder of the repository.
  ///   - input: A file to use as standard input, or nil.
  func answer(_ arguments: [String], in root: String, input: String? = nil) -> [UInt8]? {
    guard let result = run(arguments, in: root, reading: .output, input: input), result.status == 0 else { return nil }
    return result.bytes
  }

  /// The name of the user, as git puts it into commits made in a folder; nil if nobody has set one.
  public func userName(in folder: String) -> String? {
    let name = lines(["config", "--get", "user.name"], in: folder)?.first ?? ""
    return name.allSatisfy(\.isWhitespace) ? nil : name
  }

  /// Returns the URL of the remote `origin`; nil if there is none. If it has several, git fetches from the first.
  func remote(of root: String) -> String? {
    lines(["config", "--get-all", "remote.origin.url"], in: root)?.first
  }

  /// Returns the output of a git command without any configuration of the user or the machine, or nil if it fails.
  ///
  /// - Parameter root: A repository whose configuration only Roster has written. The files of its commits may be
  ///   untrusted, so nothing that the user configured for files, such as filters, runs.
  func ownAnswer(_ arguments: [String], in root: String) -> [UInt8]? {
    let nobody: [String: String?] = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"]
    let result = run(arguments, in: root, reading: .output, settings: nobody)
    return result?.status == 0 ? result?.bytes : nil
  }

  /// Returns the error message of a fetch, or nil if it succeeds.
  ///
  /// - Parameter root: A repository whose configuration only Roster has written.
  func fetchFailure(_ arguments: [String], in root: String) -> String? {
    guard let result = run(arguments, in: root, reading: .errors, protocols: GitFetch.protocols) else {
      return "git cannot be run"
    }
    return result.status == 0 ? nil : Self.firstWords(of: result.bytes)
  }

  /// - Parameter protocols: The allowed transports. This list overrides any configuration. With a name that isn't a
  ///   transport, no version of git fetches anything, or runs what the configuration names for that.
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

  /// The reason why git refuses to read a repository.
  public enum Refusal: Sendable, Equatable {
    /// The repository belongs to another user, and isn't marked as safe.
    case ownership
    /// Any other reason, in git's words.
    case other(String)

    /// Returns the reason and what to do, without a full stop.
    ///
    /// - Parameter root: The root folder of the repository.
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

  /// Returns why git refuses to read a repository, or nil if it reads it.
  func refusal(in root: String) -> Refusal? {
    guard let result = run(["rev-parse", "--git-dir"], in: root, reading: .errors) else {
      return .other("git cannot be run")
    }
    if result.status == 0 { return nil }
    let words = String(decoding: result.bytes, as: UTF8.self)
    if words.contains("dubious ownership") || words.contains("unsafe repository") { return .ownership }
    return .other(Self.firstWords(of: result.bytes))
  }

  /// Returns the first line of git's error message.
  private static func firstWords(of bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let first = (lines.first { $0.hasPrefix("fatal: ") } ?? lines.first).map(String.init) ?? "it gives no reason"
    return first.hasPrefix("fatal: ") ? String(first.dropFirst(7)) : first
  }

  /// Returns the output lines of a git command, or nil if it fails.
  func lines(_ arguments: [String], in root: String) -> [String]? {
    answer(arguments, in: root).map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
  }

  /// Returns the parent folder, or nil at the top of the disk.
  static func parent(of path: String) -> String? {
    path.lastSlash.map { String(path[..<$0]) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Returns the nearest repository root at or above a folder.
  ///
  /// - Parameter known: A cache of earlier results by folder.
  static func root(of folder: String, known: inout [String: String?]) -> String? {
    if let root = known[folder] { return root }
    let root =
      Disk.kind("\(folder)/.git") != nil ? folder : parent(of: folder).flatMap { self.root(of: $0, known: &known) }
    known[folder] = .some(root)
    return root
  }
}
