import Files
import Foundation
import Reports
import Scanning

/// The copies of the repositories in a configuration.
struct RepositoryCopies: Sendable {
  /// The copies as sources.
  var requests: [SourceRequest] = []
  /// Repositories that can't be read.
  var missing: [UnreadFile] = []
}

extension BuildPlan {
  /// Finds the copies of the repositories in the configuration, for ``scan()``.
  ///
  /// - Parameters:
  ///   - isFetched: Whether to fetch them first. Only the command line may request this, because a configuration can
  ///     come with a checkout.
  ///   - isStrict: Whether a repository that can't be updated is a failure.
  mutating func openRepositories(
    isFetched: Bool = false, isStrict: Bool = false, progress: Progress? = nil
  ) async throws(CommandFailure) {
    copies = RepositoryCopies()
    if repositories.isEmpty { return }
    guard let git = Git.find(in: ProcessInfo.processInfo.environment["PATH"]) else {
      throw .failed("\(configurationFile) lists git repositories, but git is not installed")
    }
    guard let folder = cache.copies else {
      throw .failed("no cache folder for git repositories: set HOME or use --cache")
    }
    let store = GitCopies(in: folder, git: git)
    var failures: [GitSource: String] = [:]
    if isFetched {
      progress?.begin("Fetching")
      // Fetching is mostly waiting, so use more tasks than there are cores.
      failures = await store.fetch(repositories, jobs: max(jobs, Self.fetches))
      progress?.end()
    }
    var problems: [String] = []
    for repository in repositories {
      switch store.copy(of: repository, problem: failures[repository]) {
      case .missing(let file):
        copies.missing.append(file)
        problems.append(UnreadText.of(file, ""))
      case .usable(let request, let note):
        copies.requests.append(request)
        if let note { problems.append(note) }
        if !isStrict, let note { Terminal.error("roster: \(TerminalText.printable(note))") }
      }
    }
    for copy in copies.requests {
      if let source = sources.first(where: { Self.overlap($0, copy) }) {
        throw .usage(
          "\(configurationFile): files of \(source.path) and of the repository \(copy.path) would have the same paths; "
            + "give the repository a key")
      }
    }
    if isStrict, !problems.isEmpty { throw .failed(TerminalText.printable(problems.joined(separator: "\nroster: "))) }
  }

  /// Finds the copies, with the options of a command line.
  mutating func openRepositories(_ options: SourceOptions, isQuiet: Bool = false) async throws(CommandFailure) {
    try await openRepositories(
      isFetched: options.fetch, isStrict: options.strict,
      progress: Progress(isShown: Terminal.showsProgress && !isQuiet))
  }

  /// Returns whether files of a folder could have the published paths of a copy.
  private static func overlap(_ source: SourceRequest, _ copy: SourceRequest) -> Bool {
    guard let (one, other) = source.publishedPath.flatMap({ path in copy.publishedPath.map { (path, $0) } }) else {
      return false
    }
    if one.isEmpty { return Disk.kind("\(source.path)/\(other)") != nil }
    return one == other || one.path(below: other) != nil || other.path(below: one) != nil
  }

  /// The number of concurrent fetches.
  private static let fetches = 8
}
