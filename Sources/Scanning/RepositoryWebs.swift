import Files

/// Finds the web pages of files, from the remotes of their repositories. Nothing is fetched.
struct RepositoryWebs {
  /// A repository on a server.
  private struct Repository {
    let forge: Forge
    let revision: Forge.Revision?
  }

  private let git: Git?
  /// The known states of copies, by the root folders of their files.
  private let copies: [String: Forge.Revision]
  /// The repositories by root folder; nil for those without a known server.
  private var repositories: [String: Repository?] = [:]

  private init(git: Git?, copies: [String: Forge.Revision]) {
    self.git = git
    self.copies = copies
  }

  fileprivate static func add(to result: inout ScanResult, git: Git?) {
    var copies: [String: Forge.Revision] = [:]
    for request in result.requests {
      if let tree = request.workTree.flatMap(Disk.realPath) { copies[tree] = request.revision }
    }
    var webs = RepositoryWebs(git: git, copies: copies)
    let without = Set(
      result.requests.enumerated().filter { _, request in
        request.sourceURL == .off || request.location != nil && !request.isCopy
      }.map(\.offset))
    webs.add(result.files + result.parts.map(\.file), to: &result.collections, except: without)
  }

  private mutating func add(
    _ files: [FoundFile], to collections: inout [SourceCollection], except without: Set<Int>
  ) {
    var roots: [String: String?] = [:]
    for file in files where !without.contains(file.source.collection) {
      let root = Git.parent(of: file.absolutePath).flatMap { Git.root(of: $0, known: &roots) }
      let place = root.flatMap { root -> SourceWeb.Place? in
        guard let repository = repository(at: root), let path = file.absolutePath.path(below: root) else { return nil }
        return SourceWeb.Place(forge: repository.forge, revision: repository.revision, path: path)
      }
      collections[file.source.collection].web.add(file.source.path, at: place)
    }
  }

  private mutating func repository(at root: String) -> Repository? {
    if let known = repositories[root] { return known }
    let repository = git?.remote(of: root).flatMap(Forge.init(remote:)).map { forge in
      Repository(forge: forge, revision: copies[root] ?? revision(of: root))
    }
    repositories[root] = .some(repository)
    return repository
  }

  /// Returns the state of a checkout, as far as it is known to be on the server: its branch if that was pushed or
  /// fetched, or else the default branch of the server. Without a branch, it is the commit.
  private func revision(of root: String) -> Forge.Revision? {
    guard let head = git?.lines(["rev-parse", "HEAD", "--symbolic-full-name", "HEAD", "--"], in: root),
      head.count == 3
    else { return nil }
    let branches = "refs/heads/"
    guard head[1].hasPrefix(branches) else { return Forge.Revision(commit: head[0]) }
    let branch = head[1].dropFirst(branches.count)
    let remote = "refs/remotes/origin/"
    let known = git?.lines(
      ["for-each-ref", "--format=%(refname) %(symref)", remote + branch, remote + "HEAD"], in: root)
    let names = (known ?? []).map { $0.split(separator: " ") }
    if names.contains(where: { $0.first.map(String.init) == remote + branch }) {
      return Forge.Revision(.branch(String(branch)), commit: head[0])
    }
    let usual = names.first { $0.count == 2 && $0[0] == remote + "HEAD" }?[1]
    return usual.flatMap { $0.hasPrefix(remote) ? $0.dropFirst(remote.count) : nil }
      .map { Forge.Revision(.branch(String($0)), commit: head[0]) }
  }
}

extension ScanResult {
  /// Adds the web pages of files to their collections. States that were checked out elsewhere have none. Only a site needs
  /// them, and they cost up to three runs of git for each repository.
  ///
  /// - Parameter git: Used to read the remotes; nil to add none.
  public mutating func addWebs(git: Git?) { RepositoryWebs.add(to: &self, git: git) }
}
