import Catalogs
import Files

/// Where the sources can be looked at and edited, by the settings alone.
struct SourceLinks: Sendable {
  private let template: String?
  private let commits: String?

  init(_ settings: CatalogSettings) {
    template = settings.sourceURL
    commits = settings.commitURL ?? settings.sourceURL.flatMap(Self.commits)
  }

  /// Where the source of a file can be looked at, if the settings say so; at a line, where the server is known to have
  /// addresses for lines.
  func source(_ path: RelativePath, line: Int?) -> String? {
    source(path).map { address in
      guard let line, address.contains("/blob/") || address.contains("/src/") else { return address }
      return "\(address)#L\(line)"
    }
  }

  /// Where the source of a file can be looked at, if the settings say so.
  func source(_ path: RelativePath) -> String? {
    guard let template else { return nil }
    let encoded = path.components.map { Self.percentEncoded($0) }.joined(separator: "/")
    if template.contains("{path}") { return template.replacing("{path}", with: encoded) }
    return template + (template.hasSuffix("/") ? "" : "/") + encoded
  }

  /// Where the source of a file can be edited: GitHub, GitLab and Gitea tell it from looking by one word of the
  /// address.
  func edit(_ path: RelativePath) -> String? {
    guard let source = source(path), let range = source.firstRange(of: "/blob/") else { return nil }
    return String(source[..<range.lowerBound]) + "/edit/" + source[range.upperBound...]
  }

  /// Where a commit can be looked at, if the settings say so.
  func commit(_ id: String) -> String? {
    guard id.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }) else { return nil }
    return commits?.replacing("{revision}", with: id)
  }

  /// Where commits can be looked at, by where files can: each kind of server has one word before the branch for files,
  /// and another one for commits.
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
