import Files

/// Fetches the objects that are missing in a partial clone, for one review.
///
/// The fetch runs in a repository of its own, so it reads no configuration of the checkout except for the remote URL.
/// The objects are stored outside of the checkout, which isn't changed.
struct GitFetch {
  /// The allowed transports: https://git-scm.com/docs/git#Documentation/git.txt-GITALLOWPROTOCOL
  static let protocols = "https:ssh:file"

  private let git: Git
  /// The new repository.
  private let folder: String

  /// Creates an empty repository in a folder.
  ///
  /// - Parameter root: The checkout, for its object format.
  init(beside root: String, in folder: String, git: Git) throws(Disk.Failure) {
    self.git = git
    self.folder = folder
    try Disk.makeFolder(folder)
    let format = git.lines(["rev-parse", "--show-object-format"], in: root)?.first ?? "sha1"
    let arguments = ["init", "-q", "--bare", "--template=", "--object-format=\(format == "sha256" ? format : "sha1")"]
    guard git.answer(arguments, in: folder) != nil else {
      throw Disk.Failure(path: folder, reason: "git cannot create a repository here")
    }
  }

  /// The folder of the objects.
  var objects: String { "\(folder)/objects" }

  /// Fetches commits with all their files, but without their ancestors.
  ///
  /// - Throws: ``Disk/Failure`` with git's error message, for the path `root`.
  func fetch(_ commits: [String], from url: String, for root: String) throws(Disk.Failure) {
    let arguments = [
      "fetch", "-q", "--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
      "--upload-pack=git-upload-pack", "--end-of-options", url,
    ]
    if let words = git.fetchFailure(arguments + commits, in: folder) {
      throw Disk.Failure(path: root, reason: "the missing files cannot be fetched: \(words)")
    }
  }

  /// Returns why a URL isn't allowed, or nil if it is.
  ///
  /// - Parameter url: The URL as written in the checkout.
  static func refusal(of url: String) -> String? {
    let refusal = "its URL is not an https, ssh or file URL"
    guard let first = url.utf8.first, first != UInt8(ascii: "-"),
      !url.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
      !url.contains("::")
    else { return refusal }
    if first == UInt8(ascii: "/") { return nil }
    if let mark = url.firstRange(of: "://") {
      let host = url[mark.upperBound...].split(separator: "/", omittingEmptySubsequences: false).first ?? ""
      let name = host.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
      return ["https", "ssh", "file"].contains(url[..<mark.lowerBound]) && !host.hasPrefix("-") && !name.hasPrefix("-")
        ? nil : refusal
    }
    // The form of ssh: host:path
    guard let colon = url.firstIndex(of: ":"), colon != url.startIndex, !url[..<colon].contains("/") else {
      return refusal
    }
    let name = url[..<colon].split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return name.isEmpty || name.hasPrefix("-") ? refusal : nil
  }
}

extension GitRepository {
  /// Returns a repository with all files of some commits. Missing objects are fetched from the remote that the clone
  /// came from.
  ///
  /// - Parameters:
  ///   - commits: The commits.
  ///   - folder: The folder for the objects. It must not exist yet.
  /// - Throws: ``Disk/Failure`` if the URL of the remote isn't allowed, or if the fetch fails.
  public func fetching(_ commits: [Commit], into folder: String) throws(Disk.Failure) -> GitRepository {
    let lacking = Set(commits.map(\.commit.id)).filter(lacksObjects).sorted()
    guard !lacking.isEmpty else { return self }
    guard let url = promisor else {
      throw Disk.Failure(path: root, reason: "files are missing, and the clone has no remote to fetch them from")
    }
    if let refusal = GitFetch.refusal(of: url) {
      throw Disk.Failure(path: root, reason: "the missing files cannot be fetched from the remote: \(refusal)")
    }
    let fetch = try GitFetch(beside: root, in: folder, git: git)
    try fetch.fetch(lacking, from: url, for: root)
    return GitRepository(root: root, git: git.reading(objects: fetch.objects))
  }

  /// Returns whether objects of a commit are missing.
  private func lacksObjects(of commit: String) -> Bool {
    let objects = git.lines(["rev-list", "--objects", "--no-walk", "--missing=print", commit], in: root)
    return objects?.contains { $0.hasPrefix("?") } ?? true
  }

  /// The URL of the promisor remote, or of the only remote.
  private var promisor: String? {
    let answer = git.answer(["config", "-z", "--get-regexp", "^remote\\."], in: root) ?? []
    var (urls, promisors): ([String: String], [String]) = ([:], [])
    for record in answer.split(separator: 0) {
      let parts = String(decoding: record, as: UTF8.self).split(separator: "\n", maxSplits: 1).map(String.init)
      guard parts.count == 2, let dot = parts[0].lastIndex(of: ".") else { continue }
      let (remote, key) = (String(parts[0][..<dot]), parts[0][parts[0].index(after: dot)...])
      if key == "url", urls[remote] == nil { urls[remote] = parts[1] }
      if key == "promisor", parts[1] == "true" { promisors.append(remote) }
    }
    return promisors.compactMap { urls[$0] }.first ?? (urls.count == 1 ? urls.first?.value : nil)
  }
}
