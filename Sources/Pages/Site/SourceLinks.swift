import Catalogs
import Files

/// Where the sources can be looked at and edited, by the settings alone.
struct SourceLinks: Sendable {
  private let template: String?

  init(_ settings: CatalogSettings) { template = settings.sourceURL }

  /// Where the source of a file can be looked at, if the settings say so.
  func source(_ path: RelativePath) -> String? {
    guard let template else { return nil }
    let encoded = path.components.map { Self.percentEncoded($0) }.joined(separator: "/")
    if template.contains("{path}") { return template.replacing("{path}", with: encoded) }
    return template + (template.hasSuffix("/") ? "" : "/") + encoded
  }

  /// Where the source of a file can be edited: GitHub, GitLab and Gitea tell it from looking by one word of the address.
  func edit(_ path: RelativePath) -> String? {
    guard let source = source(path), let range = source.firstRange(of: "/blob/") else { return nil }
    return String(source[..<range.lowerBound]) + "/edit/" + source[range.upperBound...]
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
