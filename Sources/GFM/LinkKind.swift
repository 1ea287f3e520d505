/// The kind of a link destination, determined from the destination alone.
public enum LinkKind: Sendable, Hashable {
  /// `http`, `https` or `mailto`: rendered as a link.
  case external
  /// A heading of the same document.
  case fragment
  /// A path without scheme and host: rendered as a link only if the site can resolve it.
  case relative
  /// Another scheme, a `//` address or an empty destination: shown as text.
  case refused

  /// Classifies a destination.
  ///
  /// Anything before a colon counts as a scheme, even with spaces, control characters or punctuation in it, because
  /// browsers skip some of them. Destinations are percent-encoded in the output, so browsers also treat a `relative`
  /// one as relative.
  public init(_ destination: some StringProtocol) {
    let bytes = destination.utf8
    guard let first = bytes.first else {
      self = .refused
      return
    }
    if first == UInt8(ascii: "#") {
      self = bytes.count > 1 ? .fragment : .refused
    } else if bytes.starts(with: "//".utf8) {
      self = .refused
    } else if let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      !bytes[..<colon].contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
      )
    {
      let scheme = String(destination[..<colon]).lowercased()
      self = ["http", "https", "mailto"].contains(scheme) ? .external : .refused
    } else {
      self = .relative
    }
  }
}
