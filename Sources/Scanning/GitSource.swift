import Files

/// A remote repository to read agents from.
public struct GitSource: Sendable, Hashable {
  /// The URL, as for `git clone`.
  public let url: String
  /// The branch, tag or commit, or nil for the default branch.
  public let ref: String?
  /// The folder or file in the repository; empty for the whole repository.
  public let path: String
  /// The name of its collection, or nil for the name of the repository.
  public let name: String?
  /// The key of its collection in addresses, or nil for the path of the repository.
  public let key: String?
  /// Whether all commits are fetched, so that pages can show when files were changed and by whom.
  public let hasHistory: Bool
  /// The web pages of its files; nil to derive them from the URL.
  public let sourceURL: SourceURL?

  /// Creates a source.
  public init(
    url: String, ref: String? = nil, path: String = "", name: String? = nil, key: String? = nil,
    hasHistory: Bool = false, sourceURL: SourceURL? = nil
  ) {
    self.url = url
    self.ref = ref
    self.path = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    self.name = name
    self.key = key
    self.hasHistory = hasHistory
    self.sourceURL = sourceURL
  }

  /// The reason why it can't be fetched, or nil if it can.
  public var objection: String? {
    if GitFetch.refusal(of: url) != nil { return "git must be an https, ssh or file URL: \(Self.hidden(url))" }
    if Self.hasPassword(url) {
      return "git must not contain a password or token; use a git credential helper or ssh"
    }
    if CollectionKeys.remote(url) == nil { return "git must name a repository: \(url)" }
    let allowed = { (byte: UInt8) in
      byte > 0x7F || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || "._-/+#@".utf8.contains(byte)
    }
    if let ref, ref.isEmpty || ref.hasPrefix("-") || ref.hasPrefix("+") || !ref.utf8.allSatisfy(allowed) {
      return "ref must be a branch, a tag or a commit"
    }
    if path.split(separator: "/").contains("..") { return "path must stay in the repository" }
    return nil
  }

  /// The name in the terminal and in published paths, by folders: the key, or else the path of the repository.
  public var label: [String] {
    if let key { return key.split(separator: "/").map(String.init) }
    return CollectionKeys.remote(url) ?? [url]
  }

  /// The name of the repository.
  var repositoryName: String { CollectionKeys.remote(url)?.last ?? "repository" }

  /// Returns the request for the scan.
  ///
  /// - Parameter location: The folder with the files of the repository.
  func request(at location: String) -> SourceRequest {
    let path = self.path.isEmpty ? "" : "/\(self.path)"
    let own = key.map { [$0] } ?? label + CollectionKeys.telling(self.path)
    return SourceRequest(
      self, path: label.joined(separator: "/") + path, key: own.joined(separator: "/"), workTree: location,
      location: location + path)
  }

  private static func hasPassword(_ url: String) -> Bool {
    guard let start = url.firstRange(of: "://")?.upperBound else { return false }
    let authority = url[start...].prefix { !"/?#".contains($0) }
    guard let end = authority.lastIndex(of: "@") else { return false }
    return authority[..<end].contains(":")
  }

  /// Returns a URL without a possible password.
  private static func hidden(_ url: String) -> String {
    guard let start = url.firstRange(of: "://")?.upperBound, let end = url[start...].firstIndex(of: "@") else {
      return url
    }
    return url[..<start] + "…" + url[end...]
  }
}
