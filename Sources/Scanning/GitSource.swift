import Files

/// A repository to read agents from, by its address.
public struct GitSource: Sendable, Hashable {
  /// The address, as `git clone` takes it.
  public let url: String
  /// The branch, tag or commit, or nil for the default branch.
  public let ref: String?
  /// The folder or file in the repository; empty for all of it.
  public let path: String
  /// The name of its collection, or nil for that of the repository.
  public let name: String?
  /// What its collection is called in addresses, or nil for the path of the repository.
  public let key: String?
  /// Whether every commit is fetched, so that pages can say when files were changed, and by whom.
  public let hasHistory: Bool

  /// Makes a source.
  public init(
    url: String, ref: String? = nil, path: String = "", name: String? = nil, key: String? = nil,
    hasHistory: Bool = false
  ) {
    self.url = url
    self.ref = ref
    self.path = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    self.name = name
    self.key = key
    self.hasHistory = hasHistory
  }

  /// Why it cannot be fetched, or nil if it can.
  public var objection: String? {
    if GitFetch.refusal(of: url) != nil { return "git must be an address of https, ssh or file: \(Self.hidden(url))" }
    if Self.hasPassword(url) {
      return "git must hold no password or token; keep it in a credential helper of git, or use ssh"
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

  /// What it is called at a terminal and in published paths, by folders: its key, else the path of the repository.
  public var label: [String] {
    if let key { return key.split(separator: "/").map(String.init) }
    return CollectionKeys.remote(url) ?? [url]
  }

  /// The name of the repository.
  var repositoryName: String { CollectionKeys.remote(url)?.last ?? "repository" }

  /// The source as the scan reads it.
  ///
  /// - Parameter location: the folder that the repository was laid out in.
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

  /// An address without what may be a password.
  private static func hidden(_ url: String) -> String {
    guard let start = url.firstRange(of: "://")?.upperBound, let end = url[start...].firstIndex(of: "@") else {
      return url
    }
    return url[..<start] + "…" + url[end...]
  }
}
