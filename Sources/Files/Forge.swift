/// A repository on a well-known kind of server, derived from the URL of a remote.
///
/// The URL of a remote is untrusted and may contain a password. Only the host, the port of an https URL and the path of
/// the repository are used, and every address starts with `https`.
public struct Forge: Sendable, Hashable {
  /// The kind of a server. It determines the form of addresses.
  public enum Kind: String, Sendable {
    case github, gitlab, gitea, bitbucket, bitbucketServer
  }

  /// The state of a repository that was read.
  public struct Revision: Sendable, Hashable {
    /// A name of the state on the server.
    public enum Name: Sendable, Hashable {
      case branch(String)
      case tag(String)
    }

    /// The name; nil to use the commit.
    public let name: Name?
    /// The hash of the commit.
    public let commit: String

    /// Creates a revision.
    public init(_ name: Name? = nil, commit: String) {
      self.name = name
      self.commit = commit
    }
  }

  /// The kind of the server.
  public let kind: Kind
  /// The host, with the port if it isn't the usual one.
  public let host: String
  /// The groups and the name of the repository.
  private let path: [String]

  private var server: String { "https://\(host)" }
  private var repository: String { "\(server)/\(path.joined(separator: "/"))" }

  // MARK: Recognizing

  /// Recognizes a remote by its host; nil if the server is unknown.
  ///
  /// The forms of URLs: https://git-scm.com/docs/git-clone#_git_urls
  public init?(remote: String) {
    guard let (address, path) = Self.parts(of: remote), let kind = Self.kind(of: address.host) else { return nil }
    var parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    if kind == .bitbucketServer, parts.count == 3, parts[0] == "scm" { parts.removeFirst() }
    if let last = parts.last, last.hasSuffix(".git") { parts[parts.count - 1].removeLast(4) }
    let isWhole = kind == .gitlab ? parts.count >= 2 : parts.count == 2
    guard isWhole, parts.last?.hasSuffix(".wiki") == false,
      parts.allSatisfy({ ![".", ".."].contains($0) && $0.wholeMatch(of: /~?[A-Za-z0-9_.\-]+/) != nil })
    else { return nil }
    self.kind = kind
    host = address.host + address.port
    self.path = parts
  }

  private typealias Address = (host: String, port: String)

  /// Splits a URL into its host and its path. Users and passwords are dropped, and so is the port of other protocols.
  private static func parts(of remote: String) -> (Address, path: Substring)? {
    if let mark = remote.firstRange(of: "://") {
      let scheme = remote[..<mark.lowerBound].lowercased()
      guard ["https", "ssh", "git+ssh", "ssh+git"].contains(scheme) else { return nil }
      let rest = remote[mark.upperBound...].prefix { !"?#".contains($0) }
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      guard let (host, port) = address(rest[..<slash]) else { return nil }
      return ((host, scheme == "https" && port != ":443" ? port : ""), rest[slash...])
    }
    // The form of ssh: user@host:path
    guard let colon = remote.firstIndex(of: ":"), !remote[..<colon].contains("/"),
      let (host, _) = address(remote[..<colon])
    else { return nil }
    return ((host, ""), remote[remote.index(after: colon)...])
  }

  /// Returns the host and the port of an authority, without the user and the password.
  private static func address(_ authority: Substring) -> Address? {
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    guard let match = place.wholeMatch(of: /([A-Za-z0-9.\-]+)(:[0-9]{1,5})?/) else { return nil }
    let host = match.1.lowercased()
    return (alternative[host] ?? host, match.2.map(String.init) ?? "")
  }

  /// The hosts that serve ssh on the port of https.
  private static let alternative = [
    "ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com", "altssh.bitbucket.org": "bitbucket.org",
  ]

