import Catalogs
import Files

/// Links for viewing and editing sources, derived from the settings.
struct SourceLinks: Sendable {
  private let template: String?
  private let commits: String?

  init(_ settings: CatalogSettings) {
    template = settings.sourceURL
    commits = settings.commitURL ?? settings.sourceURL.flatMap(Self.commits)
  }

  /// Returns the URL of a source file, if configured. It includes the line if the server is known to support that.
  func source(_ path: RelativePath, line: Int?) -> String? {
    source(path).map { address in
      guard let line, address.contains("/blob/") || address.contains("/src/") else { return address }
      return "\(address)#L\(line)"
    }
  }

  /// Returns the URL of a source file, if configured.
  func source(_ path: RelativePath) -> String? {
    guard let template else { return nil }
    let encoded = path.components.map { Self.percentEncoded($0) }.joined(separator: "/")
    if template.contains("{path}") { return template.replacing("{path}", with: encoded) }
    return template + (template.hasSuffix("/") ? "" : "/") + encoded
  }

  /// Returns the URL for editing a source file. On GitHub, GitLab and Gitea it differs from the viewing URL in one
  /// word.
  func edit(_ path: RelativePath) -> String? {
    guard let source = source(path), let range = source.firstRange(of: "/blob/") else { return nil }
    return String(source[..<range.lowerBound]) + "/edit/" + source[range.upperBound...]
  }

  /// Returns the URL of a commit, if configured.
  func commit(_ id: String) -> String? {
    guard id.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }) else { return nil }
    return commits?.replacing("{revision}", with: id)
  }

  /// Returns the URL pattern of commits, derived from that of files. They differ in one word, which depends on the
  /// server.
  private static func commits(of source: String) -> String? {
    let words = [
      ("/-/blob/", "/-/commit/"), ("/-/tree/", "/-/commit/"), ("/-/raw/", "/-/commit/"), ("/blob/", "/commit/"),
      ("/tree/", "/commit/"), ("/src/branch/", "/commit/"), ("/src/commit/", "/commit/"), ("/src/", "/commits/"),
    ]
    for (file, commit) in words {
      if let range = source.firstRange(of: file) { return source[..<range.lowerBound] + commit + "{revision}" }
    }
    return nil
  }

  private static func percentEncoded(_ text: Substring) -> String {
    text.utf8.map { byte in
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
