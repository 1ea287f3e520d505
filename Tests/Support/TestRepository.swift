import Files
import Foundation

/// A git repository for a test, independent of the user's git configuration.
public struct TestRepository: Sendable {
  /// The absolute path of its top folder.
  public let root: String
  private let program: Program

  /// A git command that failed.
  public struct Failure: Error {
    /// The arguments.
    public let arguments: [String]
  }

  /// The search path of this process.
  public static var searchPath: String? { ProcessInfo.processInfo.environment["PATH"] }

  /// Creates an empty repository below a folder.
  public init(_ name: String = "repository", in folder: TemporaryFolder) throws {
    guard let program = Program.find(["git"], in: Self.searchPath) else { throw Failure(arguments: ["--version"]) }
    self.program = program
    root = "\(folder.path)/\(name)"
    try Disk.makeFolder(root)
    try git("init", "-q", "-b", "main")
  }

  private init(root: String, program: Program) {
    self.root = root
    self.program = program
  }

  /// The time of commits on a day, in seconds since 1970.
  public static func time(day: Int) -> Int { 1_767_268_800 + day * 86_400 }

  /// Runs git in the repository. Returns its output without the last line feed.
  @discardableResult
  public func git(_ arguments: String..., day: Int = 0, author: String = "Ada") throws -> String {
    let date = "\(Self.time(day: day)) +0000"
    let environment: [String: String?] = [
      "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": date,
      "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_COMMITTER_DATE": date,
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_DIR": nil, "GIT_WORK_TREE": nil,
      "GIT_INDEX_FILE": nil,
    ]
    let result = try program.run(["-C", root] + arguments, reading: .output, environment: environment)
    guard result.status == 0 else { throw Failure(arguments: arguments) }
    let text = String(decoding: result.bytes, as: UTF8.self)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// Writes a file below the top folder.
  public func write(_ text: String, to name: String) throws {
    let file = "\(root)/\(name)"
    if let slash = file.lastSlash { try Disk.makeFolder(String(file[..<slash])) }
    try Disk.write(Array(text.utf8), to: file)
  }

  /// Commits all changes in the working tree. Returns the identifier of the commit.
  @discardableResult
  public func commit(_ title: String, day: Int = 0, author: String = "Ada") throws -> String {
    try git("add", "-A")
    try git("commit", "-q", "-m", title, day: day, author: author)
    return try git("rev-parse", "HEAD")
  }

  /// Clones the repository with these options. Returns the clone.
  public func clone(_ options: String..., to name: String, in folder: TemporaryFolder) throws -> TestRepository {
    let target = "\(folder.path)/\(name)"
    let result = try program.run(
      ["clone", "-q"] + options + ["file://\(root)", target], reading: .output,
      environment: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"])
    guard result.status == 0 else { throw Failure(arguments: ["clone"] + options) }
    return TestRepository(root: target, program: program)
  }
}
