import Files
import Foundation
import Scanning

/// The states and sources of a review, parsed from the command line.
struct ReviewRange {
  let base: String
  /// The later state; nil for the working files.
  let head: String?
  let sources: [String]
  let isDirect: Bool

  /// Distinguishes commits from sources in the arguments.
  init(_ command: ReviewCommand, git: Git) throws(CommandFailure) {
    var base = command.base
    var head = command.head
    var isDirect = command.direct
    if let dots = base.firstRange(of: "..") {
      let isFork = base[dots.upperBound...].hasPrefix(".")
      if head != nil { throw .usage("“\(base)” already gives the state after; leave out --head") }
      let rest = String(base[dots.upperBound...].dropFirst(isFork ? 1 : 0))
      head = rest.isEmpty ? "HEAD" : rest
      base = base[..<dots.lowerBound].isEmpty ? "HEAD" : String(base[..<dots.lowerBound])
      if !isFork { isDirect = true }
    }
    var sources = command.rest
    if head == nil, let first = sources.first {
      let isCommit = GitRepository(around: Disk.absolutePath("."), git: git)?.commit(named: first) != nil
      let isFile = Disk.kind(first) != nil
      if isCommit, isFile {
        throw .usage("“\(first)” is both a commit and a folder; use --head \(first) or ./\(first)")
      }
      if isCommit {
        head = first
        sources.removeFirst()
      }
    }
    self.base = base
    self.head = head
    self.sources = sources
    self.isDirect = isDirect
  }
}

extension ReviewRange {
  /// A commit by itself.
  init(at commit: String) { self.init(base: commit, head: nil, sources: [], isDirect: true) }

  private init(base: String, head: String?, sources: [String], isDirect: Bool) {
    self.base = base
    self.head = head
    self.sources = sources
    self.isDirect = isDirect
  }

  /// Returns whether a named source is in a repository, or no source is named.
  func isAbout(_ repository: GitRepository) -> Bool {
    sources.isEmpty
      || sources.contains { Disk.absolutePath($0).path(below: repository.root) != nil }
  }
}

/// A source in its repository, with the commits of a review.
struct ReviewedSource {
  let request: SourceRequest
  private(set) var repository: GitRepository
  /// The source, relative to the root of its repository; empty for the root.
  let path: String
  let before: GitRepository.Commit
  /// The later commit; nil for the working files.
  let after: GitRepository.Commit?
  /// A note about how the commits were found.
  let note: String?

  init(_ request: SourceRequest, _ range: ReviewRange, git: Git) throws(CommandFailure) {
    let place = Disk.absolutePath(request.path)
    guard let repository = Self.repository(of: place, git: git) else {
      throw .usage("\(request.path): not in a git repository, which a review needs")
    }
    if let refusal = repository.refusal { throw .failed("\(repository.root): \(refusal)") }
    self.request = request
    self.repository = repository
    path = place.path(below: repository.root) ?? ""
    let base = try Self.commit(range.base, in: repository)
    if let head = range.head { after = try Self.commit(head, in: repository) } else { after = nil }
    if range.isDirect {
      before = base
      note = nil
      return
    }
    let tip: GitRepository.Commit
    if let after { tip = after } else { tip = try Self.commit("HEAD", in: repository) }
    if let fork = repository.fork(of: base, and: tip) {
      before = fork
      note = nil
    } else {
      before = base
      note =
        repository.isShallow
        ? "The clone is shallow, so the commit where the branches diverged is unknown. The two states are compared directly: newer changes on \(range.base) look as if they were undone."
        : "The two states have no commit in common."
    }
  }

  /// Returns a repository with all files of the commits.
  ///
  /// - Parameter folder: The folder for fetched objects.
  fileprivate func fetching(into folder: String) throws(CommandFailure) -> GitRepository {
    do throws(Disk.Failure) {
      return try repository.fetching([before] + [after].compactMap(\.self), into: folder)
    } catch {
      throw .failed(error.description)
    }
  }

  fileprivate func reading(_ repository: GitRepository) -> ReviewedSource {
    var source = self
    source.repository = repository
    return source
  }

  /// Returns the repository of a path, whose last folders may have been deleted.
  private static func repository(of path: String, git: Git) -> GitRepository? {
    var place = path
    while Disk.kind(place) == nil, let slash = place.lastSlash, slash != place.startIndex {
      place = String(place[..<slash])
    }
    return GitRepository(around: place, git: git)
  }

  private static func commit(_ name: String, in repository: GitRepository) throws(CommandFailure)
    -> GitRepository.Commit
  {
    if let commit = repository.commit(named: name) { return commit }
    if repository.commit(named: "origin/\(name)") != nil {
      throw .usage("unknown commit “\(name)” in \(repository.root); did you mean “origin/\(name)”?")
    }
    if repository.commit(named: "HEAD") == nil {
      throw .usage("\(repository.root) has no commits yet, so there is nothing to compare with")
    }
    let hint = repository.isShallow ? "; the clone is shallow, run git fetch --unshallow" : ""
    throw .usage("unknown commit “\(name)” in \(repository.root)\(hint)")
  }
}

/// Fetches missing objects for a review if requested, once for each repository.
struct ReviewFetching {
  /// The folder for objects; nil to fetch nothing.
  private let folder: String?
  private var known: [String: GitRepository] = [:]

  init(into folder: String?) { self.folder = folder }

  /// Returns the source with all files of its commits, if fetching was requested.
  mutating func completed(_ source: ReviewedSource) throws(CommandFailure) -> ReviewedSource {
    guard let folder else { return source }
    if let complete = known[source.repository.root] { return source.reading(complete) }
    let complete = try source.fetching(into: "\(folder).\(known.count)")
    known[source.repository.root] = complete
    return source.reading(complete)
  }
}