  /// Returns the kind of a server, judged by its name.
  private static func kind(of host: String) -> Kind? {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    // Names without a domain, or with one such as `com-work`, are abbreviations from the configuration of ssh.
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }),
      // The URL of a gist does not follow from its repository.
      labels.first != "gist", let domain = labels.last, domain.hasPrefix("xn--") || domain.allSatisfy(\.isLetter)
    else { return nil }
    switch host {
    case "codeberg.org": return .gitea
    case "bitbucket.org": return .bitbucket
    default:
      let words = Set(labels.flatMap { $0.split(separator: "-") }.map(String.init))
      let known: [(String, Kind)] = [
        ("github", .github), ("gitlab", .gitlab), ("gitea", .gitea), ("forgejo", .gitea),
        ("bitbucket", .bitbucketServer),
      ]
      return known.first { words.contains($0.0) }?.1
    }
  }

  // MARK: Addresses

  /// Returns the URL of a file.
  ///
  /// - Parameters:
  ///   - file: The path in the repository.
  ///   - line: A line to point at, or nil.
  public func url(of file: [String], at revision: Revision, line: Int? = nil) -> String {
    let file = Self.encoded(file)
    switch kind {
    case .github: return "\(repository)/blob/\(Self.plain(revision))/\(file)" + (line.map { "#L\($0)" } ?? "")
    case .gitlab: return "\(repository)/-/blob/\(Self.plain(revision))/\(file)" + (line.map { "#L\($0)" } ?? "")
    case .gitea:
      let place =
        switch revision.name {
        case .branch(let name): "branch/\(Self.encoded(name))"
        case .tag(let name): "tag/\(Self.encoded(name))"
        case nil: "commit/\(revision.commit)"
        }
      return "\(repository)/src/\(place)/\(file)" + (line.map { "#L\($0)" } ?? "")
    case .bitbucket:
      // A slash in the name of a branch would be taken as part of the path.
      let name = Self.plain(revision)
      return "\(repository)/src/\(name.contains("/") ? revision.commit : name)/\(file)"
        + (line.map { "#lines-\($0)" } ?? "")
    case .bitbucketServer:
      let state =
        switch revision.name {
        case .branch(let name): "refs/heads/\(name)"
        case .tag(let name): "refs/tags/\(name)"
        case nil: revision.commit
        }
      return "\(browsed)/browse/\(file)?at=\(Self.encoded([state]))" + (line.map { "#\($0)" } ?? "")
    }
  }

  /// Returns the URL for editing a file; nil if the revision isn't a branch, or the server has no such page.
  public func editURL(of file: [String], at revision: Revision) -> String? {
    guard case .branch(let name) = revision.name else { return nil }
    let place = "\(Self.encoded(name))/\(Self.encoded(file))"
    return switch kind {
    case .github: "\(repository)/edit/\(place)"
    case .gitlab: "\(repository)/-/edit/\(place)"
    case .gitea: "\(repository)/_edit/\(place)"
    case .bitbucket, .bitbucketServer: nil
    }
  }

  /// Returns the URL of a commit.
  public func url(ofCommit id: String) -> String {
    switch kind {
    case .github, .gitea: "\(repository)/commit/\(id)"
    case .gitlab: "\(repository)/-/commit/\(id)"
    case .bitbucket: "\(repository)/commits/\(id)"
    case .bitbucketServer: "\(browsed)/commits/\(id)"
    }
  }

  /// Returns the URL of a user, group or team such as `@acme/payments`; nil for other names.
  public func url(ofOwner name: String) -> String? {
    guard name.hasPrefix("@") else { return nil }
    let parts = name.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9_.\-]*/) != nil }) else { return nil }
    return switch (kind, parts.count) {
    case (.gitlab, _) where Self.pagesOfGitLab.contains(parts[0].lowercased()): nil
    case (.gitlab, _): "\(server)/\(parts.joined(separator: "/"))"
    case (.github, 1), (.gitea, 1): "\(server)/\(parts[0])"
    case (.github, 2): "\(server)/orgs/\(parts[0])/teams/\(parts[1])"
    case (.gitea, 2): "\(server)/org/\(parts[0])/teams/\(parts[1])"
    default: nil
    }
  }

  /// The names that GitLab reserves for its own pages, such as `users/sign_out`. No user or top-level group can have
  /// them: https://docs.gitlab.com/user/reserved_names/ (GitLab 18.11)
  private static let pagesOfGitLab: Set<String> = [
    "admin", "api", "assets", "dashboard", "explore", "files", "groups", "health_check", "help", "import", "jwt",
    "login", "oauth", "profile", "projects", "public", "s", "search", "sitemap", "snippets", "unsubscribes", "uploads",
    "users", "v2",
  ]

  /// The address of the repository on a Bitbucket server. The projects of users start with `~`.
  private var browsed: String {
    let project = path[0].hasPrefix("~") ? "users/\(path[0].dropFirst())" : "projects/\(path[0])"
    return "\(server)/\(project)/repos/\(path[1])"
  }

  /// Returns the name of a revision as a path.
  private static func plain(_ revision: Revision) -> String {
    switch revision.name {
    case .branch(let name), .tag(let name): encoded(name)
    case nil: revision.commit
    }
  }

  private static func encoded(_ path: String) -> String {
    encoded(path.split(separator: "/", omittingEmptySubsequences: false).map(String.init))
  }

  private static func encoded(_ path: [String]) -> String {
    path.map(\.percentEncoded).joined(separator: "/")
  }
}

extension Forge {
  /// Adds all values to a digest.
  func add(to digester: inout Digester) { digester.add([kind.rawValue, host] + path) }
}

extension StringProtocol {
  /// The text as a part of a path in a URL.
  public var percentEncoded: String {
    utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
