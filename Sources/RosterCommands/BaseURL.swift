/// The URL of a site.
enum BaseURL {
  /// Returns whether a URL is an absolute web URL with a host.
  static func isAbsolute(_ address: String) -> Bool {
    address.wholeMatch(of: /https?:\/\/[^\/\s?#"<>]+(\/[^\s?#"<>]*)?/) != nil
  }

  /// Returns whether a URL contains a user name or a password.
  static func hasUser(_ address: String) -> Bool {
    guard let start = address.firstRange(of: "://")?.upperBound else { return false }
    return address[start...].prefix { !"/?#".contains($0) }.contains("@")
  }

  /// Returns the URL with a trailing slash.
  static func normalised(_ address: String) -> String { address.hasSuffix("/") ? address : address + "/" }
}
